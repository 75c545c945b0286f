// What the steps of a run come to: energies, violations, interruptions, and the events that tell of them.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "kernels/power/engine.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

std::string why_unsolved(const PowerGrid& grid, const Shown& shown) {
    const Convergence& c = shown.convergence();
    char text[80];
    std::snprintf(text, sizeof text, "no solution: the iteration did not converge in %d rounds (", c.iterations);
    std::string sentence = text;
    const std::vector<Index>& ranks = shown.study->network().rank_of_bus;
    const auto worst = std::find(ranks.begin(), ranks.end(), c.worst);
    std::snprintf(text, sizeof text, c.worst < 0 ? "error %.3g pu" : "mismatch %.3g pu at bus '", c.residual);
    sentence += text;
    if (c.worst >= 0) sentence += grid.buses.id[as_id<BusId>(static_cast<std::size_t>(worst - ranks.begin()))] + "'";
    sentence += "); the grid may not be able to carry this load";
    return c.worst < 0 && shown.study->phases() == 1 ? sentence + ", or only Newton's iteration finds one" : sentence;
}

}  // namespace

// Customers who lose their supply, and who get it back, between two states. How many lose it.
double PowerEngine::report_supply(Duration now, const Outage& before, const Outage& after) {
    double lost = 0, back = 0;
    int loads_lost = 0, loads_back = 0;
    for (LoadId l : rows(grid_.loads.id)) {
        if (after.dead[row(l)] == before.dead[row(l)]) continue;
        (after.dead[row(l)] ? lost : back) += grid_.loads.customers[l];
        ++(after.dead[row(l)] ? loads_lost : loads_back);
    }
    const auto report = [&](const char* kind, int loads, double customers, const char* what) {
        char text[120];
        std::snprintf(text, sizeof text, "%s: customers %.0f, loads %d", what, customers, loads);
        if (loads > 0) events_.push_back({now, "power", kind, RowKind::whole, -1, text});
    };
    report("supply_lost", loads_lost, lost, "without supply");
    report("supply_back", loads_back, back, "supplied again");
    return lost;
}

void PowerEngine::account_for(Driven& driven, Duration now, Duration dt, int steps) {
    Outage outage = outage_of(grid_, driven.steps.front().study->network());
    if (!driven.outage.dead.empty()) driven.account.interruptions += report_supply(now, driven.outage, outage);
    driven.outage = std::move(outage);
    Account& a = driven.account;
    const double h = seconds(dt), base = grid_.base_power_va;
    for (int s = 0; s < steps; ++s) {
        const Shown& shown = driven.steps[static_cast<std::size_t>(s)];
        a.seconds += h;
        a.customer_s += driven.outage.customers * h;
        a.not_served_j += shown.total(total_not_served) * base * h;
        if (!shown.converged()) {
            ++a.failed;
            events_.push_back({now + s * dt, "power", "no_solution", RowKind::whole, -1, why_unsolved(grid_, shown)});
            continue;
        }
        ++a.solved;
        const double generation = shown.study->generation_pu(), load = shown.total(total_load_p) + generation, supply = shown.total(total_slack_p) + generation;
        a.load_j += load * base * h;
        a.supply_j += supply * base * h;
        a.loss_j += (shown.total(total_loss_p) + shown.total(total_shunt_p)) * base * h;
        a.peak_w = std::max(a.peak_w, load * base);
        a.low_bus_s += shown.total(total_low) * h;
        a.high_bus_s += shown.total(total_high) * h;
        a.overload_s += shown.total(total_overloaded) * h;
        a.beyond_q_s += shown.total(total_beyond_q) * h;
        a.least_pu = std::min(a.least_pu, shown.total(total_min));
        a.most_pu = std::max(a.most_pu, shown.total(total_max));
        a.most_loading = std::max(a.most_loading, shown.total(total_loading));
        a.worst_imbalance_pu = std::max(a.worst_imbalance_pu, std::abs(supply - load - shown.total(total_loss_p) - shown.total(total_shunt_p)));
    }
}

void PowerEngine::watch(Duration now, Duration dt, int steps) {
    std::vector<std::pair<const Shown*, WatchedSteps>> solutions;
    bool violated = false;
    for (int s = 0; s < steps; ++s)
        for (std::size_t member = 0; member < members_.size(); ++member) {
            Shown& shown = members_[member].steps[static_cast<std::size_t>(s)];
            shown.step_s = seconds(dt);
            if (!shown.converged()) continue;
            violated = violated || shown.total(total_low) + shown.total(total_high) + shown.total(total_overloaded) > 0;
            auto at = std::find_if(solutions.begin(), solutions.end(), [&](const auto& known) { return known.first->solution == shown.solution; });
            if (at == solutions.end()) at = solutions.insert(at, {&shown, {}});
            at->second.lane.push_back(shown.lane);
            at->second.member.push_back(static_cast<Index>(member));
            at->second.begin_s.push_back(seconds(now + s * dt));
        }
    if (!violated) return;
    for (const auto& [shown, watched] : solutions) watch_.add(*shown->study, *shown->solution, watched, seconds(dt));
    watch_.report(grid_, events_);
}

// In the interval of the record; of one step, where each of a block is recorded.
void PowerEngine::observe_violations(Frame& frame, const Shown& shown, Index member) const {
    const auto show = [&](const Watch& watch, Index of) {
        for (const Violation kind : {undervoltage, overvoltage, overload}) observe_violation(frame, kind, shown, watch.seconds(kind, of));
    };
    if (!records_each_step_ || is_dynamic()) return show(watch_, member);
    Watch step(grid_, 1);
    if (shown.converged()) step.add(*shown.study, *shown.solution, {{shown.lane}, {0}, {0}}, shown.step_s);
    show(step, 0);
}

void PowerEngine::account(Duration now, Duration dt, int steps) {
    watch(now, dt, steps);
    for (Driven& driven : members_) account_for(driven, now, dt, steps);
}

}  // namespace shahr::SHAHR_BACKEND::power
