// The road nearest to a place, and where along it.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/city/city.h"

namespace shahr {

struct RoadPlace {
    RoadId road = none<RoadId>;
    double along = 0;                          // share of the road's length from its start, 0 to 1
    double distance_m = 0;                     // from the place asked for
};

// Roads where trips of that class may begin and end: open to it, in the connected part, neither motorway nor trunk (nor
// their links), not in a tunnel, on a bridge or on a roundabout's ring. Those shorter than 25 m are left out as long as
// any other remains: a vehicle and its gap need 7.5 m, and stop lines are near.
Column<RoadId, std::uint8_t> roads_for_trip_ends(const RoadNetwork& network, VehicleClass vehicle_class);

// The other direction of the same street; none where it is one way. Of several, the one of nearest length.
Column<RoadId, RoadId> opposite_directions(const RoadNetwork& network);

// Straight pieces of roads in square bins; answers in time proportional to the pieces nearby.
class RoadFinder {
public:
    // Knows the roads where `usable` is not 0.
    RoadFinder(const RoadNetwork& network, const Column<RoadId, std::uint8_t>& usable, bool left_hand_traffic);

    // The nearest road; its `road` is none if there is none within that distance. Where both directions of a street lie
    // equally near, the one whose kerb faces the place; then the first of the table.
    RoadPlace nearest(Point place, double within_m) const;

private:
    struct Piece {
        Point a, b;
        RoadId road;
        float along_a, along_b;
    };
    void insert_road(RoadId road, std::span<const Point> shape);
    void sort_into_bins();
    void look_into(int column, int row, Point place, RoadPlace& best, bool& best_at_kerb) const;

    static constexpr double bin_m = 100;
    bool left_hand_traffic_;
    Point origin_;
    int columns_ = 0, rows_ = 0;
    std::vector<Piece> pieces_;
    std::vector<std::int32_t> first_, in_bin_;  // bin i holds pieces in_bin_[first_[i] .. first_[i + 1])
};

}  // namespace shahr
