// For how long each bus stands outside of its voltage limits and each branch beyond its rating, in the current interval of the
// record, and when first in the run.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "kernels/power/study.h"
#include "sim/run/archive.h"
#include "sim/run/engine.h"

namespace shahr::SHAHR_BACKEND::power {

enum Violation { undervoltage, overvoltage, overload, violations };

// The lanes of a solution that are steps of the run, in the order of time.
struct WatchedSteps {
    std::vector<Index> lane, member;           // [step]
    std::vector<double> begin_s;               // [step]  since the scenario's first midnight
};

class Watch {
public:
    Watch(const PowerGrid& grid, Index members);

    void add(const Study& study, const Solution& solution, const WatchedSteps& steps, double step_s);
    void begin_interval();
    std::vector<double> seconds(Violation kind, Index member) const;  // [bus] or [branch]

    // Each row's first violation in the run, once.
    void report(const PowerGrid& grid, std::vector<Event>& events);

    void save(Archive& archive) const;
    void load(Archive& archive);

private:
    struct Count {
        Array<double> seconds, first_s;        // [row][member]  NaN: never
        std::vector<double> told;              // what has been reported of first_s
    };
    Index members_;
    Array<double> min_pu_, max_pu_;            // [bus]  NaN: no limit
    std::array<Count, violations> counts_;     // by Violation
};

}  // namespace shahr::SHAHR_BACKEND::power
