#include "sim/synthesis/assign_systems.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/base/error.h"
#include "sim/base/random.h"
#include "sim/synthesis/buildings.h"

namespace shahr {
namespace {

constexpr double hours_of_year = 8760, kwh_j = 3.6e6;
constexpr int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr double panel_w_m2 = 200, panel_share_of_roof = 0.2, most_panels_house_w = 10e3;
constexpr double battery_without_panels_j = 5 * kwh_j;
constexpr double cars_per_person = 0.3, charging_home = 0.8, charging_work = 0.1;
enum Purpose : std::uint64_t { draw_heating = 0x5E01, draw_hot_water = 0x5E21, draw_cooking = 0x5E41, draw_cooling, draw_pv, draw_battery, draw_ev };

std::uint64_t place_key(Point p) {
    const auto coordinate = [](double m) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(m * 10)))); };
    return coordinate(p.x_m) << 32 | coordinate(p.y_m);
}

double uniform(std::uint64_t seed, std::uint64_t purpose, std::uint64_t place) {
    return Draws(seed, purpose, place).uniform();
}

template <std::size_t N>
HeatSource draw_source(const std::array<double, N>& shares, std::uint64_t seed, std::uint64_t purpose, std::uint64_t place) {
    auto best = HeatSource::none;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < N; ++i) {
        if (shares[i] <= 0) continue;
        const double at = -std::log(1 - uniform(seed, purpose + i, place)) / shares[i];
        if (at < least) least = at, best = static_cast<HeatSource>(i);
    }
    return best;
}

// W/m2 by month, kind of day and hour, so that the year has its energy.
std::vector<float> power_by_hour(const UseOfEnergy& use, double kwh_m2) {
    double sum = 0;                            // over a year of 5/7 weekdays
    for (std::size_t m = 0; m < 12; ++m)
        for (std::size_t h = 0; h < 24; ++h) sum += month_days[m] * use.month[m] * (5 * use.weekday[h] + 2 * use.weekend[h]) / 7;
    std::vector<float> power;
    power.reserve(usage_values);
    for (std::size_t m = 0; m < 12; ++m)
        for (const HourShape* day : {&use.weekday, &use.weekend})
            for (const double value : *day) power.push_back(static_cast<float>(sum > 0 ? 1000 * kwh_m2 * use.month[m] * value / sum : 0));
    return power;
}

void add_usages(const BuildingStock& stock, Usages& to) {
    for (const BuildingUsage& usage : stock.usages) {
        to.name.push_back(usage.name);
        to.appliances_w_m2.push_back(power_by_hour(usage.appliances, usage.appliances.kwh_m2));
        to.lighting_w_m2.push_back(power_by_hour(usage.lighting, usage.lighting.kwh_m2));
        to.hot_water_w_m2.push_back(power_by_hour(usage.hot_water, usage.hot_water.kwh_m2));
        to.cooking_w_m2.push_back(power_by_hour(usage.appliances, usage.cooking_kwh_m2));
    }
}

class SystemsMaker {
public:
    SystemsMaker(City& city, const BuildingStock& stock, std::uint64_t seed) : city_(city), b_(city.buildings), to_(city.services.systems), stock_(stock), seed_(seed) {}

    void add(BuildingId b, const StockBuilding& made_of, const Facades& facades, const SystemShares& shares) {
        const Archetype& a = stock_.archetypes[static_cast<std::size_t>(made_of.archetype)];
        const std::uint64_t place = place_key(b_.position[b]);
        const bool heated = a.heated_share > 0;
        HeatSource heating = heated ? draw_source(shares.heating, seed_, draw_heating, place) : HeatSource::none;
        HeatSource water = stock_.usages[a.usage].hot_water.kwh_m2 > 0 ? hot_water_source(heating, shares, place) : HeatSource::none;
        double pv = uniform(seed_, draw_pv, place) < shares.pv, battery = uniform(seed_, draw_battery, place) < shares.battery;
        for (const std::size_t package : made_of.packages) {
            const RetrofitPackage& p = stock_.packages[package];
            if (p.heating && heated) heating = *p.heating, water = hot_water_source(heating, shares, place);
            if (p.pv) pv = 1;
            if (p.battery) battery = 1;
        }
        to_.building.push_back(b);
        to_.archetype.push_back(a.name);
        to_.heating.push_back(heating);
        to_.hot_water.push_back(water);
        to_.floor_area_m2.push_back(b_.floor_area_m2[b]);
        to_.usage.push_back(as_id<UsageId>(a.usage));
        to_.dwellings.push_back(static_cast<float>(a.flat_m2 > 0 ? std::max(1.0, std::round(static_cast<double>(b_.floor_area_m2[b]) / a.flat_m2)) : 0));
        to_.cooled_share.push_back(static_cast<float>(heated ? cooled_share(b, shares, place) : 0));
        to_.electric_cooking.push_back(uniform(seed_, draw_cooking, place) < shares.electric_cooking ? 1.0f : 0.0f);
        const double units = facades.units, roof_m2 = facades.footprint_m2 * panel_share_of_roof;
        const double panels_w = units * (b_.use[b] == BuildingUse::house ? std::min(most_panels_house_w, roof_m2 * panel_w_m2) : roof_m2 * panel_w_m2) * pv;
        to_.pv_w.push_back(static_cast<float>(panels_w));
        to_.battery_j.push_back(static_cast<float>(battery * (panels_w > 0 ? panels_w / 1000 * kwh_j : units * battery_without_panels_j)));
        const double cars = static_cast<double>(b_.residents[b]) * cars_per_person * shares.ev;
        all_cars_ += cars;
        to_.ev_home.push_back(static_cast<float>(Draws(seed_, draw_ev, place).round(cars * charging_home)));
        to_.ev_work.push_back(0);
        to_.ev_public.push_back(0);
        to_.service_peak_w.push_back(a.flat_m2 > 0 ? 0.0f : static_cast<float>(stock_.usages[a.usage].peak_w_m2 * static_cast<double>(b_.floor_area_m2[b])));
        to_.power_factor.push_back(static_cast<float>(stock_.usages[a.usage].power_factor));
    }

    // Those who do not charge at home, by jobs and by the floor area of shops and public buildings; what is drawn in one
    // place is a whole car, and the expectations add up.
    void spread_cars() {
        double jobs = 0, floor_m2 = 0;
        const auto draws_visitors = [&](BuildingId b) { return b_.use[b] == BuildingUse::shop || b_.use[b] == BuildingUse::public_ || b_.use[b] == BuildingUse::leisure; };
        for (const BuildingId b : to_.building) {
            jobs += static_cast<double>(b_.jobs[b]);
            if (draws_visitors(b)) floor_m2 += static_cast<double>(b_.floor_area_m2[b]);
        }
        for (const SystemId s : rows(to_.building)) {
            const BuildingId b = to_.building[s];
            const std::uint64_t place = place_key(b_.position[b]);
            if (jobs > 0) to_.ev_work[s] = static_cast<float>(Draws(seed_, draw_ev + 1, place).round(all_cars_ * charging_work * static_cast<double>(b_.jobs[b]) / jobs));
            if (floor_m2 > 0 && draws_visitors(b))
                to_.ev_public[s] = static_cast<float>(Draws(seed_, draw_ev + 2, place).round(all_cars_ * (1 - charging_home - charging_work) * static_cast<double>(b_.floor_area_m2[b]) / floor_m2));
        }
    }

private:
    HeatSource hot_water_source(HeatSource heating, const SystemShares& shares, std::uint64_t place) const {
        if (heating == HeatSource::heat_pump) return heating;
        if (shares.hot_water[static_cast<std::size_t>(heating)] <= 0) return draw_source(shares.hot_water, seed_, draw_hot_water, place);
        return uniform(seed_, draw_hot_water, place) < shares.also_hot_water[static_cast<std::size_t>(heating)] ? heating : HeatSource::electric;
    }

    // Of flats a share of each block has a cooler; of others all or none.
    double cooled_share(BuildingId b, const SystemShares& shares, std::uint64_t place) const {
        if (b_.use[b] == BuildingUse::apartments) return shares.cooling;
        return uniform(seed_, draw_cooling, place) < shares.cooling ? 1 : 0;
    }

    City& city_;
    const Buildings& b_;
    BuildingSystems& to_;
    const BuildingStock& stock_;
    std::uint64_t seed_;
    double all_cars_ = 0;
};

void tell(const City& city, ImportReport& report) {
    const BuildingSystems& s = city.services.systems;
    std::array<double, enum_names<HeatSource>.size()> area{};
    double all = 0, pv_w = 0, cars = 0, dwellings = 0;
    for (const SystemId i : rows(s.building)) {
        area[static_cast<std::size_t>(s.heating[i])] += static_cast<double>(s.floor_area_m2[i]);
        all += static_cast<double>(s.floor_area_m2[i]);
        pv_w += static_cast<double>(s.pv_w[i]);
        cars += static_cast<double>(s.ev_home[i] + s.ev_work[i] + s.ev_public[i]);
        dwellings += static_cast<double>(s.dwellings[i]);
    }
    std::string list;
    for (std::size_t i = 0; i < area.size(); ++i)
        if (area[i] > 0) list += fmt::format("{}{} {:.0f} %", list.empty() ? "" : ", ", enum_names<HeatSource>[i], 100 * area[i] / all);
    report.guessed(static_cast<std::int64_t>(s.building.size()), "buildings' source of heat, by the stock's shares", "of the floor area: " + list);
    report.guessed(std::llround(dwellings), "dwellings", "gross floor area by that of a flat in its archetype");
    if (pv_w > 0) report.guessed(std::llround(pv_w / 1000), "kW of panels on roofs", "by the stock's shares");
    if (cars > 0) report.guessed(std::llround(cars), "electric cars that charge", "0.3 cars a person by the stock's share");
}

}  // namespace

SystemShares changed_shares(SystemShares shares, const ShareChange& change, const std::string& where) {
    double named = 0, others = 0;
    for (std::size_t i = 0; i < shares.heating.size(); ++i)
        if (change.heating[i])
            named += *change.heating[i];
        else
            others += shares.heating[i];
    if (named > 1 + 1e-9) throw InputError(fmt::format("{} (the shares of heating add up to {:.3g}) at most 1 together", where, named));
    for (std::size_t i = 0; i < shares.heating.size(); ++i) {
        if (change.heating[i]) shares.heating[i] = *change.heating[i];
        else if (named > 0) shares.heating[i] = others > 0 ? shares.heating[i] * (1 - named) / others : 0;
    }
    // Where nothing else is left to take the rest, those named share it.
    if (named > 0 && others <= 0)
        for (double& share : shares.heating) share /= named;
    shares.electric_cooking = change.electric_cooking.value_or(shares.electric_cooking);
    shares.cooling = change.cooling.value_or(shares.cooling);
    shares.pv = change.pv.value_or(shares.pv);
    shares.battery = change.battery.value_or(shares.battery);
    shares.ev = change.ev.value_or(shares.ev);
    return shares;
}

void assign_systems(City& city, const BuildingStock& stock, const Column<BuildingId, StockBuilding>& buildings, const Column<BuildingId, Facades>& facades,
                    const Column<BuildingId, SystemShares>& shares, std::uint64_t seed, ImportReport& report) {
    add_usages(stock, city.services.usages);
    SystemsMaker maker(city, stock, seed);
    for (const BuildingId b : rows(city.buildings.id)) maker.add(b, buildings[b], facades[b], shares[b]);
    maker.spread_cars();
    tell(city, report);
}

}  // namespace shahr
