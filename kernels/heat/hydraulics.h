// The law of each link for kernels/base/pipe_network.h (pressures with the height in them, in Pa; flows in kg/s), and the
// elements that prepare a solution and take it over.
#pragma once
#include "kernels/heat/state.h"
#include "kernels/heat/water_properties.h"

namespace shahr::SHAHR_BACKEND::heat {

inline constexpr double closed_gradient = 1e13;       // Pa / (kg/s)
inline constexpr double least_gradient = 0.01;        // of anything: what has hardly a resistance would spoil the matrix
inline constexpr double backflow_gradient = 1e6;      // of its check valve

template <class L>
struct HeatLaw {
    using Real = typename L::Real;
    LinkView net;
    StateView<L> state;
    ConsumerView consumers;
    View<const Index> hydraulic;
    double density_kgpm3;

    SHAHR_HD LossAndGradient<Real> operator()(Index call, Index h, Real flow) const {
        LossAndGradient<Real> both{};
        for (Index w = 0; w < L::width; ++w) {
            const PressureLoss one = of_link(hydraulic[h], first_lane<L>(call) + w, lane_of(flow, w));
            set_lane(both.loss, w, one.pa);
            set_lane(both.gradient, w, one.pa_per_kgps);
        }
        return both;
    }

private:
    SHAHR_HD PressureLoss of_link(Index k, Index lane, double flow) const {
        if (!state.open(k, lane)) return {closed_gradient * flow, closed_gradient};
        switch (net.flow[k]) {
            case Flow::pump: return curve(k, flow);
            case Flow::lift: return lift(state.lift_pa(net.plant[k], lane), flow);
            case Flow::resistance: return resistance(net.consumer[k], flow);
            default: return pipe(k, lane, flow);
        }
    }
    SHAHR_HD PressureLoss pipe(Index k, Index lane, double flow) const {
        const PressureLoss loss = pipe_loss(net.shape[k], flow, state.density(k, lane), state.viscosity(k, lane));
        return {loss.pa + least_gradient * flow, loss.pa_per_kgps + least_gradient};
    }
    SHAHR_HD PressureLoss curve(Index k, double flow) const {
        const double q = flow / density_kgpm3, a = net.pump[3 * k], b = net.pump[3 * k + 1], c = net.pump[3 * k + 2];
        if (q < 0) return {-a + backflow_gradient * flow, backflow_gradient};
        return {-(a + q * (b + q * c)), larger_of(-(b + 2 * c * q) / density_kgpm3, least_gradient)};
    }
    SHAHR_HD static PressureLoss lift(double pa, double flow) {
        const double gradient = flow < 0 ? backflow_gradient : least_gradient;
        return {-pa + gradient * flow, gradient};
    }
    SHAHR_HD PressureLoss resistance(Index consumer, double flow) const {
        const double r = consumers.resistance[consumer], magnitude = flow < 0 ? -flow : flow;
        const double least = 1e-3 * consumers.radiators[consumer].design_w / 4e5;       // below it linear; kg/s
        if (magnitude < least) return {r * least * flow, r * least};
        return {r * magnitude * flow, 2 * r * magnitude};
    }
};

// Density and viscosity of the water in each link, at its mean temperature of the round before or at a given one.
template <class L>
struct SetFluid {
    LinkView net;
    StateView<L> state;
    SHAHR_HD void operator()(Index i) const {
        const Index k = i % net.links, lane = i / net.links;
        if (state.rests[lane]) return;
        double c = net.fluid_c[k];
        if (!is_given(c)) c = 0.5 * (state.entering_c(k, lane) + state.leaving_c(k, lane));
        state.density(k, lane) = water_density_kgpm3(c);
        state.viscosity(k, lane) = water_viscosity_pas(c);
    }
};

// What leaves the hydraulic network at each node: to the links of given flow, and to outside.
template <class L>
struct GatherDemands {
    LinkView net;
    StateView<L> state;
    Rows<L> demand;
    SHAHR_HD void operator()(Index i) const {
        const Index v = i % net.nodes, lane = i / net.nodes;
        if (state.rests[lane]) return;
        double leaves = -net.inflow_kgps[v];
        for (Index m = net.first[v]; m < net.first[v + 1]; ++m) {
            const Index k = net.meets[m];
            if (net.flow[k] != Flow::given || net.from[k] == net.to[k]) continue;
            leaves += net.from[k] == v ? state.flow(k, lane) : -state.flow(k, lane);
        }
        demand(v, lane) = leaves;
    }
};

template <class L>
struct TakeFlows {
    LinkView net;
    StateView<L> state;
    View<const Index> hydraulic;
    Rows<L> solved;
    SHAHR_HD void operator()(Index i) const {
        const Index h = i % hydraulic.size, lane = i / hydraulic.size, k = hydraulic[h];
        if (state.rests[lane]) return;
        state.flow(k, lane) = state.open(k, lane) ? solved(h, lane) : 0;
    }
};

}  // namespace shahr::SHAHR_BACKEND::heat
