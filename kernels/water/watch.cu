#include "kernels/water/watch.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace shahr::SHAHR_BACKEND::water {
namespace {

std::string with_digits(double value, const char* unit) {
    char text[64];
    std::snprintf(text, sizeof text, "%.4g %s", value, unit);
    return text;
}

}  // namespace

void Watch::say(Duration now, const char* kind, RowKind rows, Index row, std::string text) {
    events_.push_back({now, "water", kind, rows, row, std::move(text)});
}

template <class Text, class Over>
void Watch::last(bool holds, Duration now, const char* kind, RowKind rows, Index row, const Text& text, const Over& over) {
    if (!holds && lasting_.empty()) return;
    const std::pair<std::string, Index> key{kind, row};
    if (holds && lasting_.insert(key).second) say(now, kind, rows, row, text());
    if (!holds && lasting_.erase(key) > 0) say(now, (std::string(kind) + "_over").c_str(), rows, row, over());
}

template <class Text, class Over>
void Watch::last_anywhere(bool holds, Duration now, const char* kind, RowKind rows, Index worst, const Text& text, const Over& over) {
    const std::pair<std::string, Index> key{kind, -1};
    if (holds && lasting_.insert(key).second) say(now, kind, rows, worst, text());
    if (!holds && lasting_.erase(key) > 0) say(now, (std::string(kind) + "_over").c_str(), RowKind::whole, -1, over());
}

void Watch::look(const State& state, Duration now) {
    const Index flags = state.value(state.view().flags, 1, 0, 0);
    const double error = state.value(state.view().error, 1, 0, 0);
    last(flags & flag_failed, now, "not_solvable", RowKind::whole, -1, [] { return "the equations have no solution: a part of the network hangs on nothing but closed valves"; }, [] { return "the equations can be solved again"; });
    last(flags & flag_unbalanced, now, "unbalanced", RowKind::whole, -1, [&] { return "no solution within the trials: flows still change by " + with_digits(error, "of their sum"); }, [] { return "solutions are found again"; });
    look_at_links(state, now);
    look_at_tanks(state, now);
    if (state.value(state.view().cut_off, 1, 0, 0) > 0 || lasting_.contains({"cut_off", -1})) look_for_cut_off(state, now);
    if (flags & flag_negative_pressure || lasting_.contains({"negative_pressure", -1})) look_at_pressures(state, now);
}

void Watch::look_at_links(const State& state, Duration now) {
    const StateView& v = state.view();
    const NetworkView& n = network_->view();
    const std::vector<Index> states = state.rows_of(v.state, n.links, 0), forced = state.rows_of(v.forced, n.links, 0);
    const bool first = shut_.empty();
    shut_.resize(static_cast<std::size_t>(n.links), 0);
    for (Index k = 0; k < n.links; ++k) {
        const auto i = static_cast<std::size_t>(k);
        const auto row = as_id<WaterLinkId>(network_->rows()[i]);
        const auto now_is = static_cast<LinkState>(states[i]);
        const std::string& id = net_->links.id[row];
        const bool is_shut = now_is <= LinkState::closed || forced[i] != 0;
        if (!first && is_shut != (shut_[i] != 0)) say(now, is_shut ? "closed" : "opened", RowKind::water_link, number(row), std::string(name_of(net_->links.kind[row])) + " " + id + (is_shut ? " closes" : " opens"));
        shut_[i] = is_shut;
        if (net_->links.kind[row] == WaterLinkKind::pipe) continue;
        last(now_is == LinkState::cannot_lift, now, "pump_cannot_lift", RowKind::water_link, number(row), [&] { return "pump " + id + " cannot deliver the head that is asked of it, and stands"; }, [&] { return "pump " + id + " can deliver the head again"; });
        last(now_is == LinkState::flow_not_reached, now, "flow_not_reached", RowKind::water_link, number(row), [&] { return "valve " + id + " is wide open and passes less than its setting"; }, [&] { return "valve " + id + " passes its setting again"; });
        last(now_is == LinkState::pressure_not_reached, now, "pressure_not_reached", RowKind::water_link, number(row), [&] { return "valve " + id + " is open: its setting contradicts the rest of the network"; }, [&] { return "valve " + id + " holds its setting again"; });
    }
}

void Watch::look_at_tanks(const State& state, Duration now) {
    const NetworkView& n = network_->view();
    const std::vector<double> volume = state.rows_of(state.view().volume, n.tank_count, 0);
    for (const WaterTankId tank : rows(net_->tanks.node)) {
        const Index i = number(tank), node = number(net_->tanks.node[tank]);
        const auto [low, high] = network_->tank_volumes()[static_cast<std::size_t>(i)];
        const std::string& id = net_->nodes.id[net_->tanks.node[tank]];
        last(volume[static_cast<std::size_t>(i)] <= low, now, "tank_empty", RowKind::water_node, node, [&] { return "tank " + id + " is empty"; }, [&] { return "tank " + id + " is not empty any more"; });
        last(volume[static_cast<std::size_t>(i)] >= high, now, "tank_full", RowKind::water_node, node, [&] { return "tank " + id + " is full"; }, [&] { return "tank " + id + " is not full any more"; });
    }
}

void Watch::look_at_pressures(const State& state, Duration now) {
    const NetworkView& n = network_->view();
    const std::vector<double> head = state.rows_of(state.view().head, n.nodes, 0), demand = state.rows_of(state.view().demand, n.nodes, 0);
    Index count = 0, lowest = -1;
    double least = 0;
    for (const WaterNodeId node : rows(net_->nodes.id)) {
        const double pressure = head[row(node)] - net_->nodes.elevation_m[node];
        if (net_->nodes.kind[node] != WaterNodeKind::junction || !(pressure < 0) || !(demand[row(node)] > 0)) continue;
        ++count;
        if (pressure < least) least = pressure, lowest = number(node);
    }
    const std::string at = lowest < 0 ? "" : net_->nodes.id[as_id<WaterNodeId>(lowest)];
    last_anywhere(count > 0, now, "negative_pressure", RowKind::water_node, lowest, [&] { return std::to_string(count) + " junctions with demand have a pressure below zero, the lowest " + with_digits(least, "m at ") + at; }, [] { return "no junction with demand has a pressure below zero"; });
}

// Junctions that ask for water and that no way joins to it.
void Watch::look_for_cut_off(const State& state, Duration now) {
    const NetworkView& n = network_->view();
    const std::vector<double> asked = state.rows_of(state.view().asked, n.nodes, 0), served = state.rows_of(state.view().served, n.nodes, 0);
    Index count = 0, first = -1;
    double demand = 0;
    for (const WaterNodeId node : rows(net_->nodes.id)) {
        if (net_->nodes.kind[node] != WaterNodeKind::junction || served[row(node)] > 0 || !(asked[row(node)] > 0)) continue;
        if (count++ == 0) first = number(node);
        demand += asked[row(node)];
    }
    last_anywhere(count > 0, now, "cut_off", RowKind::water_node, first, [&] { return std::to_string(count) + " junctions with a demand of " + with_digits(demand, "m3/s") + " are cut off by closed links or empty tanks, the first " + (first < 0 ? "" : net_->nodes.id.vector()[static_cast<std::size_t>(first)]); }, [] { return "no junction with demand is cut off"; });
}

void Watch::take(std::vector<Event>& events) {
    events.insert(events.end(), events_.begin(), events_.end());
    events_.clear();
}

void Watch::save(Archive& archive) const {
    archive.put(std::span<const std::uint8_t>(shut_));
    archive.put(lasting_.size());
    for (const auto& [kind, row] : lasting_) {
        archive.put(std::span<const char>(kind));
        archive.put(row);
    }
}

void Watch::load(Archive& archive) {
    shut_ = archive.get_list<std::uint8_t>();
    lasting_.clear();
    for (std::size_t n = archive.get<std::size_t>(); n > 0; --n) {
        const std::vector<char> kind = archive.get_list<char>();
        lasting_.insert({std::string(kind.begin(), kind.end()), archive.get<Index>()});
    }
}

}  // namespace shahr::SHAHR_BACKEND::water
