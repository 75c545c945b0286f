#include "sim/run/preparation.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/error.h"
#include "sim/city/city_file.h"
#include "sim/city/describe.h"
#include "sim/city/grid_city.h"
#include "sim/import/building_city.h"
#include "sim/import/epw.h"
#include "sim/import/heat_description.h"
#include "sim/import/load_series.h"
#include "sim/import/trips_csv.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/read.h"
#include "sim/synthesis/building_stock.h"
#include "sim/synthesis/climate.h"
#include "sim/synthesis/demand.h"
#include "sim/synthesis/feeders.h"
#include "sim/synthesis/heat_districts.h"
#include "sim/synthesis/mains.h"
#include "sim/synthesis/pump_connections.h"

namespace shahr {
namespace {

using namespace std::chrono_literals;
constexpr Duration longest_wait = 24h;         // after the last departure, for a run that ends by itself

// The span that the given trips ask for, where the scenario leaves it open.
void settle_span(const Trips& trips, Scenario& scenario) {
    const auto [first, last] = std::minmax_element(trips.depart.begin(), trips.depart.end());
    if (!scenario.start_given) scenario.start = std::chrono::floor<std::chrono::minutes>(*first);
    if (scenario.until_idle) scenario.length = std::max(*last, scenario.start) - scenario.start + longest_wait;
}

Trips given_trips(const Trips& given, const std::string& where, Scenario& scenario, ImportReport& report) {
    if (given.id.empty()) throw InputError(where);
    settle_span(given, scenario);
    const Duration end = scenario.start + (scenario.demand.span > 0s ? scenario.demand.span : scenario.length);
    Trips chosen = select_trips(given, scenario.start, end);
    const auto left_out = static_cast<std::int64_t>(given.id.size() - chosen.id.size());
    report.kept(static_cast<std::int64_t>(chosen.id.size()), "trips given");
    report.dropped(left_out, "trips", fmt::format("they depart before {} or from {} on", clock_text(scenario.start, scenario.first_day), clock_text(end, scenario.first_day)));
    if (chosen.id.empty()) throw InputError(fmt::format("start = \"{}\" (none of the {} given trips departs within the run) a start within {} to {}", clock_text(scenario.start, scenario.first_day), given.id.size(),
                                                       clock_text(given.depart.vector().front(), scenario.first_day), clock_text(given.depart.vector().back(), scenario.first_day)));
    return chosen;
}

// A year of hours serves every year of a run: a span that a run meets twice would be replaced twice.
void replace_weather(std::optional<Weather>& weather, const ReplaceWeather& change, const Intervention& intervention, const Scenario& scenario, ImportReport& report) {
    if (!weather) throw InputError(fmt::format("{}: [[replace_weather]] (there is no weather to replace) weather.file or weather.climate", intervention.where));
    if (scenario.length > 366 * 24h) throw InputError(fmt::format("{}: [[replace_weather]] (the run is longer than a year, and all its years have the same weather) a run of a year at most", intervention.where));
    const Duration begin = std::max(intervention.begin, scenario.start), end = std::min(intervention.end, scenario.start + scenario.length);
    if (begin % 1h != 0s || (end % 1h != 0s && end < scenario.start + scenario.length))
        throw InputError(fmt::format("{}: [[replace_weather]] (begins or ends within an hour) full hours, as the weather has them", intervention.where));
    if (begin >= end) return;
    const auto day = std::chrono::floor<std::chrono::days>(begin);
    const auto count = static_cast<std::size_t>(std::chrono::ceil<std::chrono::hours>(end - begin).count());
    replace_hours(*weather, read_epw(change.file, report), scenario.first_day + day, static_cast<int>((begin - day) / 1h), count);
    report.guessed(static_cast<std::int64_t>(count), "hours of weather", fmt::format("taken from {} ({})", change.file, intervention.where));
}

// Those that the scenario asks for, in place of those that came with the city.
void make_networks(City& city, const Scenario& scenario, ImportReport& report) {
    if (scenario.power.grid == "synthetic") {
        city.power = {};
        synthesise_feeders(city, {}, report);
    }
    if (scenario.power.grid == "none") city.power = {};
    if (scenario.water.network != "given") city.water = {};
    if (scenario.water.network == "synthetic") synthesise_mains(city, {}, report);
    if (scenario.heat.network != "given") city.heat = {};
    if (scenario.heat.network == "synthetic") synthesise_heat_networks(city, {}, report);
    connect_pumps(city, report);
    if (!scenario.power.series_file.empty()) city.power.series = read_load_series(scenario.power.series_file, city.power.loads);
}

}  // namespace

City open_city(const std::filesystem::path& path) {
    if (path.extension() != ".toml") return load_city(path);
    if (is_heat_description(path)) return read_heat_description(path);
    return holds_buildings(path) ? read_building_city(path) : read_grid_city(path);
}

std::optional<Weather> open_weather(const City& city, const Scenario& scenario, ImportReport& report) {
    std::optional<Weather> weather;
    if (!scenario.weather.file.empty()) weather = read_epw(scenario.weather.file, report);
    else if (!scenario.weather.climate.empty()) {
        weather = synthesise_weather(read_climate(scenario.weather.climate), scenario.seed);
        report.guessed(static_cast<std::int64_t>(weather->hours()), "hours of weather", weather->source);
    } else if (!city.envelopes.zones.id.empty())
        throw InputError(fmt::format("{}: weather.file (missing, and the city has buildings) an .epw file; or weather.climate = \"almaty\"; or buildings.stock = \"none\"", scenario.file));
    for (const Intervention& intervention : scenario.interventions)
        if (const auto* change = std::get_if<ReplaceWeather>(&intervention.change)) replace_weather(weather, *change, intervention, scenario, report);
    return weather;
}

void prepare_city(City& city, Scenario& scenario, ImportReport& report) {
    if (scenario.buildings.stock != "given") city.envelopes = {}, city.services = {};
    if (scenario.buildings.stock == "archetypes") synthesise_stock(city, scenario, report);
    make_networks(city, scenario, report);
    fit_to_city(scenario, city);
    change_stock(city, scenario, report);
}

Trips choose_trips(const City& city, Scenario& scenario, ImportReport& report) {
    if (city.network.roads.id.empty() || scenario.traffic.trips == "none") return {};
    if (!scenario.demand.trips_file.empty())
        return given_trips(read_trips_csv(scenario.demand.trips_file, city, report), scenario.demand.trips_file + " (no trips in it) one line for each trip", scenario, report);
    if (scenario.traffic.trips == "given")
        return given_trips(city.trips, "traffic.trips = \"given\" (the city came without trips) \"synthetic\", or import it together with its routes", scenario, report);
    Scenario asked = scenario;
    if (scenario.demand.span > 0s) asked.length = scenario.demand.span;
    return synthesise_trips(city, asked, report);
}

Trips select_trips(const Trips& trips, Duration begin, Duration end) {
    std::vector<TripId> kept;
    Column<TripId, TripId> now_at(trips.id.size(), none<TripId>);
    for (const TripId trip : rows(trips.id)) {
        if (trips.depart[trip] < begin || trips.depart[trip] >= end) continue;
        now_at[trip] = as_id<TripId>(kept.size());
        kept.push_back(trip);
    }
    Trips chosen = trips;
    const auto keep = [&](std::string_view, auto& column, ColumnNote) {
        auto before = std::move(column);
        column.clear();
        for (const TripId trip : kept) column.push_back(std::move(before[trip]));
    };
    describe(chosen, keep);
    for (TripId& after : chosen.after)
        if (is_some(after)) after = now_at[after];
    return chosen;
}

}  // namespace shahr
