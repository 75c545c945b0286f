// The power grid: buses and the branches between them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/ids.h"
#include "sim/base/point.h"

namespace shahr {

enum class BusId : std::int32_t {};
enum class BranchId : std::int32_t {};

struct Buses {
    using Id = BusId;
    static constexpr std::string_view table = "buses";
    Column<BusId, std::string> id;
    Column<BusId, Point> position;
};

struct Branches {
    using Id = BranchId;
    static constexpr std::string_view table = "branches";
    Column<BranchId, std::string> id;
    Column<BranchId, BusId> from, to;
};

struct PowerGrid {
    Buses buses;
    Branches branches;
};

}  // namespace shahr
