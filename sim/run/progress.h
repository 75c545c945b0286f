// How far a run has come, said to a person or to a program.
#pragma once
#include <chrono>
#include <cstdio>

#include "sim/base/time.h"

namespace shahr {

enum class ProgressStyle : std::uint8_t { none, line, plain, json };  // line: one that is written over, for terminals

class Progress {
public:
    // `end`: when the run is foreseen to end; it stays at 100 % if it goes on.
    Progress(std::FILE* to, ProgressStyle style, Duration begin, Duration end, std::chrono::sys_days first_day);
    // Cheap: looks at the clock and mostly returns.
    void update(Duration now);
    // Ends the line. `now` is where the run has come to.
    void finish(Duration now);

private:
    using Clock = std::chrono::steady_clock;
    void say(Duration now, Clock::time_point wall);

    std::FILE* to_;
    ProgressStyle style_;
    Duration begin_, end_;
    std::chrono::sys_days first_day_;
    Clock::time_point started_ = Clock::now(), said_ = started_;
    int said_tenth_ = 0;
};

}  // namespace shahr
