// Temperatures from the plants on, in the order of flow: nodes mix what flows in, links pass it on.
#pragma once
#include "kernels/heat/state.h"

namespace shahr::SHAHR_BACKEND::heat {

// Orders the nodes of one lane so that each stands behind all from which water comes to it. Plants break the circle: what
// they give does not wait for what they get. Where a pump drives water in a circle of its own, the first node in it goes on
// with what was there before; such nodes are counted.
template <class L>
struct OrderNodes {
    LinkView net;
    StateView<L> s;

    SHAHR_HD void operator()(Index lane) const {
        if (s.rests[lane]) return;
        for (Index v = 0; v < net.nodes; ++v) s.waiting(v, lane) = 0;
        for (Index k = 0; k < net.links; ++k)
            if (waits(k, lane)) ++s.waiting(downstream(k, lane), lane);
        Index count = 0, done = 0, scan = 0, cycles_met = 0;
        for (Index v = 0; v < net.nodes; ++v)
            if (s.waiting(v, lane) == 0) s.order(count++, lane) = v;
        while (done < net.nodes) {
            if (done == count) {
                while (s.waiting(scan, lane) <= 0) ++scan;
                s.waiting(scan, lane) = 0;
                s.order(count++, lane) = scan;
                ++cycles_met;
            }
            const Index v = s.order(done++, lane);
            s.waiting(v, lane) = -1;
            for (Index m = net.first[v]; m < net.first[v + 1]; ++m) {
                const Index k = net.meets[m];
                if (!waits(k, lane) || upstream(k, lane) != v) continue;
                const Index to = downstream(k, lane);
                if (s.waiting(to, lane) > 0 && --s.waiting(to, lane) == 0) s.order(count++, lane) = to;
            }
        }
        s.sums(cycles, lane) = cycles_met;
    }

private:
    SHAHR_HD bool waits(Index k, Index lane) const {
        const double m = s.flow(k, lane);
        return net.from[k] != net.to[k] && (m > still_kgps || (m < -still_kgps)) && !(net.plant[k] >= 0 && m > 0);
    }
    SHAHR_HD Index upstream(Index k, Index lane) const { return s.flow(k, lane) >= 0 ? net.from[k] : net.to[k]; }
    SHAHR_HD Index downstream(Index k, Index lane) const { return s.flow(k, lane) >= 0 ? net.to[k] : net.from[k]; }
};

// Mean temperatures over the step [now, now + dt), or at rest (dt = 0) when all has always been as it is.
template <class L>
struct PassTemperatures {
    LinkView net;
    ConsumerView consumers;
    PlantView plants;
    StateView<L> s;
    double capacity_jpkgk, dt_s;

    SHAHR_HD void operator()(Index lane) const {
        if (s.rests[lane]) return;
        for (Index i = 0; i < net.nodes; ++i) {
            const Index v = s.order(i, lane);
            mix(v, lane);
            for (Index m = net.first[v]; m < net.first[v + 1]; ++m) {
                const Index k = net.meets[m];
                const double flow = s.flow(k, lane);
                const Index enters = flow >= 0 ? net.from[k] : net.to[k];
                if (enters == v) pass(k, lane, s.node_c(v, lane), flow < 0 ? -flow : flow);
            }
        }
        for (Index p = 0; p < plants.size; ++p) heat_up(p, lane);
    }

private:
    // What flows in through links and from outside. A node whose pressure is held gives or takes what is missing.
    SHAHR_HD void mix(Index v, Index lane) const {
        double mass = 0, sum = 0, balance = net.inflow_kgps[v];
        for (Index m = net.first[v]; m < net.first[v + 1]; ++m) {
            const Index k = net.meets[m];
            if (net.from[k] == net.to[k]) continue;
            const double inward = net.to[k] == v ? s.flow(k, lane) : -s.flow(k, lane);
            balance += inward;
            if (inward <= still_kgps) continue;
            mass += inward;
            sum += inward * (net.plant[k] >= 0 && s.flow(k, lane) > 0 ? s.supply_c(net.plant[k], lane) : s.leaving_c(k, lane));
        }
        double outside = larger_of(net.inflow_kgps[v], 0);
        if (net.held[v] && balance < 0) outside -= balance;
        if (outside > still_kgps && is_given(net.entering_c[v])) {
            mass += outside;
            sum += outside * net.entering_c[v];
        }
        if (mass > 0) s.node_c(v, lane) = sum / mass;
        else if (!(dt_s > 0)) cool_down(v, lane);
    }

    // Where nothing has ever flowed in, it is as cold as the ground around.
    SHAHR_HD void cool_down(Index v, Index lane) const {
        double pipes = 0, ground = 0;
        for (Index m = net.first[v]; m < net.first[v + 1]; ++m) {
            const Index k = net.meets[m];
            const double flow = s.flow(k, lane);
            if (flow > still_kgps || flow < -still_kgps) return;
            if (net.loss_wpk[k] > 0) pipes += 1, ground += net.ground_c[k];
        }
        if (pipes > 0) s.node_c(v, lane) = ground / pipes;
    }

    SHAHR_HD void pass(Index k, Index lane, double entering_c, double flow) const {
        s.entering_c(k, lane) = entering_c;
        if (net.consumer[k] >= 0) s.leaving_c(k, lane) = consume(net.consumer[k], lane, entering_c, flow);
        else if (net.pipe[k] >= 0) s.leaving_c(k, lane) = through_pipe(k, lane, entering_c, flow);
        else if (net.plant[k] < 0 || s.flow(k, lane) <= 0) s.leaving_c(k, lane) = entering_c;
    }

    SHAHR_HD double through_pipe(Index k, Index lane, double entering_c, double flow) const {
        const double ground = net.ground_c[k];
        if (dt_s > 0) {
            const PipeStep step{flow * capacity_jpkgk * dt_s / net.capacity_jpk[k], s.flow(k, lane) >= 0, net.loss_wpk[k] / net.capacity_jpk[k], ground, dt_s};
            const Leaving out = leaving(s.plugs(net.pipe[k], lane), step, entering_c);
            return flow > still_kgps ? out.celsius : s.leaving_c(k, lane);
        }
        if (flow <= still_kgps) return net.loss_wpk[k] > 0 ? ground : entering_c;
        return ground + (entering_c - ground) * exp(-net.loss_wpk[k] / (flow * capacity_jpkgk));
    }

    // The flow is that of the last hydraulic solution; the heat follows from it.
    SHAHR_HD double consume(Index c, Index lane, double entering_c, double flow) const {
        const double factor = s.heat_factor(c, lane);
        if (flow <= still_kgps || factor < 0) {
            s.heat_w(c, lane) = 0;
            return entering_c;
        }
        const double capacity = flow * capacity_jpkgk;
        if (consumers.kind[c] == HeatConsumerKind::radiator) {
            const Radiators& r = consumers.radiators[c];
            const bool room_is_known = dt_s > 0 || consumers.simulated[c];
            const Room room = room_is_known ? Room{s.indoor_c(c, lane), 0} : Room{s.outdoor_c(0, lane), 1 / r.loss_wpk()};
            const double leaving_c = radiator_return(r, flow, capacity_jpkgk, entering_c, room, s.leaving_c(consumers.link[c], lane));
            s.heat_w(c, lane) = capacity * (entering_c - leaving_c);
            // Where people and the sun keep the rooms warm enough, nothing is missing.
            if (consumers.simulated[c] && s.indoor_c(c, lane) >= r.indoor_c) s.demand_w(c, lane) = s.heat_w(c, lane);
            if (!room_is_known) s.indoor_c(c, lane) = s.outdoor_c(0, lane) + s.heat_w(c, lane) / r.loss_wpk();
            return leaving_c;
        }
        const Substation& sub = consumers.substation[c];
        const double exchanged = larger_of(flow - sub.bypass_kgps, 0) * capacity_jpkgk;
        double heat = s.demand_w(c, lane);
        if (is_given(sub.delta_k)) heat = exchanged * sub.delta_k;
        else if (is_given(sub.return_c)) heat = exchanged * larger_of(entering_c - sub.return_c, 0);
        s.heat_w(c, lane) = heat;
        return entering_c - heat / capacity;
    }

    // What a plant must add to give its supply temperature; short of capacity, the supply temperature falls. It enters the
    // network in the next round.
    SHAHR_HD void heat_up(Index p, Index lane) const {
        const Index k = plants.link[p];
        const double flow = s.flow(k, lane);
        s.plant_w(p, lane) = 0;
        if (flow <= still_kgps) return;
        const double returns_c = s.node_c(net.from[k], lane);
        s.plant_w(p, lane) = flow * capacity_jpkgk * (s.supply_c(p, lane) - returns_c);
        s.entering_c(k, lane) = returns_c;
        s.leaving_c(k, lane) = s.supply_c(p, lane);
    }
};

}  // namespace shahr::SHAHR_BACKEND::heat
