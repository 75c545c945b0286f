#include "kernels/water/march.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/import/epanet_import.h"

namespace shahr::SHAHR_BACKEND::water {
namespace {

WaterNetwork reference(const std::string& name) {
    ImportReport report;
    WaterNetwork net = import_epanet(std::string(SHAHR_SOURCE_DIR "/tests/reference/water/") + name + ".inp", report).water;
    net.settings.accuracy = 1e-7;
    return net;
}

// The state of one member after so long.
struct RunTo {
    RunTo(const WaterNetwork& net, Index lanes, Duration until) : network(net, {}), state(network, lanes) {
        const Method method = method_of(net.settings);
        state.start(net, network, 0);
        for (Index lane = 1; lane < lanes; ++lane) state.set(state.view().multiplier, 1, 0, lane, net.settings.demand_multiplier * (1 - 0.05 * lane));
        if (lanes == 1) {
            parallel_for(1, SolveStale<Single>{network.view(), method, state.view()});
            parallel_for(1, MarchTo<Single>{network.view(), method, state.view(), 1, until.count()});
        } else {
            parallel_for(calls<Batch>(lanes), SolveStale<Batch>{network.view(), method, state.view()}, 1);
            parallel_for(calls<Batch>(lanes), MarchTo<Batch>{network.view(), method, state.view(), lanes, until.count()}, 1);
        }
    }
    std::vector<double> heads(Index lane = 0) const { return state.rows_of(state.view().head, network.view().nodes, lane); }
    std::vector<double> flows(Index lane = 0) const { return state.rows_of(state.view().flow, network.view().link_rows, lane); }
    std::vector<Index> states(Index lane = 0) const { return state.rows_of(state.view().state, network.view().links, lane); }
    Network network;
    State state;
};

// What flows into each junction, less what it draws and leaks.
void expect_balance(const WaterNetwork& net, const RunTo& run) {
    const NetworkView& n = run.network.view();
    std::vector<double> balance(net.nodes.id.size(), 0), demand = run.state.rows_of(run.state.view().demand, n.nodes, 0);
    const std::vector<double> flow = run.flows(), out = run.state.rows_of(run.state.view().outlet_flow, n.outlet_count, 0);
    double sum = 0;
    for (std::size_t k = 0; k < net.links.id.size(); ++k) {
        const auto link = as_id<WaterLinkId>(run.network.rows()[k]);
        balance[row(net.links.from[link])] -= flow[k], balance[row(net.links.to[link])] += flow[k];
        sum += std::abs(flow[k]);
    }
    for (std::size_t o = 0; o < run.network.outlets().size(); ++o) balance[row(run.network.outlets()[o].node)] -= out[o];
    for (const WaterNodeId node : rows(net.nodes.id))
        if (net.nodes.kind[node] == WaterNodeKind::junction) {
            EXPECT_NEAR(balance[row(node)], demand[row(node)], 1e-6 * sum) << net.nodes.id[node];
        }
}

TEST(WaterNetwork, FlowsBalanceWithEveryKindOfValve) {
    const WaterNetwork net = reference("valves");
    expect_balance(net, RunTo(net, 1, Duration{0}));
    expect_balance(net, RunTo(net, 1, std::chrono::hours{4}));
}

TEST(WaterNetwork, ValvesHoldWhatTheyAreSetTo) {
    const WaterNetwork net = reference("valves");
    const RunTo run(net, 1, Duration{0});
    const std::vector<double> head = run.heads(), flow = run.flows();
    const auto link = [&](const char* id) { return as_id<WaterLinkId>(std::find(net.links.id.begin(), net.links.id.end(), id) - net.links.id.begin()); };
    const auto pressure = [&](WaterNodeId node) { return head[row(node)] - net.nodes.elevation_m[node]; };
    const WaterLinkId prv = link("V1"), fcv = link("V2"), pbv = link("V3"), gpv = link("V5");
    EXPECT_NEAR(pressure(net.links.to[prv]), 45, 1e-6);
    EXPECT_NEAR(flow[static_cast<std::size_t>(run.network.link_at(fcv))], 0.014, 1e-8);
    EXPECT_NEAR(head[row(net.links.from[pbv])] - head[row(net.links.to[pbv])], 6, 1e-6);
    const double q = flow[static_cast<std::size_t>(run.network.link_at(gpv))];
    EXPECT_NEAR(head[row(net.links.from[gpv])] - head[row(net.links.to[gpv])], interpolate(net.curves.x[net.links.curve[gpv]], net.curves.y[net.links.curve[gpv]], q), 1e-6);
}

// Losses by the formulas, without EPANET's limits, against the heads at both ends.
TEST(WaterNetwork, HeadsCloseByDarcyAndWeisbach) {
    const WaterNetwork net = reference("rules");
    const RunTo run(net, 1, std::chrono::hours{2});
    const std::vector<double> head = run.heads(), flow = run.flows();
    Index compared = 0;
    for (const WaterLinkId link : rows(net.links.id)) {
        const auto k = static_cast<std::size_t>(run.network.link_at(link));
        if (net.links.kind[link] != WaterLinkKind::pipe || run.states()[k] <= 2) continue;
        const double d = net.links.diameter_m[link], area = std::acos(-1.0) / 4 * d * d, q = std::abs(flow[k]), re = q / area * d / net.settings.viscosity_m2s;
        if (re < 4000) continue;
        const double f = 0.25 / std::pow(std::log10(net.links.roughness[link] / 3.7 / d + 5.74 / std::pow(re, 0.9)), 2);
        const double loss = (f * net.links.length_m[link] / d + net.links.minor_loss[link]) * q * q / area / area / 2 / gravity_mps2;
        EXPECT_NEAR(std::abs(head[row(net.links.from[link])] - head[row(net.links.to[link])]), loss, 2e-5 * loss + 1e-6) << net.links.id[link];
        ++compared;
    }
    EXPECT_GT(compared, 4);
}

TEST(WaterNetwork, LeaksAndDemandsAreWhatThePressureGives) {
    const WaterNetwork net = reference("leaks");
    const RunTo run(net, 1, Duration{0});
    expect_balance(net, run);
    const std::vector<double> head = run.heads(), demand = run.state.rows_of(run.state.view().demand, run.network.view().nodes, 0), full = run.state.rows_of(run.state.view().full_demand, run.network.view().nodes, 0);
    const std::vector<double> out = run.state.rows_of(run.state.view().outlet_flow, run.network.view().outlet_count, 0);
    const WaterSettings& s = net.settings;
    bool some_short = false;
    for (const WaterNodeId node : rows(net.nodes.id)) {
        if (net.nodes.kind[node] != WaterNodeKind::junction) continue;
        const double share = (head[row(node)] - net.nodes.elevation_m[node] - s.min_pressure_m) / (s.required_pressure_m - s.min_pressure_m);
        EXPECT_NEAR(demand[row(node)], full[row(node)] * std::pow(std::min(1.0, std::max(0.0, share)), s.pressure_exponent), 3e-6) << net.nodes.id[node];
        some_short = some_short || share < 1;
    }
    EXPECT_TRUE(some_short);
    for (std::size_t o = 0; o < out.size(); ++o) {
        const OutletPlace& outlet = run.network.outlets()[o];
        const double pressure = head[row(outlet.node)] - net.nodes.elevation_m[outlet.node];
        EXPECT_NEAR(out[o], std::pow(pressure / outlet.k, 1 / outlet.power), 3e-6 + 0.001 * out[o]);
    }
}

TEST(WaterNetwork, WaterIsNeitherMadeNorLost) {
    const WaterNetwork net = reference("rules");
    const RunTo run(net, 1, std::chrono::hours{48});
    const StateView& v = run.state.view();
    const auto one = [&](View<double> values) { return run.state.value(values, 1, 0, 0); };
    RunTo before(net, 1, Duration{0});
    double stored = 0, spilled = 0, rounded = 0;
    for (Index tank = 0; tank < run.network.view().tank_count; ++tank) {
        stored += run.state.value(v.volume, run.network.view().tank_count, tank, 0) - before.state.value(before.state.view().volume, run.network.view().tank_count, tank, 0);
        spilled += run.state.value(v.spilled, run.network.view().tank_count, tank, 0);
        rounded += run.state.value(v.rounded, run.network.view().tank_count, tank, 0);
    }
    EXPECT_NEAR(one(v.supplied), one(v.delivered) + one(v.leaked) + stored + spilled + rounded, 1e-6 * one(v.supplied));
    EXPECT_LT(std::abs(rounded), 1e-4 * one(v.supplied));
    EXPECT_GT(one(v.delivered), 1000);
}

// [node]  whether it is told to have a way to water, once those links are closed.
std::vector<double> served(const std::string& inp, std::initializer_list<const char*> closed = {}) {
    ImportReport report;
    WaterNetwork net = import_epanet_text(inp, "net.inp", report).water;
    for (const WaterLinkId link : rows(net.links.id))
        if (std::find(closed.begin(), closed.end(), net.links.id[link]) != closed.end()) net.links.status[link] = WaterStatus::closed;
    const RunTo run(net, 1, Duration{0});
    return run.state.rows_of(run.state.view().served, run.network.view().nodes, 0);
}

TEST(WaterNetwork, WhatHangsOnClosedLinksIsNotServed) {
    const std::string ring = "[JUNCTIONS]\nA 1 1\nB 1 1\nC 1 1\n[RESERVOIRS]\nR 90\n[PIPES]\n1 R A 9 300 100\n2 A B 9 300 100\n3 B C 9 300 100\n4 A C 9 300 100\n[OPTIONS]\nUnits LPS\n";
    EXPECT_EQ(served(ring), (std::vector<double>{1, 1, 1, 1}));
    EXPECT_EQ(served(ring, {"2"}), (std::vector<double>{1, 1, 1, 1}));
    EXPECT_EQ(served(ring, {"2", "3"}), (std::vector<double>{1, 0, 1, 1}));
    EXPECT_EQ(served(ring, {"1"}), (std::vector<double>{0, 0, 0, 1}));
}

TEST(WaterNetwork, AnEmptyTankServesNobodyAndAPumpNobodyBehindIt) {
    const std::string row = "[JUNCTIONS]\nA 1 1\nB 1 1\n[RESERVOIRS]\nR 90\n[TANKS]\nT 20 2 1 6 10\n[PUMPS]\nU A B POWER 1\n[PIPES]\n1 R A 9 300 100\n2 B T 9 300 100\n[OPTIONS]\nUnits LPS\n";
    std::string empty = row;
    empty.replace(empty.find("T 20 2"), 6, "T 20 1");
    EXPECT_EQ(served(row, {"1"}), (std::vector<double>{0, 1, 1, 1}));
    EXPECT_EQ(served(empty), (std::vector<double>{1, 1, 1, 1}));
    EXPECT_EQ(served(empty, {"1"}), (std::vector<double>{0, 0, 1, 0}));
}

TEST(WaterNetwork, AMemberHasTheSameBitsAloneAndInABatch) {
    for (const char* name : {"valves", "rules", "leaks"}) {
        const WaterNetwork net = reference(name);
        const RunTo alone(net, 1, std::chrono::hours{5}), three(net, 3, std::chrono::hours{5}), many(net, 11, std::chrono::hours{5});
        EXPECT_EQ(alone.heads(), three.heads()) << name;
        EXPECT_EQ(three.heads(2), many.heads(2)) << name;
        EXPECT_EQ(three.flows(1), many.flows(1)) << name;
        EXPECT_NE(three.heads(0), three.heads(2)) << name;
    }
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::water
