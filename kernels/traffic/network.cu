#include "kernels/traffic/network.h"

#include <algorithm>

#include "kernels/base/columns.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

template <class To, RowId Id, class T>
std::vector<To> converted(const Column<Id, T>& column) {
    std::vector<To> out;
    out.reserve(column.size());
    for (const T& value : column) out.push_back(static_cast<To>(value));
    return out;
}

template <RowId Id>
std::vector<std::int64_t> milliseconds(const Column<Id, Duration>& column) {
    std::vector<std::int64_t> out;
    for (Duration d : column) out.push_back(d.count());
    return out;
}

template <class T>
std::vector<T> lanes_then_movements(const std::vector<T>& lanes, const std::vector<T>& movements) {
    std::vector<T> out = lanes;
    out.insert(out.end(), movements.begin(), movements.end());
    return out;
}

std::span<const Index> as_span(std::span<const std::int32_t> s) {
    return s;
}

// The rows of one table listed by another's: first[k] .. first[k + 1] of `items` for each k.
struct Listed {
    std::vector<Index> first, items;
};
Listed list_by(const std::vector<Index>& key, Index keys) {
    Listed out{std::vector<Index>(static_cast<std::size_t>(keys) + 1, 0), std::vector<Index>(key.size())};
    for (Index k : key) ++out.first[static_cast<std::size_t>(k) + 1];
    for (std::size_t k = 0; k < static_cast<std::size_t>(keys); ++k) out.first[k + 1] += out.first[k];
    std::vector<Index> next(out.first.begin(), out.first.end() - 1);
    for (std::size_t i = 0; i < key.size(); ++i)
        out.items[static_cast<std::size_t>(next[static_cast<std::size_t>(key[i])]++)] = static_cast<Index>(i);
    return out;
}

}  // namespace

Network::Network(const City& city) {
    const RoadNetwork& n = city.network;
    roads_ = static_cast<Index>(n.roads.id.size());
    lanes_ = static_cast<Index>(n.lanes.id.size());
    movements_ = static_cast<Index>(n.movements.from_lane.size());
    length_m_ = Array<float>(lanes_then_movements(n.lanes.length_m.vector(), n.movements.length_m.vector()));
    allowed_ = Array<std::uint16_t>(lanes_then_movements(n.lanes.allowed.vector(), n.movements.allowed.vector()));
    first_lane_ = Array<Index>(as_span(n.lanes_of().offsets()));
    road_ = Array<Index>(numbers(n.lanes.road));
    first_movement_ = Array<Index>(as_span(n.movements_from().offsets()));
    from_lane_ = Array<Index>(numbers(n.movements.from_lane));
    const std::vector<Index> to_lane = numbers(n.movements.to_lane);
    to_lane_ = Array<Index>(to_lane);
    const Listed into = list_by(to_lane, lanes_);
    first_into_ = Array<Index>(into.first);
    into_ = Array<Index>(into.items);
    wait_m_ = Array<float>(n.movements.wait_m.vector());
    rule_ = Array<std::uint8_t>(converted<std::uint8_t>(n.movements.right_of_way));
    std::vector<std::uint8_t> keep_clear, seldom;
    for (MovementId m : rows(n.movements.turn)) {
        const std::size_t to = row(n.movements.to_lane[m]);
        keep_clear.push_back(n.junctions.keep_clear[n.movements.junction[m]]);
        seldom.push_back(n.movements.turn[m] == Turn::u_turn && into.first[to + 1] - into.first[to] > 1);
    }
    keep_clear_ = Array<std::uint8_t>(keep_clear);
    seldom_ = Array<std::uint8_t>(seldom);
    take_conflicts(n);
    take_signals(n);
}

void Network::take_conflicts(const RoadNetwork& n) {
    struct Row {
        Index movement, foe;
        std::uint8_t yields, merges, mutual;
        float at_m, foe_at_m;
    };
    std::vector<Row> rows;
    const Conflicts& c = n.conflicts;
    for (ConflictId id : ::shahr::rows(c.movement))
        rows.push_back({number(c.movement[id]), number(c.foe[id]), c.yields[id], c.merges[id], 0, c.at_m[id], c.foe_at_m[id]});
    const auto before = [](const Row& a, const Row& b) { return a.movement != b.movement ? a.movement < b.movement : a.foe < b.foe; };
    std::sort(rows.begin(), rows.end(), before);
    const auto find = [&](Index movement, Index foe, std::size_t among) {
        const auto end = rows.begin() + static_cast<std::ptrdiff_t>(among);
        const auto at = std::lower_bound(rows.begin(), end, Row{movement, foe, 0, 0, 0, 0, 0}, before);
        return at != end && at->movement == movement && at->foe == foe ? &*at : nullptr;
    };
    const std::size_t listed = rows.size();
    const Listed into = list_by(numbers(n.movements.to_lane), lanes_);
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(lanes_); ++lane)
        for (Index a = into.first[lane]; a < into.first[lane + 1]; ++a)
            for (Index b = into.first[lane]; b < into.first[lane + 1]; ++b) {
                const Index m = into.items[static_cast<std::size_t>(a)], f = into.items[static_cast<std::size_t>(b)];
                if (m == f || find(m, f, listed)) continue;
                rows.push_back({m, f, 0, 1, 0, n.movements.length_m[as_id<MovementId>(m)], n.movements.length_m[as_id<MovementId>(f)]});
                ++added_merges_;
            }
    std::sort(rows.begin(), rows.end(), before);
    std::vector<Index> key, foe;
    std::vector<std::uint8_t> yields, merges, mutual;
    std::vector<float> at_m, foe_at_m;
    for (const Row& row : rows) {
        const Row* twin = find(row.foe, row.movement, rows.size());
        key.push_back(row.movement);
        foe.push_back(row.foe);
        yields.push_back(row.yields);
        // Two ways into one lane are a merge, whatever the source calls it: order at the lane's start hangs on it.
        merges.push_back(n.movements.to_lane[as_id<MovementId>(row.movement)] == n.movements.to_lane[as_id<MovementId>(row.foe)]);
        mutual.push_back(twin && twin->yields == row.yields);
        at_m.push_back(row.at_m);
        foe_at_m.push_back(row.foe_at_m);
    }
    first_conflict_ = Array<Index>(list_by(key, movements_).first);
    foe_ = Array<Index>(foe);
    yields_ = Array<std::uint8_t>(yields);
    merges_ = Array<std::uint8_t>(merges);
    mutual_ = Array<std::uint8_t>(mutual);
    at_m_ = Array<float>(at_m);
    foe_at_m_ = Array<float>(foe_at_m);
}

void Network::take_signals(const RoadNetwork& n) {
    signal_ = Array<Index>(numbers(n.movements.signal));
    std::vector<Index> signal_of, movement;
    for (MovementId id : rows(n.movements.signal)) {
        if (!is_some(n.movements.signal[id])) continue;
        signal_of.push_back(number(n.movements.signal[id]));
        movement.push_back(number(id));
    }
    Listed signalled = list_by(signal_of, static_cast<Index>(n.signals.id.size()));
    for (Index& item : signalled.items) item = movement[static_cast<std::size_t>(item)];
    first_signalled_ = Array<Index>(signalled.first);
    signalled_ = Array<Index>(signalled.items);
    signal_link_ = Array<Index>(n.movements.signal_link.vector());
    first_phase_ = Array<Index>(as_span(n.phases_of().offsets()));
    offset_ms_ = Array<std::int64_t>(milliseconds(n.signals.offset));
    std::vector<std::int64_t> end_ms, cycle_ms(n.signals.id.size(), 0);
    std::vector<Index> first_aspect;
    std::vector<std::uint8_t> aspects;
    for (PhaseId phase : rows(n.signal_phases.signal)) {
        auto& cycle = cycle_ms[row(n.signal_phases.signal[phase])];
        cycle += n.signal_phases.duration[phase].count();
        end_ms.push_back(cycle);
        first_aspect.push_back(static_cast<Index>(aspects.size()));
        for (Aspect a : n.signal_phases.aspects[phase]) aspects.push_back(static_cast<std::uint8_t>(a));
    }
    cycle_ms_ = Array<std::int64_t>(cycle_ms);
    phase_end_ms_ = Array<std::int64_t>(end_ms);
    first_aspect_ = Array<Index>(first_aspect);
    aspect_ = Array<std::uint8_t>(aspects);
}

NetworkView Network::view() const {
    return {roads_,       lanes_,      movements_,   length_m_,    allowed_,        first_lane_,   road_,
            first_movement_, first_into_, into_,     from_lane_,   to_lane_,        wait_m_,       rule_,
            keep_clear_,  seldom_,     signal_,      signal_link_, first_signalled_, signalled_, first_conflict_, foe_,         yields_,       merges_,
            mutual_,      at_m_,       foe_at_m_,    first_phase_, offset_ms_,      cycle_ms_,     phase_end_ms_,
            first_aspect_, aspect_};
}

}  // namespace shahr::SHAHR_BACKEND::traffic
