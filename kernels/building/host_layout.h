// The columns of kernels/building/layout.h as they are put together on the host.
#pragma once
#include <array>
#include <vector>

#include "kernels/building/elements.h"
#include "kernels/building/layout.h"

namespace shahr::SHAHR_BACKEND::building {

// Columns in the order of ElementColumns, ZoneColumns and their Index columns.
inline constexpr std::size_t element_values = 16, zone_values = 13, zone_indices = 8;

// A column that grows by a slot, all its lanes at once.
template <class T>
struct SlotColumn {
    std::vector<T> values;
    void add_slot() { values.resize(values.size() + static_cast<std::size_t>(lane_width)); }
    T& last(Index lane) { return values[values.size() - static_cast<std::size_t>(lane_width - lane)]; }
    Index slots() const { return static_cast<Index>(values.size()) / lane_width; }
};

struct HostLayout {
    std::vector<UnitBatch> batches;
    std::vector<ZoneSlot> zone_slots;
    std::vector<ElementSlot> element_slots;
    std::array<SlotColumn<double>, element_values> element;
    SlotColumn<Index> sun_row;
    std::array<SlotColumn<double>, 2> node;    // capacity, conductance
    std::array<SlotColumn<double>, zone_values> zone;
    std::array<SlotColumn<Index>, zone_indices> zone_index;
    std::vector<double> gain_convective, gain_radiant;
    std::vector<Index> gain_schedule;
    std::size_t nodes = 0;                     // of all lanes that are no filling
};

// `air_heat`: density times specific heat of the outdoor air, J/(m3 K). `elements` by zone.
HostLayout lay_out(const Envelopes& envelopes, const std::vector<std::vector<Element>>& elements, Index members, double air_heat);

}  // namespace shahr::SHAHR_BACKEND::building
