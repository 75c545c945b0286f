#include "kernels/heat/observe.h"

#include <cmath>

namespace shahr::SHAHR_BACKEND::heat {
namespace {

template <class L, class T>
std::vector<T> lane_values(const typename State<L>::template Block<T>& block, Index lane) {
    const std::vector<T> all = block.values.to_host();
    std::vector<T> values;
    values.reserve(static_cast<std::size_t>(block.rows));
    for (Index r = 0; r < block.rows; ++r) values.push_back(all[static_cast<std::size_t>(place<L>(block.rows, r, lane))]);
    return values;
}

template <class T>
std::vector<T> host_copy(View<const T> view) {
    std::vector<T> values(static_cast<std::size_t>(view.size));
    download(values.data(), view.data, values.size() * sizeof(T));
    return values;
}

void add(Frame& frame, const char* name, const char* long_name, const char* unit, RowKind rows, CellMethod method, Values values) {
    frame.fields.push_back({"heat", name, long_name, unit, rows, method, std::move(values)});
}

constexpr double pa_per_m = 9806.65;           // of water, conventional

void add_one(Frame& frame, const char* name, const char* long_name, const char* unit, CellMethod method, double value) {
    add(frame, name, long_name, unit, RowKind::whole, method, std::vector<double>{value});
}

double balance_error(const std::vector<double>& s) {
    const double kept = s[stored] - s[stored_at_start], rest = s[heat_in] - s[heat_delivered] - s[heat_lost] - kept;
    const double scale = std::abs(s[heat_in]) + std::abs(s[heat_delivered]) + std::abs(s[heat_lost]) + std::abs(kept);
    return scale > 0 ? rest / scale : 0;
}

template <class L>
void observe_nodes(Frame& frame, const Solver<L>& solver, Index lane) {
    const auto& state = solver.state;
    add(frame, "temperature", "temperature of the water at the node", "degC", RowKind::heat_node, CellMethod::point, lane_values<L, double>(state.node_c, lane));
    const auto heads = const_cast<State<L>&>(state).pipes().head.to_host();
    const auto weight = host_copy(solver.network.links().static_pa);
    std::vector<double> pressure;
    for (Index v = 0; v < solver.network.nodes(); ++v) pressure.push_back((heads[static_cast<std::size_t>(place<L>(solver.network.nodes(), v, lane))] - weight[static_cast<std::size_t>(v)]) / pa_per_m);
    add(frame, "pressure", "gauge pressure as a height of water, 9806.65 Pa each metre", "m", RowKind::heat_node, CellMethod::point, std::move(pressure));
}

template <class L>
void observe_links(Frame& frame, const Solver<L>& solver, Index lane) {
    const auto& state = solver.state;
    add(frame, "mass_flow", "mass flow in the direction of the link", "kg s-1", RowKind::heat_link, CellMethod::point, lane_values<L, double>(state.flow, lane));
    add(frame, "temperature_in", "temperature where the water enters the link", "degC", RowKind::heat_link, CellMethod::point, lane_values<L, double>(state.entering_c, lane));
    add(frame, "temperature_out", "temperature where the water leaves the link", "degC", RowKind::heat_link, CellMethod::point, lane_values<L, double>(state.leaving_c, lane));
    add(frame, "heat_loss", "heat lost to the ground", "W", RowKind::heat_link, CellMethod::point, lane_values<L, double>(state.lost_w, lane));
    const auto plant_w = lane_values<L, double>(state.plant_w, lane);
    const auto plant_link = host_copy(solver.network.plants().link);
    std::vector<double> input(static_cast<std::size_t>(solver.network.links().links), 0.0);
    for (std::size_t p = 0; p < plant_w.size(); ++p) input[static_cast<std::size_t>(plant_link[p])] = plant_w[p];
    add(frame, "heat_input", "heat that a plant puts in", "W", RowKind::heat_link, CellMethod::point, std::move(input));
}

template <class L>
void observe_consumers(Frame& frame, const Solver<L>& solver, Index lane) {
    const auto& state = solver.state;
    add(frame, "heat_delivered", "heat that the consumer gets", "W", RowKind::heat_consumer, CellMethod::point, lane_values<L, double>(state.heat_w, lane));
    add(frame, "heat_demand", "heat that the consumer asks for", "W", RowKind::heat_consumer, CellMethod::point, lane_values<L, double>(state.demand_w, lane));
    std::vector<double> indoor = lane_values<L, double>(state.indoor_c, lane);
    const auto kind = host_copy(solver.network.consumers().kind);
    for (std::size_t c = 0; c < indoor.size(); ++c)
        if (kind[c] != HeatConsumerKind::radiator) indoor[c] = std::nan("");
    add(frame, "indoor_temperature", "indoor temperature behind radiators without thermostats", "degC", RowKind::heat_consumer, CellMethod::point, std::move(indoor));
}

template <class L>
void observe_whole(Frame& frame, const Solver<L>& solver, Index lane) {
    const auto sums = lane_values<L, double>(solver.state.sums, lane), interval = lane_values<L, double>(solver.state.interval, lane);
    add_one(frame, "heat_in_total", "heat put in by plants and by water from outside", "J", CellMethod::sum, interval[heat_in]);
    add_one(frame, "heat_delivered_total", "heat taken by consumers", "J", CellMethod::sum, interval[heat_delivered]);
    add_one(frame, "heat_demanded_total", "heat asked for by consumers", "J", CellMethod::sum, interval[heat_demanded]);
    add_one(frame, "heat_lost_total", "heat lost to the ground", "J", CellMethod::sum, interval[heat_lost]);
    add_one(frame, "heat_stored_total", "heat that the pipes hold more than before", "J", CellMethod::sum, interval[stored] - interval[stored_at_start]);
    add_one(frame, "heat_taken_total", "heat that consumers give to rooms and hot water", "J", CellMethod::sum, interval[heat_taken]);
    add_one(frame, "heat_ready_total", "heat delivered to buildings and not yet taken, more than before", "J", CellMethod::sum, interval[ready] - interval[ready_at_start]);
    add_one(frame, "balance_error", "heat in less delivered, lost and stored since the start, relative", "1", CellMethod::point, balance_error(sums));
    add_one(frame, "pump_energy", "electricity of the plants' pumps", "J", CellMethod::sum, interval[pump_energy]);
    add_one(frame, "least_pressure_difference", "at the consumer that has least, as a height of water", "m", CellMethod::point, sums[worst_dp] / pa_per_m);
    add_one(frame, "coldest_supply", "at the consumer that gets the coldest water", "degC", CellMethod::point, sums[worst_supply]);
    add_one(frame, "outdoor_temperature", "outdoor air", "degC", CellMethod::point, lane_values<L, double>(solver.state.outdoor_c, lane)[0]);
    add(frame, "rounds", "of hydraulics and temperatures in the last step", "1", RowKind::whole, CellMethod::point, std::vector<std::int32_t>{solver.rounds_of(lane)});
    add_one(frame, "residual", "change in the last round, relative", "1", CellMethod::point, solver.change_of(lane));
}

}  // namespace

template <class L>
void observe_heat(Frame& frame, const Solver<L>& solver, Index lane) {
    observe_nodes(frame, solver, lane);
    observe_links(frame, solver, lane);
    if (solver.network.consumers().size > 0) observe_consumers(frame, solver, lane);
    observe_whole(frame, solver, lane);
}

template <class L>
void append_indicators(std::vector<Kpi>& list, const Solver<L>& solver, Index lane, double unsolved) {
    const auto s = lane_values<L, double>(solver.state.sums, lane);
    const double kept = s[stored] - s[stored_at_start];
    list.push_back({"heat_in", "heat put into the network", "J", true, s[heat_in]});
    list.push_back({"heat_delivered", "heat taken by consumers", "J", false, s[heat_delivered]});
    list.push_back({"heat_taken", "heat that consumers give to rooms and hot water", "J", false, s[heat_taken]});
    list.push_back({"heat_ready", "heat delivered to buildings and not yet taken, at the end less that at the start", "J", false, s[ready] - s[ready_at_start]});
    list.push_back({"heat_lost", "heat lost to the ground", "J", true, s[heat_lost]});
    list.push_back({"heat_stored", "heat in the pipes at the end less that at the start", "J", false, kept});
    list.push_back({"heat_balance_error", "heat in less delivered, lost and stored, relative", "1", true, std::abs(balance_error(s))});
    list.push_back({"heat_loss_share", "heat lost over heat put in", "1", true, s[heat_in] > 0 ? s[heat_lost] / s[heat_in] : std::nan("")});
    list.push_back({"heat_not_delivered", "heat asked for less heat delivered, all consumers together", "J", true, std::max(s[heat_demanded] - s[heat_delivered], 0.0)});
    list.push_back({"heat_pump_electricity", "electricity of the plants' pumps", "J", true, s[pump_energy]});
    list.push_back({"heat_cold_degree_hours", "over the consumers with radiators, below the design indoor temperature", "K h", true, s[degree_seconds_cold] / 3600});
    list.push_back({"heat_unsolved_steps", "steps whose flows and temperatures were not found", "1", true, unsolved});
}

template void observe_heat<Single>(Frame&, const Solver<Single>&, Index);
template void observe_heat<Batch>(Frame&, const Solver<Batch>&, Index);
template void append_indicators<Single>(std::vector<Kpi>&, const Solver<Single>&, Index, double);
template void append_indicators<Batch>(std::vector<Kpi>&, const Solver<Batch>&, Index, double);

}  // namespace shahr::SHAHR_BACKEND::heat
