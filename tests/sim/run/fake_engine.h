// An engine that writes down what is asked of it: for the tests of the clock.
#pragma once
#include <fmt/format.h>

#include <string>
#include <vector>

#include "sim/run/engine.h"

namespace shahr {

class FakeEngine : public Engine {
public:
    FakeEngine(EngineId id, Duration period, std::vector<std::string>& log, Duration idle_from = Duration::max())
        : id_(id), period_(period), log_(&log), idle_from_(idle_from) {}

    EngineId id() const override { return id_; }
    std::string_view name() const override { return id_ == EngineId::traffic ? "traffic" : "power"; }
    Duration period() const override { return period_; }
    int max_block() const override { return most_steps; }
    void start(Duration now) override {
        now_ = now;
        log_->push_back(fmt::format("{} start {}", name(), now.count()));
    }
    // The state depends on every step, on how long it was, and on what was switched on.
    void step(const Tick& tick) override {
        log_->push_back(fmt::format("{} {}+{}{}", name(), tick.now.count(), tick.dt.count(), tick.steps > 1 ? fmt::format("x{}", tick.steps) : ""));
        state_ = state_ * 6364136223846793005u + static_cast<std::uint64_t>(tick.dt.count()) + static_cast<std::uint64_t>(active_);
        now_ = tick.now + tick.steps * tick.dt;
    }
    void set(const Intervention& intervention, bool on, MemberIndex) override {
        log_->push_back(fmt::format("{} {} {} at {}", name(), on ? "on" : "off", intervention.label, now_.count()));
        active_ += on ? 1 : -1;
    }
    void observe(Frame& frame, const Request& request, MemberIndex) const override {
        if (!request.wants(name())) return;
        frame.fields.push_back({std::string(name()), "state", "state", "1", RowKind::whole, CellMethod::point, std::vector<double>{static_cast<double>(state_)}});
    }
    void begin_interval(Duration, std::string_view) override {}
    bool idle() const override { return now_ >= idle_from_; }
    void save(Archive& archive) const override {
        archive.put(now_.count());
        archive.put(state_);
        archive.put(active_);
    }
    void load(Archive& archive) override {
        now_ = Duration{archive.get<Duration::rep>()};
        state_ = archive.get<std::uint64_t>();
        active_ = archive.get<int>();
    }

    int most_steps = 1;

private:
    EngineId id_;
    Duration period_;
    std::vector<std::string>* log_;
    Duration idle_from_, now_{};
    std::uint64_t state_ = 1;
    int active_ = 0;
};

struct KeepFrames : FrameSink {
    void take(const Frame& frame) override { frames.push_back(frame); }
    std::vector<Frame> frames;
};

}  // namespace shahr
