// What is set before each round of a solution: what consumers ask for, supply temperatures, and lifts; and how much a round
// has changed.
#pragma once
#include "kernels/heat/state.h"

namespace shahr::SHAHR_BACKEND::heat {

// What consumers ask for. Behind radiators: what keeps the design indoor temperature in today's weather. Substations ask for
// the flow that their demand needs at the supply temperature that comes with it. More flow brings warmer water within the step, and
// warmer water needs less flow: where a lead holds much cold water, each would overshoot the other for ever. Each consumer's answer
// is followed along the secant of its last two (Wegstein, "Accelerating convergence of iterative processes", Comm. ACM 1, 1958).
template <class L>
struct AskForFlow {
    LinkView net;
    ConsumerView consumers;
    StateView<L> s;
    double capacity_jpkgk;

    SHAHR_HD void operator()(Index i) const {
        const Index c = i % consumers.size, lane = i / consumers.size, k = consumers.link[c];
        if (s.rests[lane]) return;
        const double factor = s.heat_factor(c, lane);
        s.demand_w(c, lane) = factor > 0 ? factor * wanted_w(c, lane) : 0;
        if (net.flow[k] != Flow::given) return;
        Substation asks = consumers.substation[c];
        asks.heat_w = s.demand_w(c, lane);
        const bool open = factor >= 0 && s.open(k, lane);
        const double answer = open ? substation(asks, capacity_jpkgk, s.node_c(net.from[k], lane)).flow_kgps : 0;
        s.flow(k, lane) = followed(c, lane, s.flow(k, lane), answer);
    }

    // In the first round the temperatures are those of the step before: no answer to its flow.
    SHAHR_HD double followed(Index c, Index lane, double tried, double answer) const {
        double& slope = s.answer_slope(c, lane);
        const bool is_answer = s.rounds(0, lane) > 1;
        slope = is_answer ? 0.5 * slope : 0;
        if (is_answer) {
            const double secant = (answer - s.answer_kgps(c, lane)) / (tried - s.tried_kgps(c, lane));
            if (secant < slope) slope = secant;
        }
        s.tried_kgps(c, lane) = tried;
        s.answer_kgps(c, lane) = answer;
        return tried + (answer - tried) / (1 - slope);
    }

    SHAHR_HD double wanted_w(Index c, Index lane) const {
        if (consumers.kind[c] != HeatConsumerKind::radiator && consumers.simulated[c]) return larger_of(s.asked_w(c, lane) - larger_of(s.ready_j(c, lane), 0) / hour_s, 0);
        if (consumers.kind[c] != HeatConsumerKind::radiator) return consumers.substation[c].heat_w;
        const Radiators& r = consumers.radiators[c];
        return r.loss_wpk() * larger_of(r.indoor_c - s.outdoor_c(0, lane), 0);
    }
};

// The supply temperature by the heating curve, as far as the capacity goes.
template <class L>
struct SetSupply {
    LinkView net;
    PlantView plants;
    StateView<L> s;
    Rows<L> available, set_supply_c;           // [plant]  share of the capacity, 0: it has failed; NaN: by the curve
    double capacity_jpkgk;

    SHAHR_HD void operator()(Index i) const {
        const Index p = i % plants.size, lane = i / plants.size, k = plants.link[p];
        if (s.rests[lane]) return;
        if (is_given(plants.flow_kgps[p])) s.flow(k, lane) = s.open(k, lane) ? plants.flow_kgps[p] : 0;
        double target = is_given(set_supply_c(p, lane)) ? set_supply_c(p, lane) : supply_temperature(plants.curve[p], s.outdoor_c(0, lane));
        const double flow = s.flow(k, lane), returns_c = s.node_c(net.from[k], lane), share = available(p, lane);
        const double limit = share < 1 && !is_given(plants.capacity_w[p]) ? 0 : share * plants.capacity_w[p];
        if (is_given(limit) && flow > 0) target = smaller_of(target, returns_c + limit / (flow * capacity_jpkgk));
        s.supply_c(p, lane) = larger_of(target, returns_c < target ? returns_c : target);
    }
};

template <class L>
struct StartRounds {
    StateView<L> s;
    SHAHR_HD void operator()(Index lane) const {
        s.rounds(0, lane) = 0;
        s.rests[lane] = 0;
    }
};

// Moves the lift of each plant so that the consumer with the least pressure difference in its part of the network has what is asked,
// and sums up what has changed.
template <class L>
struct JudgeRound {
    LinkView net;
    ConsumerView consumers;
    PlantView plants;
    StateView<L> s;
    Rows<L> before, before_c;                  // [link], [node]  of the round before
    double accuracy;

    SHAHR_HD void operator()(Index lane) const {
        if (s.rests[lane]) return;
        double changes = 0, flows = 1e-9;
        for (Index k = 0; k < net.links; ++k) {
            const double now = s.flow(k, lane), step = now - before(k, lane);
            changes += step < 0 ? -step : step;
            flows += now < 0 ? -now : now;
            before(k, lane) = now;
        }
        constexpr double nobody = 1e300;
        double worst = nobody, coldest = nobody;
        for (Index part = 0; part < s.least_dp_pa.rows; ++part) s.least_dp_pa(part, lane) = nobody;
        for (Index c = 0; c < consumers.size; ++c) {
            const Index k = consumers.link[c];
            if (s.heat_factor(c, lane) < 0 || !s.open(k, lane)) continue;
            double& least = s.least_dp_pa(consumers.part[c], lane);
            least = smaller_of(least, pressure_difference(k, lane));
            worst = smaller_of(worst, least);
            if (s.flow(k, lane) > 0) coldest = smaller_of(coldest, s.entering_c(k, lane));
        }
        s.sums(worst_dp, lane) = worst < nobody ? worst : math::not_a_number();
        s.sums(worst_supply, lane) = coldest < nobody ? coldest : math::not_a_number();
        double off = 0;
        for (Index v = 0; v < net.nodes; ++v) {
            const double step = s.node_c(v, lane) - before_c(v, lane);
            before_c(v, lane) = s.node_c(v, lane);
            off = larger_of(off, step < 0 ? -step : step);
        }
        for (Index p = 0; p < plants.size; ++p) {
            const double least = s.least_dp_pa(plants.part[p], lane);
            if (!is_given(plants.least_dp_pa[p]) || !(least < nobody) || !s.open(plants.link[p], lane)) continue;
            const double missing = plants.least_dp_pa[p] - least, lift = larger_of(s.lift_pa(p, lane) + missing, 0);
            const double moved = lift - s.lift_pa(p, lane);
            off = larger_of(off, (moved < 0 ? -moved : moved) / larger_of(lift, 1e3));
            s.lift_pa(p, lane) = lift;
        }
        s.change(0, lane) = larger_of(changes / flows, 1e-2 * off);       // 1e-6 K, a millionth of a lift
        s.rests[lane] = ++s.rounds(0, lane) > 1 && !(s.change(0, lane) > accuracy);
    }

private:
    SHAHR_HD double pressure_difference(Index k, Index lane) const {
        const Index a = net.from[k], b = net.to[k];
        return (s.head(a, lane) - net.static_pa[a]) - (s.head(b, lane) - net.static_pa[b]);
    }
};

}  // namespace shahr::SHAHR_BACKEND::heat
