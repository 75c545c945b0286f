#include "kernels/water/state.h"

#include <cmath>
#include <limits>

namespace shahr::SHAHR_BACKEND::water {

State::State(const Network& network, Index lanes) : lanes_(lanes) {
    const NetworkView& n = network.view();
    const auto real = [&](View<double>& view, Index rows) {
        doubles_.emplace_back(rows * stored());
        view = doubles_.back().view();
    };
    const auto whole = [&](View<Index>& view, Index rows) {
        indices_.emplace_back(rows * stored());
        view = indices_.back().view();
    };
    for (auto* view : {&view_.flow, &view_.p, &view_.y, &view_.shut}) real(*view, n.link_rows);
    real(view_.setting, n.links);
    for (auto* view : {&view_.state, &view_.forced}) whole(*view, n.links);
    for (auto* view : {&view_.head, &view_.asked, &view_.full_demand, &view_.demand, &view_.served}) real(*view, n.nodes);
    for (auto* view : {&view_.diagonal, &view_.right}) real(*view, n.pipes.unknowns());
    real(view_.below, n.pipes.factor.entries);
    for (auto* view : {&view_.outlet_flow, &view_.outlet_k}) real(*view, n.outlet_count);
    for (auto* view : {&view_.volume, &view_.spilled, &view_.rounded, &view_.trial_volume}) real(*view, n.tank_count);
    real(view_.inflow, n.fixed.size);
    whole(view_.branch, n.rule_count);
    whole(view_.empty, n.tank_count);
    for (auto* view : {&view_.energy_j, &view_.cost, &view_.running_s, &view_.greatest_w}) real(*view, n.pump_count);
    for (auto* view : {&view_.now_ms, &view_.next_ms}) {
        times_.emplace_back(stored());
        *view = times_.back().view();
    }
    for (auto* view : {&view_.error, &view_.multiplier, &view_.drawn, &view_.put_in, &view_.wanted, &view_.least_pressure_m, &view_.poorly_served, &view_.cut_off, &view_.dry, &view_.supplied, &view_.delivered, &view_.leaked, &view_.asked_for, &view_.solutions, &view_.all_iterations, &view_.unbalanced, &view_.poor_service_s}) real(*view, 1);
    for (auto* view : {&view_.iterations, &view_.period, &view_.flags, &view_.stale, &view_.reach_stale, &view_.shut_from_outside}) whole(*view, 1);
}

void State::start(const WaterNetwork& net, const Network& network, std::int64_t now_ms) {
    const NetworkView& n = network.view();
    const auto fill = [&]<class T>(View<T> view, Index rows, const std::vector<T>& values) {
        std::vector<T> all(static_cast<std::size_t>(view.size));
        for (Index lane = 0; lane < stored(); ++lane)
            for (Index row = 0; row < rows; ++row) all[static_cast<std::size_t>(at(rows, row, lane))] = values[static_cast<std::size_t>(row)];
        upload(view.data, all.data(), sizeof(T) * all.size());
    };
    const auto constant = [&]<class T>(View<T> view, Index rows, T value) { fill(view, rows, std::vector<T>(static_cast<std::size_t>(rows), value)); };
    std::vector<double> flow(static_cast<std::size_t>(n.link_rows), no_flow_m3s), shut(flow.size(), 0), setting, head = net.nodes.elevation_m.vector(), volume, k, first;
    std::vector<Index> state, empty;
    for (Index link = 0; link < n.links; ++link) {
        const auto row = as_id<WaterLinkId>(network.rows()[static_cast<std::size_t>(link)]);
        setting.push_back(net.links.setting[row]);
        state.push_back(static_cast<Index>(state_of(net.links.status[row])));
        flow[static_cast<std::size_t>(link)] = network.first_flows()[static_cast<std::size_t>(link)];
    }
    for (const WaterPumpId pump : rows(net.pumps.link)) {
        const auto link = static_cast<std::size_t>(n.pipe_count + number(pump));
        setting[link] = net.pumps.speed[pump];
        flow[link] *= net.pumps.speed[pump];
    }
    for (std::size_t link = 0; link < state.size(); ++link) {
        if (state[link] > static_cast<Index>(LinkState::closed)) continue;
        flow[link] = no_flow_m3s;
        shut[link] = 1;
    }
    for (const WaterTankId tank : rows(net.tanks.node)) {
        const double above = net.tanks.initial_level_m[tank];
        head[row(net.tanks.node[tank])] += above;
        if (!is_some(net.tanks.volume_curve[tank])) {
            volume.push_back(net.tanks.min_volume_m3[tank] + std::acos(-1.0) / 4 * net.tanks.diameter_m[tank] * net.tanks.diameter_m[tank] * (above - net.tanks.min_level_m[tank]));
        } else {
            volume.push_back(interpolate(net.curves.x[net.tanks.volume_curve[tank]], net.curves.y[net.tanks.volume_curve[tank]], above));
        }
    }
    for (std::size_t tank = 0; tank < volume.size(); ++tank) empty.push_back(volume[tank] <= network.tank_volumes()[tank].first);
    for (const OutletPlace& outlet : network.outlets()) k.push_back(outlet.k), first.push_back(outlet.first_flow_m3s);
    fill(view_.flow, n.link_rows, flow);
    fill(view_.shut, n.link_rows, shut);
    fill(view_.setting, n.links, setting);
    fill(view_.state, n.links, state);
    fill(view_.head, n.nodes, head);
    fill(view_.volume, n.tank_count, volume);
    fill(view_.empty, n.tank_count, empty);
    fill(view_.outlet_k, n.outlet_count, k);
    fill(view_.outlet_flow, n.outlet_count, first);
    constant(view_.served, n.nodes, 1.0);
    constant(view_.multiplier, 1, net.settings.demand_multiplier);
    constant(view_.period, 1, Index{-1});
    constant(view_.reach_stale, 1, Index{1});
    constant(view_.now_ms, 1, now_ms);
    for (Index lane = 0; lane < lanes_; ++lane) set(view_.stale, 1, 0, lane, Index{1});
}

void State::save(Archive& archive) const {
    for (const auto& array : doubles_) archive.put(std::span<const double>(array.to_host()));
    for (const auto& array : indices_) archive.put(std::span<const Index>(array.to_host()));
    for (const auto& array : times_) archive.put(std::span<const std::int64_t>(array.to_host()));
}

void State::load(Archive& archive) {
    for (auto& array : doubles_) array.from_host(archive.get_list<double>());
    for (auto& array : indices_) array.from_host(archive.get_list<Index>());
    for (auto& array : times_) array.from_host(archive.get_list<std::int64_t>());
}

Method method_of(const WaterSettings& s) {
    const auto ms = [](Duration d) { return static_cast<std::int64_t>(d.count()); };
    return {s.accuracy, s.head_error_m, s.flow_change_m3s, s.damp_limit, s.trials, s.extra_trials, s.check_every, s.check_until,
            s.min_pressure_m, s.required_pressure_m - s.min_pressure_m, 1 / s.pressure_exponent, s.efficiency, s.specific_gravity,
            ms(s.hydraulic_step), ms(s.pattern_step), ms(s.pattern_start), ms(s.report_step), ms(s.rule_step), ms(s.start_clock)};
}

}  // namespace shahr::SHAHR_BACKEND::water
