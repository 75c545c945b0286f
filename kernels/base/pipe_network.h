// Flow in a network of pipes by the global gradient algorithm: Todini and Pilati, "A gradient algorithm for the analysis of
// pipe networks" (1988); in the form of Rossman et al., EPANET 2.2 User Manual (2020), ch. 12. Any fluid, any law.
//
// A link k from node i to node j with the loss h(q) of head is linearised at its flow q, with the gradient g = dh/dq:
//     p = 1 / g,   y = h / g,   new flow q' = q - y + p (H_i - H_j).
// What flows in equals what flows out at each node of unknown head, demand d:
//     sum_k p (H_i - H_j) = sum_in (q - y) - sum_out (q - y) - d.
// The units are the caller's: head in m and flow in m3/s, or pressure in Pa and flow in kg/s.
#pragma once
#include <span>

#include "kernels/base/sparse_factor.h"

namespace shahr::SHAHR_BACKEND {

struct PipeView {
    Index nodes = 0, links = 0;
    View<const Index> from, to;                // [link]  node
    View<const Index> rank;                    // [node]  place among the unknown heads, in order of elimination; -1: head is given
    View<const Index> node;                    // [rank]
    View<const Index> rank_from, rank_to;      // [link]
    View<const Index> entry;                   // [link]  of the factor; -1: one end's head is given, or both ends are the same
    FactorView factor;
    SHAHR_HD Index unknowns() const { return factor.size; }
};

// The topology on the device. `given[node]` != 0: its head is given. Every node must reach a given one through links whose
// gradient stays finite; a closed link has a steep gradient, not none.
class PipeTopology {
public:
    PipeTopology(Index nodes, std::span<const Index> from, std::span<const Index> to, std::span<const std::uint8_t> given);
    PipeView view() const;
    Index unknowns() const { return pattern_.size(); }
    Index entries() const { return pattern_.entries(); }
    const FactorPattern& pattern() const { return pattern_; }

private:
    Index nodes_;
    FactorPattern pattern_;
    Factor factor_;
    Array<Index> from_, to_, rank_, node_, rank_from_, rank_to_, entry_;
};

// What the linearised equations are made of, for the lanes of one call.
template <class L>
struct PipeStrands {
    Strand<L, double> flow;                    // [link]  q
    Strand<L, double> p, y;                    // [link]
    Strand<L, double> head;                    // [node]
    Strand<L, double> diagonal, right;         // [rank]  right: in, what the nodes take in beyond their links: -d ...
    Strand<L, double> below;                   // [entry]
};

// Adds the links to the matrix and the right-hand side; the caller has set `diagonal` and `right` to what the nodes themselves
// contribute.
template <class L>
SHAHR_HD void assemble(const PipeView& net, const PipeStrands<L>& s) {
    for (Index e = 0; e < net.factor.entries; ++e) s.below.set(e, typename L::Real{});
    for (Index k = 0; k < net.links; ++k) {
        const auto p = s.p[k], through = s.flow[k] - s.y[k];
        const Index ri = net.rank_from[k], rj = net.rank_to[k];
        if (net.entry[k] >= 0) s.below.set(net.entry[k], s.below[net.entry[k]] - p);
        if (ri >= 0) {
            s.diagonal.set(ri, s.diagonal[ri] + p);
            s.right.set(ri, s.right[ri] - through + (rj < 0 ? p * s.head[net.to[k]] : typename L::Real{}));
        }
        if (rj >= 0) {
            s.diagonal.set(rj, s.diagonal[rj] + p);
            s.right.set(rj, s.right[rj] + through + (ri < 0 ? p * s.head[net.from[k]] : typename L::Real{}));
        }
    }
}

// Solves for the heads. Lanes outside `mask` keep theirs.
template <class L>
SHAHR_HD void solve_heads(const PipeView& net, const PipeStrands<L>& s, typename L::Mask mask) {
    factorise<L>(net.factor, s.diagonal, s.below);
    substitute<L>(net.factor, s.diagonal, s.below, s.right);
    for (Index r = 0; r < net.factor.size; ++r) s.head.set(net.node[r], select(mask, s.right[r], s.head[net.node[r]]));
}

// How much flow link k loses by the new heads: q - q'.
template <class L>
SHAHR_HD typename L::Real flow_change(const PipeView& net, const PipeStrands<L>& s, Index k) {
    return s.y[k] - s.p[k] * (s.head[net.from[k]] - s.head[net.to[k]]);
}

// A law gives a link's loss of head and its gradient at a flow: `LossAndGradient<Real> operator()(Index call, Index link,
// Real flow)`, the gradient above zero everywhere, also at no flow.
template <class P>
struct LossAndGradient {
    P loss, gradient;
};

struct PipeLimits {
    double accuracy = 1e-6;                    // sum of |changes of flow| over sum of |flows|
    double least_flow = 1e-9;                  // of that sum: networks that stand still converge
    Index iterations = 100;
};

// Memory of the solver: value[tile][row][lane].
struct PipeState {
    PipeState() = default;
    template <class L>
    static PipeState of(const PipeTopology& topology, Index links, Index nodes, Index lanes);
    Array<double> flow, p, y, head, diagonal, right, below, demand, error;
    Array<Index> iterations;
    Array<std::uint8_t> rests;                 // [lane]  1: what stands there stays as it is
};

// Solves for flows and heads from the flows that stand in `flow` (which should not be zero) and the given heads in `head`;
// `demand` [node] leaves the network. Any law, nothing that opens or closes by itself. One call for all links of its lanes.
template <class L, class Law>
struct SolvePipes {
    PipeView net;
    Law law;
    PipeLimits limits;
    View<double> flow, p, y, head, diagonal, right, below;
    View<const double> demand;
    View<double> error;                        // [lane]  at the end; above `accuracy`: not converged
    View<Index> iterations;                    // [lane]
    View<const std::uint8_t> rests;            // [lane]

    SHAHR_HD void operator()(Index call) const {
        using Real = typename L::Real;
        const PipeStrands<L> s{strand<L>(flow, net.links, call), strand<L>(p, net.links, call), strand<L>(y, net.links, call), strand<L>(head, net.nodes, call),
                               strand<L>(diagonal, net.unknowns(), call), strand<L>(right, net.unknowns(), call), strand<L>(below, net.factor.entries, call)};
        const auto d = strand<L>(demand, net.nodes, call);
        const auto worst = strand<L>(error, 1, call);
        const auto count = strand<L>(iterations, 1, call);
        auto going = Real{} == Real{};
        for (Index w = 0; w < L::width; ++w) {
            count.lane(0, w) = 0;
            set_lane(going, w, !rests[first_lane<L>(call) + w]);
        }
        for (Index round = 0; round < limits.iterations && any(going); ++round) {
            for (Index k = 0; k < net.links; ++k) {
                const auto [loss, gradient] = law(call, k, s.flow[k]);
                s.p.set(k, 1.0 / gradient);
                s.y.set(k, loss / gradient);
            }
            for (Index r = 0; r < net.unknowns(); ++r) {
                s.diagonal.set(r, Real{});
                s.right.set(r, -d[net.node[r]]);
            }
            assemble<L>(net, s);
            solve_heads<L>(net, s, going);
            Real changes{}, flows{};
            for (Index k = 0; k < net.links; ++k) {
                const Real change = flow_change<L>(net, s, k), next = s.flow[k] - change;
                s.flow.set(k, select(going, next, s.flow[k]));
                changes = changes + absolute(change);
                flows = flows + absolute(next);
            }
            const Real relative = changes / larger(flows, Real{} + limits.least_flow);
            worst.set(0, select(going, relative, worst[0]));
            for (Index w = 0; w < L::width; ++w) count.lane(0, w) += lane_of(going, w);
            for (Index w = 0; w < L::width; ++w)
                if (!(lane_of(relative, w) > limits.accuracy)) set_lane(going, w, false);
        }
    }
};

template <class L>
PipeState PipeState::of(const PipeTopology& topology, Index links, Index nodes, Index lanes) {
    const Index n = padded<L>(lanes);
    PipeState state;
    for (Array<double>* array : {&state.flow, &state.p, &state.y}) *array = Array<double>(links * n);
    for (Array<double>* array : {&state.head, &state.demand}) *array = Array<double>(nodes * n);
    for (Array<double>* array : {&state.diagonal, &state.right}) *array = Array<double>(topology.unknowns() * n);
    state.below = Array<double>(topology.entries() * n);
    state.error = Array<double>(n);
    state.iterations = Array<Index>(n);
    state.rests = Array<std::uint8_t>(n);
    return state;
}

template <class L, class Law>
void solve_pipes(const PipeTopology& topology, const Law& law, const PipeLimits& limits, Index lanes, PipeState& state) {
    parallel_for(calls<L>(lanes), SolvePipes<L, Law>{topology.view(), law, limits, state.flow, state.p, state.y, state.head, state.diagonal, state.right, state.below, state.demand, state.error, state.iterations, state.rests}, 1);
}

}  // namespace shahr::SHAHR_BACKEND
