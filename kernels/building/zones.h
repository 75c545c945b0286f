// The zones of a city on the device: built once from the tables, then advanced block by block.
#pragma once
#include <array>

#include "kernels/building/balance.h"
#include "kernels/building/host_layout.h"
#include "sim/run/archive.h"

namespace shahr::SHAHR_BACKEND::building {

// By the detailed balance (kernels/building/balance.h).
class DetailedZones {
public:
    DetailedZones(const HostLayout& layout);

    // All temperatures, of air and walls.
    void start_at(double temperature_c);
    // All steps of a block.
    void advance(const BalanceInputs& in, const ZoneResults& results);

    void save(Archive& archive) const;
    void load(Archive& archive);

private:
    Array<UnitBatch> batches_;
    Array<ZoneSlot> zone_slots_;
    Array<ElementSlot> element_slots_;
    std::array<Array<double>, element_values> element_;
    std::array<Array<double>, zone_values> zone_;
    std::array<Array<Index>, zone_indices> zone_index_;
    Array<Index> sun_row_;
    Array<double> convection_;
    std::array<Array<double>, 2> node_, gain_;
    Array<Index> gain_schedule_;
    Array<double> temperature_, forward_, ratio_;      // of nodes
    Array<double> air_start_, air_, radiant_, sun_;    // of zones
};

}  // namespace shahr::SHAHR_BACKEND::building
