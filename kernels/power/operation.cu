#include "kernels/power/operation.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "kernels/base/math.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

constexpr Duration never = Duration::max();

std::string percent(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.0f %%", 100 * share);
    return text;
}

Event event(Duration now, const char* kind, BranchId branch, std::string text) {
    return {now, "power", kind, RowKind::branch, number(branch), std::move(text)};
}

}  // namespace

Operation::Operation(const PowerGrid& grid, const PowerOptions& options) : grid_(grid), options_(options) {}

void Operation::plan(BranchId branch, Duration now, bool by_scenario) {
    Fault fault{never, never, 0, by_scenario};
    if (options_.restoration) {
        fault.crew = now + options_.crew_time;
        if (!by_scenario) fault.repair = fault.crew + options_.repair_time;
    }
    faults_[branch] = fault;
    pickups_.erase(branch);
}

void Operation::trip(BranchId branch, bool active, Duration now) {
    if (active) return plan(branch, now, true);
    faults_.erase(branch);
    if (faults_.empty()) ties_closed_.clear();
}

void Operation::close(BranchId branch, bool active) {
    if (active) ++closed_by_scenario_[branch];
    else if (--closed_by_scenario_[branch] == 0) closed_by_scenario_.erase(branch);
}

SwitchState Operation::state() const {
    SwitchState s = as_built(grid_);
    const auto set = [&](BranchId branch, std::uint8_t closed) { s.from_closed[row(branch)] = s.to_closed[row(branch)] = closed; };
    for (const auto& [branch, times] : closed_by_scenario_) set(branch, 1);
    for (BranchId branch : ties_closed_) set(branch, 1);
    for (const auto& [branch, fault] : faults_) set(branch, 0);
    return s;
}

Duration Operation::next_action() const {
    Duration next = never;
    for (const auto& [branch, fault] : faults_) {
        if (!fault.crew_was_here) next = std::min(next, fault.crew);
        next = std::min(next, fault.repair);
    }
    for (const auto& [branch, pickup] : pickups_) next = std::min(next, due(pickup));
    return next;
}

// IEC 60255-151: the standard inverse curve, k (M^0.02 - 1)^-1, with k such that it meets trip_delay at M = 2.
double Operation::seconds_to_trip(double loading) const {
    const double delay = seconds(options_.trip_delay);
    return options_.trip_curve == "inverse" ? delay * (pow(2.0, 0.02) - 1) / (pow(loading / options_.trip_loading, 0.02) - 1) : delay;
}

Duration Operation::due(const Pickup& pickup) const {
    const double left_s = (1 - pickup.done) * seconds_to_trip(pickup.loading);
    return left_s < 1e9 ? pickup.since + Duration{std::llround(left_s * 1000)} : never;
}

// A relay that no longer sees an overload begins anew at the next one.
void Operation::watch(Duration now, std::span<const double> loading) {
    if (!(options_.trip_loading > 0)) return;
    for (BranchId branch : rows(grid_.branches.id)) {
        const double share = loading[row(branch)];
        if (!(share > options_.trip_loading)) {
            pickups_.erase(branch);
            continue;
        }
        Pickup& pickup = pickups_.try_emplace(branch, Pickup{now, 0, share}).first->second;
        if (now > pickup.since) pickup.done += seconds(now - pickup.since) / seconds_to_trip(pickup.loading);
        pickup.since = now;
        pickup.loading = share;
    }
}

void Operation::act(Duration now, const std::function<double(const SwitchState&)>& try_state, std::vector<Event>& events) {
    repair(now, events);
    trip_overloaded(now, events);
    bool arrived = false;
    for (auto& [branch, fault] : faults_) {
        if (fault.crew_was_here || fault.crew > now) continue;
        fault.crew_was_here = 1;
        arrived = true;
    }
    if (arrived) restore(now, try_state, events);
}

void Operation::trip_overloaded(Duration now, std::vector<Event>& events) {
    const std::map<BranchId, Pickup> pickups = pickups_;
    for (const auto& [branch, pickup] : pickups) {
        if (due(pickup) > now) continue;
        events.push_back(event(now, "trip", branch, "branch '" + grid_.branches.id[branch] + "' is switched off: " + percent(pickup.loading) + " of its rating for too long"));
        plan(branch, now, false);
    }
}

bool Operation::is_open_tie(BranchId branch) const {
    const Branches& b = grid_.branches;
    return b.in_service[branch] && !(b.from_closed[branch] && b.to_closed[branch]) && !faults_.contains(branch) &&
           std::find(ties_closed_.begin(), ties_closed_.end(), branch) == ties_closed_.end() && !closed_by_scenario_.contains(branch);
}

// One tie after the other, each time the one that leaves the grid least loaded, as long as something dead can be fed.
void Operation::restore(Duration now, const std::function<double(const SwitchState&)>& try_state, std::vector<Event>& events) {
    for (;;) {
        const Network network = make_network(grid_, state());
        BranchId best = none<BranchId>;
        double best_loading = std::numeric_limits<double>::infinity();
        bool feeds = false;
        for (BranchId tie : rows(grid_.branches.id)) {
            if (!is_open_tie(tie)) continue;
            const bool from_live = network.rank_of_bus[row(grid_.branches.from[tie])] >= 0, to_live = network.rank_of_bus[row(grid_.branches.to[tie])] >= 0;
            const BusId dead = from_live ? grid_.branches.to[tie] : grid_.branches.from[tie];
            if (from_live == to_live || !grid_.buses.in_service[dead]) continue;
            feeds = true;
            SwitchState with = state();
            with.from_closed[row(tie)] = with.to_closed[row(tie)] = 1;
            const double loading = try_state(with);
            if (loading < best_loading) best = tie, best_loading = loading;
        }
        if (!is_some(best) || best_loading > options_.restoration_loading) {
            if (feeds && !is_some(best)) events.push_back({now, "power", "not_restored", RowKind::whole, -1, "no open tie can feed what is dead: none has a solution"});
            else if (feeds) events.push_back(event(now, "not_restored", best, "tie '" + grid_.branches.id[best] + "' stays open: a branch would carry " + percent(best_loading) + " of its rating"));
            return;
        }
        ties_closed_.push_back(best);
        events.push_back(event(now, "tie_closed", best, "the crew closes tie '" + grid_.branches.id[best] + "'; the most loaded branch then carries " + percent(best_loading)));
    }
}

void Operation::repair(Duration now, std::vector<Event>& events) {
    for (auto at = faults_.begin(); at != faults_.end();) {
        if (at->second.repair > now) {
            ++at;
            continue;
        }
        events.push_back(event(now, "repaired", at->first, "branch '" + grid_.branches.id[at->first] + "' is repaired and in service"));
        at = faults_.erase(at);
    }
    if (faults_.empty()) ties_closed_.clear();  // back to the normal state
}

void Operation::save(Archive& archive) const {
    const auto put = [&](const auto& map) {
        archive.put(map.size());
        for (const auto& [branch, value] : map) archive.put(number(branch)), archive.put(value);
    };
    put(faults_);
    put(pickups_);
    put(closed_by_scenario_);
    archive.put(std::span<const BranchId>(ties_closed_));
}

void Operation::load(Archive& archive) {
    const auto get = [&]<class T>(std::map<BranchId, T>& map) {
        map.clear();
        for (auto n = archive.get<std::size_t>(); n > 0; --n) {
            const BranchId branch{archive.get<std::int32_t>()};
            map[branch] = archive.get<T>();
        }
    };
    get(faults_);
    get(pickups_);
    get(closed_by_scenario_);
    ties_closed_ = archive.get_list<BranchId>();
}

Outage outage_of(const PowerGrid& grid, const Network& network) {
    Outage outage{std::vector<std::uint8_t>(grid.loads.id.size(), 0), 0};
    for (LoadId l : rows(grid.loads.id)) {
        if (!grid.loads.in_service[l] || !grid.buses.in_service[grid.loads.bus[l]] || network.rank_of_bus[row(grid.loads.bus[l])] >= 0) continue;
        outage.dead[row(l)] = 1;
        outage.customers += grid.loads.customers[l];
    }
    return outage;
}

}  // namespace shahr::SHAHR_BACKEND::power
