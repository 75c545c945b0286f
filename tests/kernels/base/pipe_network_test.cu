#include "kernels/base/pipe_network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace shahr::SHAHR_BACKEND {

// Loss r |q| q + s q, so that the gradient never vanishes.
template <class L>
struct Quadratic {
    View<const double> resistance;
    SHAHR_HD LossAndGradient<typename L::Real> operator()(Index, Index link, typename L::Real flow) const {
        const auto q = absolute(flow);
        return {resistance[link] * q * flow + 1e-3 * flow, 2.0 * resistance[link] * q + 1e-3};
    }
};

namespace {

std::size_t at(std::int64_t i) {
    return static_cast<std::size_t>(i);
}

// A ladder of `steps` rungs, reservoirs at both ends; lanes differ in their demands.
struct Ladder {
    explicit Ladder(Index steps) : nodes(2 * steps) {
        for (Index i = 0; i < steps; ++i) {
            if (i + 1 < steps)
                for (Index side : {0, 1}) from.push_back(2 * i + side), to.push_back(2 * i + 2 + side);
            from.push_back(2 * i + 1), to.push_back(2 * i);
        }
        given.assign(at(nodes), 0);
        given.front() = given.back() = 1;
        std::mt19937 random(2);
        for (std::size_t k = 0; k < from.size(); ++k) resistance.push_back(std::pow(10.0, static_cast<double>(random() % 1000) / 250.0));
    }
    template <class L>
    void solve(Index lanes) {
        const PipeTopology topology(nodes, from, to, given);
        const auto links = static_cast<Index>(from.size());
        PipeState state = PipeState::of<L>(topology, links, nodes, lanes);
        std::vector<double> q(at(links * padded<L>(lanes)), 1.0), h(at(nodes * padded<L>(lanes)), 0.0), d(h);
        for (Index lane = 0; lane < lanes; ++lane) {
            h[at(place<L>(nodes, 0, lane))] = 50;
            h[at(place<L>(nodes, nodes - 1, lane))] = 45;
            for (Index v = 0; v < nodes; ++v) d[at(place<L>(nodes, v, lane))] = demand(v, lane);
        }
        state.flow.from_host(q), state.head.from_host(h), state.demand.from_host(d);
        const Array<double> r(resistance);
        solve_pipes<L>(topology, Quadratic<L>{r}, {.accuracy = 1e-10}, lanes, state);
        flow = state.flow.to_host(), head = state.head.to_host(), error = state.error.to_host(), iterations = state.iterations.to_host();
    }
    static double demand(Index node, Index lane) { return 0.01 * (node % 5) * (lane + 1); }
    Index nodes;
    std::vector<Index> from, to, iterations;
    std::vector<std::uint8_t> given;
    std::vector<double> resistance, flow, head, error;
};

TEST(PipeNetwork, HeadsCloseAndFlowsBalance) {
    Ladder ladder(40);
    ladder.solve<Single>(1);
    ASSERT_LT(ladder.error[0], 1e-10);
    EXPECT_LT(ladder.iterations[0], 40);
    std::vector<double> balance(at(ladder.nodes));
    for (std::size_t k = 0; k < ladder.from.size(); ++k) {
        const double q = ladder.flow[k], loss = ladder.resistance[k] * std::abs(q) * q + 1e-3 * q;
        EXPECT_NEAR(ladder.head[at(ladder.from[k])] - ladder.head[at(ladder.to[k])], loss, 1e-9);
        balance[at(ladder.from[k])] -= q, balance[at(ladder.to[k])] += q;
    }
    for (Index v = 1; v + 1 < ladder.nodes; ++v) EXPECT_NEAR(balance[at(v)], Ladder::demand(v, 0), 1e-11);
}

TEST(PipeNetwork, ALaneDoesNotKnowItsNeighbours) {
    Ladder few(12), many(12);
    few.solve<Batch>(3);
    many.solve<Batch>(13);
    const auto links = static_cast<Index>(few.from.size());
    for (Index lane = 0; lane < 3; ++lane) {
        EXPECT_EQ(few.iterations[at(place<Batch>(1, 0, lane))], many.iterations[at(place<Batch>(1, 0, lane))]);
        for (Index k = 0; k < links; ++k) ASSERT_EQ(few.flow[at(place<Batch>(links, k, lane))], many.flow[at(place<Batch>(links, k, lane))]);
    }
    Ladder alone(12);
    alone.solve<Single>(1);
    for (Index k = 0; k < links; ++k) ASSERT_EQ(alone.flow[at(k)], many.flow[at(place<Batch>(links, k, 0))]);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND
