#include "kernels/heat/solver.h"

#include <algorithm>
#include <cmath>

namespace shahr::SHAHR_BACKEND::heat {
namespace {

// The same value in each lane of a row.
template <class L, class T, class Value>
std::vector<T> spread(Index rows, Index lanes, const Value& value) {
    std::vector<T> all(static_cast<std::size_t>(rows) * static_cast<std::size_t>(lanes));
    for (Index r = 0; r < rows; ++r)
        for (Index lane = 0; lane < lanes; ++lane) all[static_cast<std::size_t>(place<L>(rows, r, lane))] = value(r);
    return all;
}

double first_guess_c(const HeatNetwork& heat, HeatNodeId v) {
    if (!std::isnan(heat.nodes.temperature_c[v])) return heat.nodes.temperature_c[v];
    const HeatPlants& p = heat.plants;
    if (!p.id.empty()) {
        const double supply = p.supply_c.vector().front(), back = p.return_c.vector().front();
        return heat.nodes.line[v] == HeatLine::return_ && !std::isnan(back) ? back : supply;
    }
    for (const double c : heat.nodes.temperature_c)
        if (!std::isnan(c)) return c;
    return 20;
}

// Half a metre a second in every pipe: a start from which the gradient algorithm converges.
double first_guess_kgps(const HeatLinks& l, HeatLinkId k) {
    const double d = l.diameter_m[k] > 0 ? l.diameter_m[k] : 0.1;
    return 0.5 * 1000 * 0.25 * pi * d * d;
}

}  // namespace

template <class L>
Solver<L>::Solver(const HeatNetwork& heat, Index members, std::span<const std::uint8_t> simulated) : network(heat, simulated), state(network, members) {
    const Index lanes = state.lanes(), nodes = network.nodes(), links = network.links().links, plants = network.plants().size, hydraulic = network.hydraulic().size;
    const auto fill = [&](auto& block, const auto& value) {
        using T = std::remove_cvref_t<decltype(block.values.to_host().front())>;
        block.values = std::remove_cvref_t<decltype(block.values)>(spread<L, T>(block.rows, lanes, value));
    };
    fill(state.node_c, [&](Index v) { return first_guess_c(heat, as_id<HeatNodeId>(v)); });
    fill(state.entering_c, [&](Index k) { return first_guess_c(heat, heat.links.from[as_id<HeatLinkId>(k)]); });
    fill(state.leaving_c, [&](Index k) { return first_guess_c(heat, heat.links.to[as_id<HeatLinkId>(k)]); });
    fill(state.open, [&](Index k) { return heat.links.open[as_id<HeatLinkId>(k)]; });
    fill(state.lift_pa, [&](Index p) { return heat.plants.lift_pa[as_id<HeatPlantId>(p)]; });
    fill(state.supply_c, [&](Index p) { return heat.plants.supply_c[as_id<HeatPlantId>(p)]; });
    fill(state.heat_factor, [](Index) { return 1.0; });
    fill(state.indoor_c, [&](Index c) { return heat.consumers.indoor_c[as_id<HeatConsumerId>(c)]; });
    fill(state.flow, [&](Index k) { return first_guess_kgps(heat.links, as_id<HeatLinkId>(k)); });
    available = Array<double>(spread<L, double>(plants, lanes, [](Index) { return 1.0; }));
    set_supply_c = Array<double>(spread<L, double>(plants, lanes, [](Index) { return math::not_a_number(); }));

    const std::vector<Index> subset = [&] {
        std::vector<Index> list(static_cast<std::size_t>(hydraulic));
        download(list.data(), network.hydraulic().data, list.size() * sizeof(Index));
        return list;
    }();
    state.pipes().flow = Array<double>(spread<L, double>(hydraulic, lanes, [&](Index h) { return first_guess_kgps(heat.links, as_id<HeatLinkId>(subset[static_cast<std::size_t>(h)])); }));
    const auto weight = [&] {
        std::vector<double> list(static_cast<std::size_t>(nodes));
        download(list.data(), network.links().static_pa.data, list.size() * sizeof(double));
        return list;
    }();
    state.pipes().head = Array<double>(spread<L, double>(nodes, lanes, [&](Index v) {
        const double held = heat.nodes.pressure_pa[as_id<HeatNodeId>(v)];
        return (std::isnan(held) ? 0 : held) + weight[static_cast<std::size_t>(v)];
    }));
    flow_before_ = Array<double>(links * lanes);
    node_before_ = Array<double>(nodes * lanes);
}

template <class L>
void Solver<L>::round(double dt_s) {
    const LinkView links = network.links();
    const ConsumerView consumers = network.consumers();
    const PlantView plants = network.plants();
    const StateView<L> s = state.view();
    const Index lanes = state.lanes(), hydraulic = network.hydraulic().size;
    const double c = network.heat_capacity_jpkgk();
    PipeState& pipes = state.pipes();

    parallel_for(plants.size * lanes, SetSupply<L>{links, plants, s, Rows<L>{available.view().data, plants.size}, Rows<L>{set_supply_c.view().data, plants.size}, c});
    parallel_for(links.links * lanes, SetFluid<L>{links, s});
    parallel_for(consumers.size * lanes, AskForFlow<L>{links, consumers, s, c});
    parallel_for(links.nodes * lanes, GatherDemands<L>{links, s, Rows<L>{pipes.demand.view().data, links.nodes}});
    if (hydraulic > 0) {
        solve_pipes<L>(network.topology(), HeatLaw<L>{links, s, consumers, network.hydraulic(), network.density_kgpm3()}, PipeLimits{0.1 * accuracy, 1e-9, 100}, lanes, pipes);
        parallel_for(hydraulic * lanes, TakeFlows<L>{links, s, network.hydraulic(), Rows<L>{pipes.flow.view().data, hydraulic}});
    }
    parallel_for(lanes, OrderNodes<L>{links, s}, 1);
    parallel_for(lanes, PassTemperatures<L>{links, consumers, plants, s, c, dt_s}, 1);
    parallel_for(lanes, JudgeRound<L>{links, consumers, plants, s, Rows<L>{flow_before_.view().data, links.links}, Rows<L>{node_before_.view().data, links.nodes}, accuracy}, 1);
}

template <class L>
void Solver<L>::solve(double dt_s) {
    parallel_for(state.lanes(), StartRounds<L>{state.view()}, 1);
    const auto all_rest = [&] {
        const std::vector<std::uint8_t> rests = state.pipes().rests.to_host();
        return std::all_of(rests.begin(), rests.end(), [](std::uint8_t at) { return at != 0; });
    };
    for (Index rounds = 0; rounds < most_rounds && !all_rest(); ++rounds) round(dt_s);
}

template <class L>
void Solver<L>::settle() {
    solve(0);
    const StateView<L> s = state.view();
    const Index lanes = state.lanes();
    parallel_for(network.links().links * lanes, AdvancePipe<L>{network.links(), s, network.heat_capacity_jpkgk(), 0});
    parallel_for(network.consumers().size * lanes, FillHouse<L>{network.consumers(), s});
    parallel_for(lanes, StartSums<L>{s}, 1);
    parallel_for(lanes, CountHeat<L>{network.links(), network.consumers(), network.plants(), s, network.heat_capacity_jpkgk(), network.density_kgpm3(), 0}, 1);
}

template <class L>
void Solver<L>::step(double dt_s) {
    solve(dt_s);
    const StateView<L> s = state.view();
    const Index lanes = state.lanes();
    parallel_for(network.links().links * lanes, AdvancePipe<L>{network.links(), s, network.heat_capacity_jpkgk(), dt_s});
    parallel_for(network.consumers().size * lanes, WarmRoom<L>{network.consumers(), s, dt_s});
    parallel_for(network.consumers().size * lanes, KeepReady<L>{network.consumers(), s, dt_s});
    parallel_for(lanes, CountHeat<L>{network.links(), network.consumers(), network.plants(), s, network.heat_capacity_jpkgk(), network.density_kgpm3(), dt_s}, 1);
}

template class Solver<Single>;
template class Solver<Batch>;

}  // namespace shahr::SHAHR_BACKEND::heat
