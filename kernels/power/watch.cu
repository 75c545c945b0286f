#include "kernels/power/watch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace shahr::SHAHR_BACKEND::power {
namespace {

struct Steps {
    View<const Index> lane, member;
    View<const double> begin_s;
    double step_s;
    Index members;
};
struct Counted {
    View<double> seconds, first_s;
    SHAHR_HD void add(const Steps& steps, Index row, Index step) const {
        const Index at = row * steps.members + steps.member[step];
        seconds[at] += steps.step_s;
        if (!(first_s[at] <= steps.begin_s[step])) first_s[at] = steps.begin_s[step];
    }
};

template <class L>
struct WatchBus {
    Steps steps;
    View<const Index> rank_of_bus;
    View<const double> min_pu, max_pu, voltage;
    Index nodes, phases;
    Counted low, high;

    SHAHR_HD void operator()(Index bus) const {
        const Index k = rank_of_bus[bus], rows = 2 * phases * nodes;
        if (k < 0) return;
        const double least = min_pu[bus] * min_pu[bus], most = max_pu[bus] * max_pu[bus];
        for (Index step = 0; step < steps.lane.size; ++step) {
            const auto part = [&](Index row) { return voltage.data[place<L>(rows, row, steps.lane[step])]; };
            const auto phasor = [&](Index i) { return Phasor<double>{part(2 * i), part(2 * i + 1)}; };
            Three<double> u{{phasor(phases == 1 ? k : 3 * k), {}, {}}};
            if (phases == 3) u = phases_of(Three<double>{{phasor(3 * k), phasor(3 * k + 1), phasor(3 * k + 2)}});
            bool is_low = false, is_high = false;
            for (Index phase = 0; phase < phases; ++phase) {
                const double squared = squared_magnitude(u.x[phase]);
                is_low = is_low || squared < least;
                is_high = is_high || squared > most;
            }
            if (is_low) low.add(steps, bus, step);
            if (is_high) high.add(steps, bus, step);
        }
    }
};

template <class L>
struct WatchBranch {
    Steps steps;
    View<const double> extra;
    Index branches, parts;
    Counted over;

    SHAHR_HD void operator()(Index branch) const {
        for (Index step = 0; step < steps.lane.size; ++step)
            if (extra.data[place<L>(branches * parts, branch * parts, steps.lane[step])] > 1) over.add(steps, branch, step);
    }
};

struct Words {
    const char *kind, *first;
};
constexpr std::array<Words, violations> words = {{{"undervoltage", "is below its least voltage for the first time"}, {"overvoltage", "is above its greatest voltage for the first time"}, {"overload", "carries more than its rating for the first time"}}};

}  // namespace

Watch::Watch(const PowerGrid& grid, Index members) : members_(members), min_pu_(grid.buses.min_voltage_pu.vector()), max_pu_(grid.buses.max_voltage_pu.vector()) {
    for (std::size_t kind = 0; kind < violations; ++kind) {
        const std::size_t rows = (kind == overload ? grid.branches.id.size() : grid.buses.id.size()) * static_cast<std::size_t>(members);
        counts_[kind].told.assign(rows, std::numeric_limits<double>::quiet_NaN());
        counts_[kind].seconds = Array<double>(static_cast<Index>(rows));
        counts_[kind].first_s = Array<double>(counts_[kind].told);
    }
}

void Watch::add(const Study& study, const Solution& solution, const WatchedSteps& watched, double step_s) {
    const Array<Index> lane(watched.lane), member(watched.member);
    const Array<double> begin_s(watched.begin_s);
    const Steps steps{lane, member, begin_s, step_s, members_};
    const auto counted = [&](Violation kind) { return Counted{counts_[kind].seconds, counts_[kind].first_s}; };
    const Index branches = counts_[overload].seconds.size() / members_, phases = study.phases();
    const auto run = [&]<class L>(L) {
        parallel_for(min_pu_.size(), WatchBus<L>{steps, study.rank_of_bus(), min_pu_, max_pu_, solution.voltage, study.network().size(), phases, counted(undervoltage), counted(overvoltage)}, 1024);
        parallel_for(branches, WatchBranch<L>{steps, solution.extra, branches, branch_parts(phases), counted(overload)}, 1024);
    };
    if (solution.lanes == 1) run(Single{});
    else run(Batch{});
}

void Watch::begin_interval() {
    for (Count& count : counts_) count.seconds.set_zero();
}

std::vector<double> Watch::seconds(Violation kind, Index member) const {
    const std::vector<double> all = counts_[kind].seconds.to_host();
    std::vector<double> mine;
    for (auto at = static_cast<std::size_t>(member); at < all.size(); at += static_cast<std::size_t>(members_)) mine.push_back(all[at]);
    return mine;
}

void Watch::report(const PowerGrid& grid, std::vector<Event>& events) {
    std::vector<Event> found;
    for (std::size_t kind = 0; kind < violations; ++kind) {
        Count& count = counts_[kind];
        const std::vector<double> first_s = count.first_s.to_host();
        for (std::size_t at = 0; at < first_s.size(); ++at) {
            if (std::isnan(first_s[at]) || !std::isnan(count.told[at])) continue;
            const std::size_t of = at / static_cast<std::size_t>(members_);
            const auto& ids = kind == overload ? grid.branches.id.vector() : grid.buses.id.vector();
            const Duration when{std::llround(first_s[at] * 1000)};
            found.push_back({when, "power", words[kind].kind, kind == overload ? RowKind::branch : RowKind::bus, static_cast<std::int32_t>(of), (kind == overload ? "branch '" : "bus '") + ids[of] + "' " + words[kind].first});
        }
        count.told = first_s;
    }
    std::stable_sort(found.begin(), found.end(), [](const Event& a, const Event& b) { return a.time < b.time; });
    events.insert(events.end(), found.begin(), found.end());
}

void Watch::save(Archive& archive) const {
    for (const Count& count : counts_) {
        archive.put(std::span<const double>(count.seconds.to_host()));
        archive.put(std::span<const double>(count.told));
    }
}

void Watch::load(Archive& archive) {
    for (Count& count : counts_) {
        count.seconds.from_host(archive.get_list<double>());
        count.told = archive.get_list<double>();
        count.first_s.from_host(count.told);
    }
}

}  // namespace shahr::SHAHR_BACKEND::power
