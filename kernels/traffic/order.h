// Keeps the table of vehicles in order: by strip, within a strip from the front to the back.
#pragma once
#include <bit>

#include "kernels/base/algorithms.h"
#include "kernels/base/parallel_for.h"
#include "kernels/traffic/vehicles.h"

namespace shahr::SHAHR_BACKEND::traffic {

inline constexpr std::uint64_t behind_all = ~std::uint64_t{0};

// Positions are never negative, so that their bits compare like the numbers.
struct MakeKey {
    VehiclesView vehicles;
    View<std::uint64_t> key;
    View<Index> row;
    SHAHR_HD void operator()(Index i) const {
        union {
            float number;
            std::uint32_t bits;
        } position{vehicles.position_m[i]};
        const Index strip = vehicles.strip[i];
        key[i] = strip < 0 ? behind_all : std::uint64_t(static_cast<std::uint32_t>(strip)) << 32 | ~position.bits;
        row[i] = i;
    }
};

struct TakeRow {
    VehiclesView source, target;
    View<const Index> row;
    SHAHR_HD void operator()(Index i) const { copy_vehicle(target, i, source, row[i]); }
};

// Each strip's range, and how many vehicles are left: written by the vehicles at the boundaries. Ranges are zero before.
struct FindStrips {
    View<const Index> strip;
    Index count;
    StripsView strips;
    View<Index> left;
    SHAHR_HD void operator()(Index i) const {
        const Index mine = strip[i];
        const Index before = i > 0 ? strip[i - 1] : -1, after = i + 1 < count ? strip[i + 1] : -1;
        if (mine < 0) {
            if (i == 0) left[0] = 0;
            return;
        }
        if (before != mine) strips.begin[mine] = i;
        if (after != mine) strips.end[mine] = i + 1;
        if (after < 0) left[0] = i + 1;
    }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
