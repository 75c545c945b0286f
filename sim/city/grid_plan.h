// The plan of a grid city: where its lines of streets lie, which are arterials, which blocks are water.
#pragma once
#include <vector>

#include "sim/city/grid_city.h"

namespace shahr {

// Streets are counted from the west (columns) and from the south (rows), from 0; block (c, r) lies north-east of the
// crossing of street c and avenue r.
class GridPlan {
public:
    explicit GridPlan(const GridCity& description);

    const GridCity& city() const { return city_; }
    std::int32_t streets() const { return city_.columns + 1; }
    std::int32_t avenues() const { return city_.rows + 1; }
    double x_of(std::int32_t street) const { return edge_m + street * city_.block_m; }
    double y_of(std::int32_t avenue) const;
    Point crossing(std::int32_t street, std::int32_t avenue) const { return {x_of(street), y_of(avenue)}; }

    // A street with a bridge carries what the others cannot: it is an arterial over its whole length.
    bool street_is_arterial(std::int32_t street) const { return is_arterial(street, streets()) || bridge_of(street) > 0; }
    bool avenue_is_arterial(std::int32_t avenue) const { return is_arterial(avenue, avenues()); }

    // The row of blocks that is the river; -1: there is none.
    std::int32_t river_row() const { return river_row_; }
    // The number of the bridge that carries this street, from 1; 0: it ends at the river.
    std::int32_t bridge_of(std::int32_t street) const { return bridge_of_[static_cast<std::size_t>(street)]; }

    // The whole map, with the gates' roads around the blocks.
    double width_m() const { return x_of(streets() - 1) + edge_m; }
    double height_m() const { return y_of(avenues() - 1) + edge_m; }

    // Distance from the middle of the map over the distance of a corner: 0 to 1.
    double remoteness(Point p) const;

private:
    static constexpr double edge_m = 100;      // between the outermost streets and the edge of the map
    bool is_arterial(std::int32_t line, std::int32_t lines) const;

    GridCity city_;
    std::int32_t river_row_ = -1;
    std::vector<std::int32_t> bridge_of_;
};

// The roads of a plan by their ends, for whoever looks for the road along a block.
class GridRoads {
public:
    explicit GridRoads(const GridPlan& plan) : streets_(plan.streets()), north_(size(plan), none<RoadId>), east_(size(plan), none<RoadId>) {}
    // The northbound (eastbound) road from crossing (street, avenue); its twin is the next row of the table.
    RoadId& north(std::int32_t street, std::int32_t avenue) { return north_[at(street, avenue)]; }
    RoadId& east(std::int32_t street, std::int32_t avenue) { return east_[at(street, avenue)]; }
    RoadId north(std::int32_t street, std::int32_t avenue) const { return north_[at(street, avenue)]; }
    RoadId east(std::int32_t street, std::int32_t avenue) const { return east_[at(street, avenue)]; }

private:
    static std::size_t size(const GridPlan& plan) { return static_cast<std::size_t>(plan.streets()) * static_cast<std::size_t>(plan.avenues()); }
    std::size_t at(std::int32_t street, std::int32_t avenue) const {
        return static_cast<std::size_t>(avenue) * static_cast<std::size_t>(streets_) + static_cast<std::size_t>(street);
    }
    std::int32_t streets_;
    std::vector<RoadId> north_, east_;
};

// Fills cells, buildings and places of a city whose roads stand.
void build_on_blocks(const GridPlan& plan, const GridRoads& roads, City& city);

}  // namespace shahr
