// Where roads meet junctions: at each junction its ports, one per road end, in counter-clockwise order. The order alone
// says which movements cross; it stays right where shapes are poor.
#pragma once
#include <span>
#include <vector>

#include "sim/city/city.h"

namespace shahr {

struct Port {
    RoadId road;
    bool inbound;                              // the road ends here
    double bearing;                            // of the street as seen from the junction, radians, counter-clockwise from east
    double heading;                            // direction of travel at the stop line, or on leaving the junction
};

// The other direction of the same street: a road back between the same junctions over the same points; none: one way,
// or a carriageway of its own.
Column<RoadId, RoadId> find_twins(const Roads& roads);

// At each junction, its ports counter-clockwise. Of a two-way street (equal bearing) the way out comes first where
// traffic keeps right, the way in where it keeps left. `heading` is set later: see set_headings.
class Ports {
public:
    // Takes roads whose shapes still reach their junctions' nodes.
    Ports(const RoadNetwork& network, const Column<RoadId, RoadId>& twins, bool left_hand_traffic);

    std::span<const Port> at(JunctionId junction) const { return {ports_.data() + first_[row(junction)], count(junction)}; }
    const Port& start_of(RoadId road) const { return ports_[start_[road]]; }
    const Port& end_of(RoadId road) const { return ports_[end_[road]]; }

    // From the cut shapes: the direction of the first and last 18 m of each road.
    void set_headings(const Roads& roads);

private:
    std::size_t count(JunctionId j) const { return static_cast<std::size_t>(first_[row(j) + 1] - first_[row(j)]); }
    std::vector<std::int32_t> first_;
    std::vector<Port> ports_;
    Column<RoadId, std::size_t> start_, end_;
};

// Two ways in whose traffic meets head on: headings more than 135 degrees apart.
bool face_each_other(const Port& a, const Port& b);

// The angle by which one turns from one direction to another, in (-pi, pi]: positive to the left.
double turned(double from, double to);

}  // namespace shahr
