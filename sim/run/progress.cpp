#include "sim/run/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/scenario/quantity.h"

namespace shahr {
namespace {

using namespace std::chrono_literals;

std::string wall_text(double wall_s) {
    const auto s = static_cast<std::int64_t>(std::ceil(wall_s));
    if (s < 60) return fmt::format("{} s", s);
    if (s < 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
    return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
}

}  // namespace

Progress::Progress(std::FILE* to, ProgressStyle style, Duration begin, Duration end, std::chrono::sys_days first_day)
    : to_(to), style_(style), begin_(begin), end_(end), first_day_(first_day) {}

// A line that is written over is renewed five times a second; others come with every tenth of the run.
void Progress::update(Duration now) {
    if (style_ == ProgressStyle::none || end_ <= begin_) return;
    const auto wall = Clock::now();
    const int tenth = static_cast<int>(std::min<std::int64_t>(10, (now - begin_) * 10 / (end_ - begin_)));
    if (style_ == ProgressStyle::line ? wall - said_ < 200ms : tenth <= said_tenth_) return;
    said_ = wall;
    said_tenth_ = tenth;
    say(now, wall);
}

void Progress::finish(Duration now) {
    if (style_ != ProgressStyle::line) return;
    say(now, Clock::now());
    std::fputc('\n', to_);
}

void Progress::say(Duration now, Clock::time_point wall) {
    const double share = end_ > begin_ ? std::min(1.0, seconds(now - begin_) / seconds(end_ - begin_)) : 1;
    const double wall_s = std::max(1e-3, std::chrono::duration<double>(wall - started_).count());
    const double speed = seconds(now - begin_) / wall_s;
    const double left_s = share > 0 ? wall_s / share - wall_s : 0;
    const std::string clock = clock_text(now, first_day_);
    if (style_ == ProgressStyle::json) {
        fmt::print(to_, "{{\"event\":\"progress\",\"share\":{:.4f},\"clock\":\"{}\",\"speed\":{:.1f},\"left_s\":{:.0f}}}\n", share, clock, speed, left_s);
    } else {
        const std::string text = fmt::format("{:3.0f} %  {}  {:.0f} x real time  {} left", 100 * share, clock, speed, wall_text(left_s));
        if (style_ == ProgressStyle::line)
            fmt::print(to_, "\r{:<70}", text);
        else
            fmt::print(to_, "{}\n", text);
    }
    std::fflush(to_);
}

}  // namespace shahr
