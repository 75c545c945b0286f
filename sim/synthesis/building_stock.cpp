#include "sim/synthesis/building_stock.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/error.h"
#include "sim/base/nearest.h"
#include "sim/base/polygon.h"
#include "sim/base/random.h"
#include "sim/synthesis/archetypes.h"
#include "sim/synthesis/assign_archetypes.h"
#include "sim/synthesis/assign_systems.h"
#include "sim/synthesis/connections.h"
#include "sim/synthesis/facades.h"
#include "sim/synthesis/stock_envelopes.h"

namespace shahr {
namespace {

constexpr std::uint64_t purpose_retrofit = 0x4E77;

template <class T>
std::size_t look_up(const std::vector<T>& rows, const std::string& name, std::string_view key, const std::string& where) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].name == name) return i;
        known.push_back(rows[i].name);
    }
    throw InputError(fmt::format("{}: {} = \"{}\" (the stock has none of that name) {}", where, key, name, did_you_mean(name, known)));
}

// What each building of a city is made of, and by which shares it gets its systems.
class StockOfCity {
public:
    StockOfCity(const City& city, const BuildingStock& stock, const Scenario& scenario, ImportReport& report)
        : b_(city.buildings), stock_(stock), scenario_(scenario), facades_(find_facades(city.buildings)), shares_(b_.id.size()) {
        for (const std::int32_t archetype : assign_archetypes(city, stock, scenario.seed, report)) buildings_.push_back({archetype, {}});
        std::vector<SystemShares> of_stock;
        for (const SystemShares& shares : stock.systems) of_stock.push_back(changed_shares(shares, scenario.stock.shares, "buildings.shares"));
        for (const BuildingId b : rows(b_.id)) shares_[b] = of_stock[archetype_of(b).systems];
    }

    void apply_changes(ImportReport& report) {
        for (const Intervention& intervention : scenario_.interventions) {
            if (const auto* change = std::get_if<Retrofit>(&intervention.change)) retrofit(*change, intervention, report);
            if (const auto* change = std::get_if<ChangeShares>(&intervention.change)) change_shares(*change, intervention, report);
        }
    }
    const Column<BuildingId, StockBuilding>& buildings() const { return buildings_; }
    const Column<BuildingId, Facades>& facades() const { return facades_; }
    const Column<BuildingId, SystemShares>& shares() const { return shares_; }

private:
    const Archetype& archetype_of(BuildingId b) const { return stock_.archetypes[static_cast<std::size_t>(buildings_[b].archetype)]; }

    std::vector<BuildingId> meant(const WhichBuildings& which, const std::string& where) const {
        const std::size_t archetype = which.archetype.empty() ? stock_.archetypes.size() : look_up(stock_.archetypes, which.archetype, "archetype", where);
        std::vector<BuildingId> found;
        for (const BuildingId b : rows(b_.id)) {
            if (archetype < stock_.archetypes.size() && static_cast<std::size_t>(buildings_[b].archetype) != archetype) continue;
            if (which.area.empty() || is_inside(which.area, b_.position[b])) found.push_back(b);
        }
        return found;
    }

    void retrofit(const Retrofit& change, const Intervention& intervention, ImportReport& report) {
        const std::size_t package = look_up(stock_.packages, change.package, "package", intervention.where);
        std::int64_t count = 0;
        double floor_m2 = 0;
        for (const BuildingId b : meant(change.buildings, intervention.where)) {
            if (archetype_of(b).heated_share <= 0) continue;
            if (Draws(scenario_.seed, purpose_retrofit, static_cast<std::uint64_t>(number(b))).uniform() >= change.share) continue;
            buildings_[b].packages.push_back(package);
            floor_m2 += static_cast<double>(b_.floor_area_m2[b]);
            ++count;
        }
        report.kept(count, fmt::format("buildings renewed by the package \"{}\"", change.package), fmt::format("{}: {:.0f} thousand m2", intervention.where, floor_m2 / 1000));
    }

    void change_shares(const ChangeShares& change, const Intervention& intervention, ImportReport& report) {
        const auto found = meant(change.buildings, intervention.where);
        for (const BuildingId b : found) shares_[b] = changed_shares(shares_[b], change.shares, intervention.where);
        report.kept(static_cast<std::int64_t>(found.size()), "buildings whose shares of systems change", intervention.where);
    }

    const Buildings& b_;
    const BuildingStock& stock_;
    const Scenario& scenario_;
    Column<BuildingId, StockBuilding> buildings_;
    Column<BuildingId, Facades> facades_;
    Column<BuildingId, SystemShares> shares_;
};

}  // namespace

void synthesise_stock(City& city, const Scenario& scenario, ImportReport& report) {
    if (city.buildings.id.empty()) throw InputError("buildings.stock = \"archetypes\" (the city has no buildings) a city with buildings, or \"given\"");
    const BuildingStock stock = read_building_stock(scenario.stock.archetypes);
    StockOfCity made(city, stock, scenario, report);
    make_stock_envelopes(city, stock, made.buildings(), made.facades(), city.envelopes, report);
    assign_systems(city, stock, made.buildings(), made.facades(), made.shares(), scenario.seed, report);
}

void change_stock(City& city, const Scenario& scenario, ImportReport& report) {
    const auto changes_stock = [](const Intervention& i) { return std::holds_alternative<Retrofit>(i.change) || std::holds_alternative<ChangeShares>(i.change); };
    const auto first = std::find_if(scenario.interventions.begin(), scenario.interventions.end(), changes_stock);
    if (first == scenario.interventions.end()) return;
    if (scenario.buildings.stock != "archetypes") throw InputError(fmt::format("{}: [[retrofit]] or [[system_share]] (the buildings are not made of a stock) buildings.stock = \"archetypes\"", first->where));
    const BuildingStock stock = read_building_stock(scenario.stock.archetypes);
    ImportReport said, changed;                // said when the networks were laid
    StockOfCity made(city, stock, scenario, said);
    made.apply_changes(report);
    const BuildingSystems before = std::move(city.services.systems);
    city.envelopes = {}, city.services = {};
    make_stock_envelopes(city, stock, made.buildings(), made.facades(), city.envelopes, said);
    assign_systems(city, stock, made.buildings(), made.facades(), made.shares(), scenario.seed, changed);
    for (ImportReport::Line& line : changed.lines) report.guessed(line.count, fmt::format("after the changes: {}", line.what), std::move(line.why));
    keep_connections(city, before, report);
}

}  // namespace shahr
