// Land use as areas, laid on a grid finer than the cells.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/city/land.h"
#include "sim/import/osm/land_features.h"

namespace shahr {

inline constexpr std::size_t ground_count = 14;

// Each cell is cut into 4 x 4 squares; a square has the ground of its centre. Where areas overlap the smaller one counts:
// a park in a residential area, a school in a park.
class LandRaster {
public:
    LandRaster(const Cells& cells, std::span<const GroundFeature> grounds);

    Ground at(Point p) const;                  // none outside the grid
    // Square metres of each ground in a cell.
    std::array<float, ground_count> in_cell(CellId cell) const;

private:
    void fill(const GroundFeature& feature);
    static constexpr int squares = 4;          // along a cell's side
    Point origin_;
    double square_m_;
    int columns_, rows_;                       // of squares
    std::vector<Ground> ground_;
};

}  // namespace shahr
