#include "kernels/building/engine.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "kernels/base/algorithms.h"
#include "kernels/base/parallel_for.h"
#include "sim/city/weather.h"

namespace shahr::SHAHR_BACKEND::building {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr double specific_heat_of_air = 1006;  // J/(kg K)
constexpr double start_temperature_c = 20;
// Implicit steps of an hour remember too much: a light room with a time constant of two hours keeps 1 / 1.5^6 of a night's
// set-back after six hours, where exp(-3) is half of that. Half hours keep 1 / 1.25^12. In ASHRAE 140 the set-back takes from
// the cooling peak (640 - 600) 0.126 kW by hours, 0.082 by halves, 0.064 by quarters and 0.055 by three minutes.
constexpr Index parts_of_hour = 2;
constexpr auto zone_rows = static_cast<Index>(ZoneRow::count), sun_rows = static_cast<Index>(SunRow::count);

// J/(m3 K) at 20 degC under the mean pressure of the place.
double air_heat_of(const Weather& weather) {
    const double pressure = std::accumulate(weather.pressure_pa.begin(), weather.pressure_pa.end(), 0.0) / static_cast<double>(weather.hours());
    return pressure / (287.055 * 293.15) * specific_heat_of_air;
}

Envelopes furnished(Envelopes envelopes) {
    ThermalZones& z = envelopes.zones;
    for (const ThermalZoneId at : rows(z.id)) z.furniture_j_k[at] = static_cast<float>(annex_b_furniture_j_m2k) * z.floor_area_m2[at];
    return envelopes;
}

// Sums over the steps of a block, seconds times value.
struct AddSteps {
    View<const double> values;                 // [row][step][column]; `stride`: from step to step
    Index steps, most_steps, columns;
    double step_s;
    View<double> sums;                         // [row][column]
    SHAHR_HD void operator()(Index i) const {
        const Index row = i / columns, column = i % columns;
        double sum = 0;
        for (Index step = 0; step < steps; ++step) sum += values[(row * most_steps + step) * columns + column];
        sums[i] += sum * step_s;
    }
};

struct StartAir {
    ZoneResults results;
    double temperature_c;
    SHAHR_HD void operator()(Index output) const { results.at(ZoneRow::air, 0, output) = results.at(ZoneRow::operative, 0, output) = temperature_c; }
};

// What the district heating network offers a building, divided among its zones.
struct DivideOffer {
    View<const double> offer;                  // channel "heat_offer"
    View<const Index> building_of_zone;
    View<const double> share;
    Index buildings, members, zones;
    View<double> bounds;
    SHAHR_HD void operator()(Index output) const {
        const Index member = output / zones, zone = output % zones, building = building_of_zone[zone];
        const auto offered = [&](HeatOfferRow row) { return share[zone] * offer[heat_row(row, building, buildings) * members + member]; };
        bounds[output] = building < 0 ? 0 : offered(HeatOfferRow::rooms_least);
        bounds[members * zones + output] = building < 0 ? math::infinity() : offered(HeatOfferRow::rooms_most);
    }
};

// Of each zone, its share of the heat of its building by floor area; in one of the units that it stands for.
std::vector<double> shares_of_buildings(const City& city) {
    const ThermalZones& z = city.envelopes.zones;
    std::vector<double> floor_m2(city.buildings.id.size(), 0), share;
    for (const ThermalZoneId at : rows(z.id))
        if (is_some(z.building[at])) floor_m2[row(z.building[at])] += static_cast<double>(z.floor_area_m2[at] * z.multiplier[at]);
    for (const ThermalZoneId at : rows(z.id)) share.push_back(is_some(z.building[at]) ? static_cast<double>(z.floor_area_m2[at]) / floor_m2[row(z.building[at])] : 0);
    return share;
}

std::vector<Index> buildings_of_zones(const ThermalZones& zones) {
    std::vector<Index> buildings;
    for (const BuildingId b : zones.building) buildings.push_back(number(b));
    return buildings;
}

// The value of a schedule in the hour that begins at `hour` of `day`.
double scheduled_value(std::span<const float> values, std::chrono::sys_days day, int hour) {
    using namespace std::chrono;
    const auto at = static_cast<std::size_t>(hour);
    if (values.size() == 24) return values[at];
    if (values.size() == 168) return values[24 * (weekday{day}.iso_encoding() - 1) + at];
    const year_month_day date{day};
    const bool leap_day = date.month() == February && static_cast<unsigned>(date.day()) == 29;
    const sys_days common = leap_day ? sys_days{year{2001} / February / 28} : sys_days{year{2001} / date.month() / date.day()};
    return values[24 * static_cast<std::size_t>((common - sys_days{year{2001} / January / 1}).count()) + at];
}

}  // namespace

BuildingEngine::BuildingEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus, WriteWeather write_weather)
    : city_(city), members_(members.begin(), members.end()), bus_(std::move(bus)), write_weather_(std::move(write_weather)), orientations_(orientations_of(city.envelopes)),
      zone_count_(static_cast<Index>(city.envelopes.zones.id.size())), lanes_(bus_->lanes("weather")), totals_(members.size()) {
    const BuildingOptions& options = members.front().scenario->buildings;
    const auto member_count = static_cast<Index>(members.size());
    most_steps_ = lanes_ / member_count;
    glass_ = glass_of(city.envelopes, orientations_.of_window);
    const auto planes = static_cast<std::int32_t>(orientations_.tilt_deg.size());
    std::vector<std::int32_t> row_of_window;
    for (const std::int32_t kind : glass_.kind_of_window) row_of_window.push_back(planes + kind);
    kinds_ = Array<WindowKind>(glass_.kinds);
    const bool annex_b = options.model == "annex_b";
    if (annex_b)
        for (Optics& optics : glass_.optics) optics = annex_b_optics(optics);
    optics_ = Array<Optics>(glass_.optics);
    Films films;
    films.annex_b = annex_b;
    const auto elements = elements_of(city.envelopes, films, glass_.optics, orientations_.of_surface, row_of_window);
    const double air_heat = air_heat_of(*members.front().weather);
    if (options.model == "5r1c") zones_.emplace<SimpleZones>(city.envelopes, elements, member_count, air_heat);
    else zones_.emplace<DetailedZones>(lay_out(annex_b ? furnished(city.envelopes) : city.envelopes, elements, member_count, air_heat));
    sun_ = Array<double>((planes + kinds_.size()) * sun_rows * lanes_);
    results_ = &bus_->open("zones", zone_rows, most_steps_ * zone_count_ * member_count);
    zone_sums_ = Array<double>(zone_rows * zone_count_ * member_count);
    building_of_zone_ = Array<Index>(buildings_of_zones(city.envelopes.zones));
    share_of_building_ = Array<double>(shares_of_buildings(city));
    heat_bounds_ = Array<double>(2 * zone_count_ * member_count);
    if (options.record_surfaces) sun_sums_ = Array<double>((planes + kinds_.size()) * sun_rows * member_count);
}

bool BuildingEngine::each_step(std::string_view group) const {
    const Scenario& scenario = *members_.front().scenario;
    const auto own = scenario.record.find(group);
    return (own == scenario.record.end() ? scenario.record_every : own->second) <= period();
}

std::vector<std::string_view> BuildingEngine::groups() const {
    if (members_.front().scenario->buildings.record_surfaces) return {"buildings", "surfaces"};
    return {"buildings"};
}

ZoneResults BuildingEngine::results() const {
    return {*results_, zone_count_ * static_cast<Index>(members_.size()), most_steps_};
}

void BuildingEngine::write_schedules(const Tick& tick) {
    const Schedules& s = city_.envelopes.schedules;
    schedule_values_.clear();
    for (const ScheduleId at : rows(s.id))
        for (int step = 0; step < tick.steps; ++step) {
            const Duration begin = tick.now + step * tick.dt;
            const auto day = std::chrono::floor<days>(begin);
            schedule_values_.push_back(scheduled_value(s.values[at], members_.front().scenario->first_day + day, static_cast<int>((begin - day) / 1h)));
        }
    schedules_ = Array<double>(schedule_values_);
}

void BuildingEngine::divide_offer(BalanceInputs& in) {
    const auto member_count = static_cast<Index>(members_.size());
    const Index outputs = zone_count_ * member_count;
    parallel_for(outputs, DivideOffer{bus_->read("heat_offer"), building_of_zone_, share_of_building_, static_cast<Index>(city_.buildings.id.size()), member_count, zone_count_, heat_bounds_});
    const View<const double> bounds = heat_bounds_;
    in.heat_least = {bounds.data, outputs};
    in.heat_most = {bounds.data + outputs, outputs};
}

// `offered`: the district heating network, where there is one, bounds the heat; before the start it has offered nothing yet.
void BuildingEngine::advance(const Tick& tick, bool offered) {
    write_schedules(tick);
    const auto member_count = static_cast<Index>(members_.size());
    const Index used = tick.steps * member_count, planes = static_cast<Index>(orientations_.tilt_deg.size());
    parallel_for((planes + kinds_.size()) * used, TakeInSun{bus_->read("weather"), bus_->read("planes"), kinds_, optics_, planes, used, lanes_, sun_});
    const bool annex_b = members_.front().scenario->buildings.model == "annex_b";
    BalanceInputs in{bus_->read("weather"), sun_, schedules_, tick.steps, member_count, lanes_, seconds(tick.dt), annex_b ? 1 : parts_of_hour, annex_b};
    if (offered && bus_->has("heat_offer")) divide_offer(in);
    if (auto* detailed = std::get_if<DetailedZones>(&zones_)) detailed->advance(in, results());
    else if (auto* simple = std::get_if<SimpleZones>(&zones_)) simple->advance(in, results());
}

// The buildings have lived through the weather before the start.
void BuildingEngine::start(Duration now) {
    if (auto* detailed = std::get_if<DetailedZones>(&zones_)) detailed->start_at(start_temperature_c);
    else if (auto* simple = std::get_if<SimpleZones>(&zones_)) simple->start_at(start_temperature_c);
    const auto hours = members_.front().scenario->buildings.warm_up / 1h;
    if (hours == 0) parallel_for(zone_count_ * static_cast<Index>(members_.size()), StartAir{results(), start_temperature_c});
    for (auto left = hours; left > 0;) {       // the last by itself: those who hear of the zones look at a block's first step
        const auto steps = left == 1 ? 1 : std::min<std::int64_t>(left - 1, most_steps_);
        const Tick past{now - left * 1h, 1h, static_cast<int>(steps)};
        write_weather_(past);
        advance(past, false);
        left -= steps;
    }
    write_weather_({now, 1h, 1});
    latest_ = {now, 1h, 1};
}

void BuildingEngine::step(const Tick& tick) {
    advance(tick, true);
    latest_ = tick;
    const double dt = seconds(tick.dt);
    const ZoneResults r = results();
    parallel_for(zone_sums_.size(), AddSteps{r.values, tick.steps, most_steps_, r.outputs, dt, zone_sums_});
    zones_s_ += dt * tick.steps;
    if (sun_sums_.size() > 0) {
        // [row][step][member] has the same shape as [row][step][output].
        parallel_for(sun_sums_.size(), AddSteps{sun_, tick.steps, most_steps_, static_cast<Index>(members_.size()), dt, sun_sums_});
        sun_s_ += dt * tick.steps;
    }
    for (std::size_t m = 0; m < members_.size(); ++m)
        for (Index step = 0; step < tick.steps; ++step) {
            const auto total = [&](ZoneRow what) { return sum(View<const double>(&r.at(what, step, static_cast<Index>(m) * zone_count_), zone_count_)); };
            const double heating = total(ZoneRow::asked), cooling = total(ZoneRow::cooling);
            OfMember& of = totals_[m];
            of.heating_j += heating * dt;
            of.cooling_j += cooling * dt;
            of.peak_heating_w = std::max(of.peak_heating_w, heating);
            of.peak_cooling_w = std::max(of.peak_cooling_w, cooling);
        }
}

void BuildingEngine::indicators(std::vector<Kpi>& kpis, MemberIndex member) const {
    const OfMember& of = totals_[static_cast<std::size_t>(member)];
    kpis.push_back({"heating_need", "heat that the zones need to be kept at their set-points", "J", true, of.heating_j});
    kpis.push_back({"cooling_need", "heat that has to be taken out of the zones, sensible", "J", true, of.cooling_j});
    kpis.push_back({"peak_heating_need", "greatest hourly mean of the heating need of all zones together", "W", true, of.peak_heating_w});
    kpis.push_back({"peak_cooling_need", "greatest hourly mean of the cooling need of all zones together", "W", true, of.peak_cooling_w});
}

void BuildingEngine::save(Archive& archive) const {
    archive.put(std::span<const OfMember>(totals_));
    archive.put(zones_s_);
    archive.put(sun_s_);
    archive.put(std::span<const double>(zone_sums_.to_host()));
    archive.put(std::span<const double>(sun_sums_.to_host()));
    archive.put(std::span<const double>(results_->to_host()));
    archive.put(latest_.now.count());
    archive.put(latest_.dt.count());
    archive.put(latest_.steps);
    if (const auto* detailed = std::get_if<DetailedZones>(&zones_)) detailed->save(archive);
    else if (const auto* simple = std::get_if<SimpleZones>(&zones_)) simple->save(archive);
}

void BuildingEngine::load(Archive& archive) {
    totals_ = archive.get_list<OfMember>();
    zones_s_ = archive.get<double>();
    sun_s_ = archive.get<double>();
    zone_sums_.from_host(archive.get_list<double>());
    sun_sums_.from_host(archive.get_list<double>());
    results_->from_host(archive.get_list<double>());
    latest_.now = Duration{archive.get<Duration::rep>()};
    latest_.dt = Duration{archive.get<Duration::rep>()};
    latest_.steps = archive.get<int>();
    if (auto* detailed = std::get_if<DetailedZones>(&zones_)) detailed->load(archive);
    else if (auto* simple = std::get_if<SimpleZones>(&zones_)) simple->load(archive);
}

}  // namespace shahr::SHAHR_BACKEND::building
