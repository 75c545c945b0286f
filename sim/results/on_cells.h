// What happens on roads, laid on the grid of cells.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/city/city.h"

namespace shahr {

// Each road counts in the cells that it crosses, by the share of its length that lies there. What lies outside the grid
// is left out.
class RoadsOnCells {
public:
    explicit RoadsOnCells(const City& city);
    // One value per cell from one per road; negative values (no count) add nothing.
    std::vector<float> lay(std::span<const std::int32_t> per_road) const;

private:
    struct Share {
        std::int32_t cell, road;
        float share;                           // of the road's length
    };
    std::vector<Share> shares_;                // by cell, then by road: sums have one order
    std::size_t cells_ = 0;
};

}  // namespace shahr
