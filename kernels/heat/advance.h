// The end of a step: plugs move on, rooms warm or cool, and each kind of heat is counted where it passes.
#pragma once
#include "kernels/base/pump_channels.h"
#include "kernels/heat/state.h"

namespace shahr::SHAHR_BACKEND::heat {

template <class L>
struct AdvancePipe {
    LinkView net;
    StateView<L> s;
    double capacity_jpkgk, dt_s;               // dt 0: fills the pipe with what a flow at rest leaves in it

    SHAHR_HD void operator()(Index i) const {
        const Index k = i % net.links, lane = i / net.links;
        if (net.pipe[k] < 0) return;
        const Plugs plugs = s.plugs(net.pipe[k], lane);
        const double flow = s.flow(k, lane), magnitude = flow < 0 ? -flow : flow, c = net.capacity_jpk[k], decay = net.loss_wpk[k] / c;
        const double entering_c = s.entering_c(k, lane);
        if (!(dt_s > 0)) {
            settle(plugs, flow >= 0, decay, net.ground_c[k], magnitude > still_kgps ? c / (magnitude * capacity_jpkgk) : math::infinity(), entering_c);
            s.lost_w(k, lane) = magnitude * capacity_jpkgk * (entering_c - s.leaving_c(k, lane));
            return;
        }
        const PipeStep step{magnitude > still_kgps ? magnitude * capacity_jpkgk * dt_s / c : 0, flow >= 0, decay, net.ground_c[k], dt_s};
        const double on_the_way = leaving(plugs, step, entering_c).lost;
        s.lost_w(k, lane) = c * (on_the_way + advance(plugs, step, entering_c)) / dt_s;
    }
};

template <class L>
struct WarmRoom {
    ConsumerView consumers;
    StateView<L> s;
    double dt_s;
    SHAHR_HD void operator()(Index i) const {
        const Index c = i % consumers.size, lane = i / consumers.size;
        if (consumers.kind[c] != HeatConsumerKind::radiator || consumers.simulated[c]) return;
        const Radiators& r = consumers.radiators[c];
        s.indoor_c(c, lane) = room_after(s.indoor_c(c, lane), s.outdoor_c(0, lane), s.heat_w(c, lane), r.loss_wpk(), consumers.time_constant_s[c], dt_s);
    }
};

// In a simulated building stands ready what was delivered and not yet taken; at the start, an hour of what its radiators give.
template <class L>
struct KeepReady {
    ConsumerView consumers;
    StateView<L> s;
    double dt_s;
    SHAHR_HD void operator()(Index i) const {
        const Index c = i % consumers.size, lane = i / consumers.size;
        if (consumers.simulated[c]) s.ready_j(c, lane) += (s.heat_w(c, lane) - s.taken_w(c, lane)) * dt_s;
    }
};

template <class L>
struct FillHouse {
    ConsumerView consumers;
    StateView<L> s;
    SHAHR_HD void operator()(Index i) const {
        const Index c = i % consumers.size, lane = i / consumers.size;
        s.ready_j(c, lane) = consumers.simulated[c] && consumers.kind[c] == HeatConsumerKind::radiator ? s.heat_w(c, lane) * hour_s : 0;
    }
};

template <class L>
struct StartSums {
    StateView<L> s;
    SHAHR_HD void operator()(Index lane) const {
        for (Index i = 0; i < sum_count; ++i)
            if (i < worst_dp || i == degree_seconds_cold) s.sums(i, lane) = s.interval(i, lane) = 0;
    }
};

// One lane: sums in the order of the rows. `counted_s`: the seconds that count; 0 counts the store alone.
template <class L>
struct CountHeat {
    LinkView net;
    ConsumerView consumers;
    PlantView plants;
    StateView<L> s;
    double capacity_jpkgk, density_kgpm3, counted_s;

    SHAHR_HD void operator()(Index lane) const {
        double in = 0, delivered = 0, lost = 0, demanded = 0, taken = 0, cold = 0, pumps = 0, store = 0, in_houses = 0;
        for (Index p = 0; p < plants.size; ++p) {
            in += s.plant_w(p, lane);
            const Index k = plants.link[p];
            const double lift = s.head(net.to[k], lane) - s.head(net.from[k], lane), flow = s.flow(k, lane);
            s.pump_w(p, lane) = flow > 0 && lift > 0 ? lift * flow / (density_kgpm3 * plants.efficiency[p]) : 0;
            s.pump_j(p, lane) += s.pump_w(p, lane) * counted_s;
            pumps += s.pump_w(p, lane);
        }
        for (Index v = 0; v < net.nodes; ++v) in += from_outside_w(v, lane);
        for (Index c = 0; c < consumers.size; ++c) {
            delivered += s.heat_w(c, lane);
            demanded += s.demand_w(c, lane);
            taken += consumers.simulated[c] ? s.taken_w(c, lane) : s.heat_w(c, lane);
            in_houses += s.ready_j(c, lane);
            if (consumers.kind[c] == HeatConsumerKind::radiator) cold += larger_of(consumers.radiators[c].indoor_c - s.indoor_c(c, lane), 0);
        }
        for (Index k = 0; k < net.links; ++k) {
            if (net.pipe[k] < 0) continue;
            lost += s.lost_w(k, lane);
            store += net.capacity_jpk[k] * mean_celsius(s.plugs(net.pipe[k], lane));
        }
        const Powers powers{in, delivered, lost, demanded, taken, pumps, cold, store, in_houses};
        add(powers, s.sums, lane);
        add(powers, s.interval, lane);
    }

private:
    struct Powers {
        double in, delivered, lost, demanded, taken, pumps, cold;
        double store, in_houses;               // J
    };
    SHAHR_HD void add(const Powers& p, const Rows<L>& to, Index lane) const {
        to(heat_in, lane) += p.in * counted_s;
        to(heat_delivered, lane) += p.delivered * counted_s;
        to(heat_lost, lane) += p.lost * counted_s;
        to(heat_demanded, lane) += p.demanded * counted_s;
        to(heat_taken, lane) += p.taken * counted_s;
        to(pump_energy, lane) += p.pumps * counted_s;
        to(degree_seconds_cold, lane) += p.cold * counted_s;
        if (!(counted_s > 0)) to(stored_at_start, lane) = p.store, to(ready_at_start, lane) = p.in_houses;
        to(stored, lane) = p.store;
        to(ready, lane) = p.in_houses;
    }

    // Enters or leaves the network at a node, counted from 0 degC.
    SHAHR_HD double from_outside_w(Index v, Index lane) const {
        double balance = net.inflow_kgps[v], outside = balance;
        if (net.held[v]) {
            for (Index m = net.first[v]; m < net.first[v + 1]; ++m) {
                const Index k = net.meets[m];
                if (net.from[k] != net.to[k]) balance += net.to[k] == v ? s.flow(k, lane) : -s.flow(k, lane);
            }
            outside -= balance;
        }
        const double c = outside > 0 && is_given(net.entering_c[v]) ? net.entering_c[v] : s.node_c(v, lane);
        return outside * capacity_jpkgk * c;
    }
};

// To the power grid (kernels/base/pump_channels.h).
template <class L>
struct TellPumps {
    StateView<L> s;
    Index plants, members;
    View<double> channel;
    SHAHR_HD void operator()(Index i) const {
        const Index p = i / members, member = i % members;
        channel[pump_row(PumpRow::power, p, plants) * members + member] = s.pump_w(p, member);
        channel[pump_row(PumpRow::energy, p, plants) * members + member] = s.pump_j(p, member);
    }
};

template <class L>
struct StartInterval {
    StateView<L> s;
    SHAHR_HD void operator()(Index lane) const {
        const double store = s.interval(stored, lane), in_houses = s.interval(ready, lane);
        for (Index i = 0; i < sum_count; ++i) s.interval(i, lane) = 0;
        s.interval(stored_at_start, lane) = s.interval(stored, lane) = store;
        s.interval(ready_at_start, lane) = s.interval(ready, lane) = in_houses;
    }
};

}  // namespace shahr::SHAHR_BACKEND::heat
