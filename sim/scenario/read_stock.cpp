#include "sim/scenario/keys.h"

namespace shahr {
namespace {

constexpr double j_per_kwh = 3.6e6;

template <HeatSource source>
void read_heating_share(const Setting& s, Scenario& to) {
    to.stock.shares.heating[static_cast<std::size_t>(source)] = number_of(s, 0, 1);
}

double kg_j_of(const Setting& s) {
    return number_of(s, 0, 5) / j_per_kwh;
}

}  // namespace

std::span<const Key> stock_keys() {
    static constexpr Key keys[] = {
        {"buildings.archetypes", [](const Setting& s, Scenario& to) { to.stock.archetypes = name_or_toml_of(s, "central_asia, germany, or the path of a .toml"); }},
        {"buildings.shares.district_heat", read_heating_share<HeatSource::district_heat>},
        {"buildings.shares.gas_boiler", read_heating_share<HeatSource::gas_boiler>},
        {"buildings.shares.coal_stove", read_heating_share<HeatSource::coal_stove>},
        {"buildings.shares.electric", read_heating_share<HeatSource::electric>},
        {"buildings.shares.heat_pump", read_heating_share<HeatSource::heat_pump>},
        {"buildings.shares.electric_cooking", [](const Setting& s, Scenario& to) { to.stock.shares.electric_cooking = number_of(s, 0, 1); }},
        {"buildings.shares.cooling", [](const Setting& s, Scenario& to) { to.stock.shares.cooling = number_of(s, 0, 1); }},
        {"buildings.shares.pv", [](const Setting& s, Scenario& to) { to.stock.shares.pv = number_of(s, 0, 1); }},
        {"buildings.shares.battery", [](const Setting& s, Scenario& to) { to.stock.shares.battery = number_of(s, 0, 1); }},
        {"buildings.shares.ev", [](const Setting& s, Scenario& to) { to.stock.shares.ev = number_of(s, 0, 1); }},
        {"buildings.co2.electricity", [](const Setting& s, Scenario& to) { to.stock.carbon.electricity_kg_j = kg_j_of(s); }},
        {"buildings.co2.gas", [](const Setting& s, Scenario& to) { to.stock.carbon.gas_kg_j = kg_j_of(s); }},
        {"buildings.co2.coal", [](const Setting& s, Scenario& to) { to.stock.carbon.coal_kg_j = kg_j_of(s); }},
        {"buildings.co2.district_heat", [](const Setting& s, Scenario& to) { to.stock.carbon.district_heat_kg_j = kg_j_of(s); }},
    };
    return keys;
}

}  // namespace shahr
