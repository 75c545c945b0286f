// The rules of roads, lanes, movements, conflicts and signal programmes.
#include <algorithm>

#include "sim/city/city.h"
#include "sim/city/findings.h"

namespace shahr {
namespace {

template <class Table, class Values>
void check_positive(const Table& table, const Values& column, std::string_view name, Findings& findings) {
    for (auto at : rows(column))
        if (!(column[at] > 0)) findings.add(table, at, fmt::format("{} = {} (not positive)", name, column[at]), "above 0");
}

void check_roads(const RoadNetwork& n, Findings& findings) {
    check_positive(n.roads, n.roads.length_m, "length_m", findings);
    check_positive(n.roads, n.roads.speed_limit_mps, "speed_limit_mps", findings);
    check_positive(n.lanes, n.lanes.length_m, "length_m", findings);
    check_positive(n.lanes, n.lanes.speed_limit_mps, "speed_limit_mps", findings);
    check_positive(n.lanes, n.lanes.width_m, "width_m", findings);
    const auto lanes_of = n.lanes_of();
    for (RoadId r : rows(n.roads.id)) {
        if (lanes_of[r].empty()) findings.add(n.roads, r, "no lanes", "(a road has one lane or more)");
        if (n.roads.shape[r].size() < 2) findings.add(n.roads, r, fmt::format("shape has {} points", n.roads.shape[r].size()), "(a line has two or more)");
        ClassMask all = 0;
        for (LaneId lane : lanes_of[r]) all |= n.lanes.allowed[lane];
        if (all != n.roads.allowed[r]) findings.add(n.roads, r, fmt::format("allowed = {} (its lanes together: {})", n.roads.allowed[r], all), "the union over its lanes");
    }
}

void check_movements(const RoadNetwork& n, Findings& findings) {
    const Movements& m = n.movements;
    check_positive(m, m.length_m, "length_m", findings);
    check_positive(m, m.speed_limit_mps, "speed_limit_mps", findings);
    for (MovementId at : rows(m.turn)) {
        const JunctionId arrives = n.roads.to[n.lanes.road[m.from_lane[at]]], leaves = n.roads.from[n.lanes.road[m.to_lane[at]]];
        if (arrives != m.junction[at]) findings.add(m, at, fmt::format("from_lane ends at junction {} (the movement crosses {})", number(arrives), number(m.junction[at])), "one junction");
        if (leaves != m.junction[at]) findings.add(m, at, fmt::format("to_lane begins at junction {} (the movement crosses {})", number(leaves), number(m.junction[at])), "one junction");
        if (m.wait_m[at] < 0 || m.wait_m[at] > m.length_m[at]) findings.add(m, at, fmt::format("wait_m = {} (outside the path)", m.wait_m[at]), fmt::format("0 to {}", m.length_m[at]));
        if (is_some(m.signal[at]) != (m.signal_link[at] >= 0)) findings.add(m, at, fmt::format("signal = {}, signal_link = {} (only one of them)", number(m.signal[at]), m.signal_link[at]), "both or neither");
        const ClassMask most = n.lanes.allowed[m.from_lane[at]] & n.lanes.allowed[m.to_lane[at]];
        if (m.allowed[at] & ~most) findings.add(m, at, fmt::format("allowed = {} (more than its lanes, {})", m.allowed[at], most), "what both lanes allow");
    }
}

void check_conflicts(const RoadNetwork& n, Findings& findings) {
    const Conflicts& c = n.conflicts;
    const auto conflicts_of = n.conflicts_of();
    for (ConflictId at : rows(c.movement)) {
        const MovementId a = c.movement[at], b = c.foe[at];
        if (a == b || n.movements.junction[a] != n.movements.junction[b]) findings.add(c, at, fmt::format("movements {} and {} cannot meet", number(a), number(b)), "two movements of one junction");
        if (c.at_m[at] < 0 || c.at_m[at] > n.movements.length_m[a] + 0.1f) findings.add(c, at, fmt::format("at_m = {} (outside the path)", c.at_m[at]), fmt::format("0 to {}", n.movements.length_m[a]));
        int twins = 0;
        for (ConflictId other : conflicts_of[b])
            if (c.foe[other] == a && c.merges[other] == c.merges[at] && c.at_m[other] == c.foe_at_m[at] && c.foe_at_m[other] == c.at_m[at]) ++twins;
        if (twins != 1) findings.add(c, at, fmt::format("movement {} meets {}, with {} such rows the other way", number(a), number(b), twins), "(every pair has two rows that agree)");
    }
}

void check_forbidden_paths(const RoadNetwork& n, Findings& findings) {
    const ForbiddenPaths& f = n.forbidden_paths;
    for (std::size_t i = 0; i < f.roads.size(); ++i) {
        const auto at = as_id<ForbiddenPathId>(i);
        const auto path = f.roads[at];
        if (path.size() < 3) findings.add(f, at, fmt::format("{} roads", path.size()), "three or more; of two there is no movement");
        for (std::size_t k = 1; k < path.size(); ++k)
            if (n.roads.from[path[k]] != n.roads.to[path[k - 1]])
                findings.add(f, at, fmt::format("road {} does not begin where road {} ends", number(path[k]), number(path[k - 1])), "roads in a row");
    }
}

}  // namespace

void check_network(const City& city, Findings& findings) {
    check_roads(city.network, findings);
    check_movements(city.network, findings);
    check_conflicts(city.network, findings);
    check_forbidden_paths(city.network, findings);
}

void check_signals(const City& city, Findings& findings) {
    const RoadNetwork& n = city.network;
    const auto phases_of = n.phases_of();
    Column<SignalId, std::int32_t> links(n.signals.id.size(), 0);
    for (MovementId m : rows(n.movements.turn))
        if (is_some(n.movements.signal[m])) links[n.movements.signal[m]] = std::max(links[n.movements.signal[m]], n.movements.signal_link[m] + 1);
    for (SignalId s : rows(n.signals.id)) {
        Duration sum{0};
        for (PhaseId p : phases_of[s]) {
            sum += n.signal_phases.duration[p];
            if (n.signal_phases.duration[p] <= Duration{0}) findings.add(n.signal_phases, p, fmt::format("duration = {} ms (not positive)", n.signal_phases.duration[p].count()), "above 0");
            const auto aspects = static_cast<std::int32_t>(n.signal_phases.aspects[p].size());
            if (aspects < links[s]) findings.add(n.signal_phases, p, fmt::format("{} aspects (the signal has {} links)", aspects, links[s]), "one aspect per link");
        }
        if (phases_of[s].empty()) findings.add(n.signals, s, "no phases", "(a programme has one or more)");
        else if (sum != n.signals.cycle[s]) findings.add(n.signals, s, fmt::format("cycle = {} ms (its phases sum to {})", n.signals.cycle[s].count(), sum.count()), "the sum of its phases");
    }
}

}  // namespace shahr
