// Keeps the table of vehicles in order: by strip, within a strip from the front to the back.
//
// Nobody overtakes on a strip, so that those who stay on theirs stay in order. Only the others, a few in a hundred in a
// step, are sorted and merged with them:
//     new row of one who stays   = those before him who stay + newcomers whose place is before his
//     new row of a newcomer      = his place among the newcomers + those who stay before his place
#pragma once
#include "kernels/base/array.h"
#include "kernels/traffic/vehicles.h"

namespace shahr::SHAHR_BACKEND::traffic {

class VehicleOrder {
public:
    VehicleOrder() = default;
    explicit VehicleOrder(Index most_vehicles);

    // The first `count` rows are in order by `strip_before`, as `strips` has it; `entering` more follow in any order. Writes
    // all who are still on a strip, as `planned` has them, to `target` in order, makes `strips` its ranges and returns how
    // many they are. Of vehicles at one place the one with the lower row goes first.
    Index merge(View<const Index> strip_before, const VehiclesView& planned, Index count, Index entering, const StripsView& strips,
                const VehiclesView& target);

private:
    Array<Index> stays_, stays_before_;        // of row; the last of the latter is their total
    Array<Index> arrivals_, arrivals_before_;  // of row: newcomers placed just before it
    Array<Index> newcomer_, at_, left_;        // of newcomer, sorted: his row, and the row before which he is placed
    Array<std::uint64_t> key_;                 // of newcomer
};

}  // namespace shahr::SHAHR_BACKEND::traffic
