// The thermal zones of a stock's buildings: one for each heated building.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/city/city.h"
#include "sim/import/report.h"
#include "sim/synthesis/archetypes.h"
#include "sim/synthesis/facades.h"

namespace shahr {

// What a building of the city is made of: its archetype, changed by renewals in this order.
struct StockBuilding {
    std::int32_t archetype = -1;               // of the stock
    std::vector<std::size_t> packages;         // of the stock
};

// Fills the tables of `envelopes`, which must be empty. A zone is one whole unit of the building (Facades::units), counted as
// often as there are units times the heated share of the archetype: so the heated part has its part of the envelope, and
// no heat passes to the rest. Air: 0.8 of the gross volume (EN ISO 13789's usual ratio in German practice; 0.76 up to three storeys).
// Windows: the archetype's share of each outdoor facade. Storeys' slabs are an adiabatic surface, furniture 10 kJ/(m2 K)
// (ISO 52016-1, table B.17). Heating and cooling are without limits of power; not heated at all: no zone.
void make_stock_envelopes(const City& city, const BuildingStock& stock, const Column<BuildingId, StockBuilding>& buildings, const Column<BuildingId, Facades>& facades,
                          Envelopes& envelopes, ImportReport& report);

}  // namespace shahr
