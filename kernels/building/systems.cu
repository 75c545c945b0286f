#include "kernels/building/systems.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/base/parallel_for.h"
#include "kernels/building/carbon.h"
#include "kernels/building/carriers.h"

namespace shahr::SHAHR_BACKEND::building {

// Share of a day's charging in each hour: at home from the evening on, at work through the morning, in public around noon and
// in the evening (handbook values, after the arrival times of household travel surveys).
struct ChargingDay {
    float home[24], work[24], in_public[24];
};

// One building in one member, step by step: only its battery remembers.
struct AdvanceSystem {
    View<const Index> heating, hot_water, usage, first_zone, zone, building_of, hour;
    View<const float> floor_m2, cooled_share, electric_cooking, pv_w, battery_j, cars_home, cars_work, cars_public;
    View<const float> appliances, lighting, water, cooking;
    SystemInputs in;
    ChargingDay charging;
    View<float> results;
    View<double> energy_j, charge_j, electric_load, of_hot_water;
    Index count, members, zones, steps, most_steps, buildings;
    double dt_s;

    static constexpr double car_j_day = 7.1 * 3.6e6;  // 13,000 km a year at 0.2 kWh/km

    SHAHR_HD void operator()(Index i) const {
        const Index system = i / members, member = i % members;
        double charge = charge_j[i];
        double sum[system_rows] = {};
        for (Index step = 0; step < steps; ++step) {
            double row[system_rows];
            solve(system, member, step, charge, row);
            const Index lane = step * members + member;
            for (Index r = 0; r < system_rows; ++r) {
                results[(r * count + system) * steps * members + lane] = static_cast<float>(row[r]);
                sum[r] += row[r] * dt_s;
            }
            electric_load[building_of[system] * most_steps * members + lane] = row[static_cast<Index>(SystemRow::electric)];
        }
        charge_j[i] = charge;
        for (Index r = 0; r < system_rows; ++r) energy_j[(r * count + system) * members + member] += sum[r];
    }

private:
    struct Taken {
        double electric = 0, gas = 0, coal = 0, district_heat = 0;
    };

    // Heat at the end of that source, W.
    SHAHR_HD static void take(Taken& taken, HeatSource source, double heat_w, double flow_c, double outdoor_c) {
        switch (source) {
            case HeatSource::district_heat: taken.district_heat += heat_w; break;
            case HeatSource::gas_boiler: taken.gas += heat_w / gas_boiler_efficiency; break;
            case HeatSource::coal_stove: taken.coal += heat_w / coal_stove_efficiency; break;
            case HeatSource::electric: taken.electric += heat_w; break;
            case HeatSource::heat_pump: taken.electric += heat_w / heat_pump_cop(flow_c, outdoor_c); break;
            default: break;
        }
    }

    // As much as the network offers; and tells it.
    SHAHR_HD double water_of_network(Index system, Index member, Index step, double asked_w) const {
        const Index building = building_of[system];
        double taken_w = asked_w;
        if (in.hot_water_most_w.size > 0) {
            const double most = in.hot_water_most_w[building * members + member];
            taken_w = most < asked_w ? most : asked_w;
        }
        const auto tell = [&](HotWaterRow row, double w) { of_hot_water[heat_row(row, building, buildings) * most_steps * members + step * members + member] = w; };
        tell(HotWaterRow::asked, asked_w);
        tell(HotWaterRow::taken, taken_w);
        return taken_w;
    }

    SHAHR_HD void solve(Index system, Index member, Index step, double& charge, double* row) const {
        double heat_w = 0, cold_w = 0;
        for (Index k = first_zone[system]; k < first_zone[system + 1]; ++k) {
            const Index at = (step * members + member) * zones + zone[k];
            heat_w += in.heating_w[at];
            cold_w += in.cooling_w[at];
        }
        cold_w *= static_cast<double>(cooled_share[system]);
        const double outdoor_c = in.temperature_c[step * members + member];
        const double area = static_cast<double>(floor_m2[system]);
        const Index at = usage[system] * static_cast<Index>(usage_values) + hour[step];
        const double water_asked_w = area * static_cast<double>(water[at]), cooking_w = area * static_cast<double>(cooking[at]);
        Taken taken;
        take(taken, static_cast<HeatSource>(heating[system]), heat_w, radiator_flow_c(outdoor_c), outdoor_c);
        const auto warmed_by = static_cast<HeatSource>(hot_water[system]);
        const double water_w = warmed_by == HeatSource::district_heat ? water_of_network(system, member, step, water_asked_w) : water_asked_w;
        take(taken, warmed_by, water_w, hot_water_flow_c, outdoor_c);
        (electric_cooking[system] > 0 ? taken.electric : taken.gas) += cooking_w;
        const Index h = hour[step] % 24;
        const double cars = static_cast<double>(cars_home[system] * charging.home[h] + cars_work[system] * charging.work[h] + cars_public[system] * charging.in_public[h]);
        taken.electric += area * static_cast<double>(appliances[at] + lighting[at]) + cold_w / cooler_eer(outdoor_c) + cars * car_j_day / 3600;
        const double sun = in.panel_sun_w_m2.size > 0 ? in.panel_sun_w_m2[step * members + member] : 0;
        const double panels_w = panel_power_w(static_cast<double>(pv_w[system]), sun, outdoor_c);
        double grid_w = taken.electric - panels_w;
        if (battery_j[system] > 0) {
            const BatteryStep battery = battery_step(charge, static_cast<double>(battery_j[system]), grid_w, dt_s);
            charge = battery.charge_j;
            grid_w = battery.grid_w;
        }
        const auto put = [&](SystemRow r, double value) { row[static_cast<Index>(r)] = value; };
        put(SystemRow::electric, grid_w);
        put(SystemRow::gas, taken.gas);
        put(SystemRow::coal, taken.coal);
        put(SystemRow::district_heat, taken.district_heat);
        put(SystemRow::space_heat, heat_w);
        put(SystemRow::hot_water, water_w);
        put(SystemRow::cooling, cold_w);
        put(SystemRow::demand, taken.electric);
        put(SystemRow::panels, panels_w);
    }
};

struct StartHotWater {
    View<const Index> hot_water, usage, building_of;
    View<const float> floor_m2, water;
    View<double> of_hot_water;
    Index members, row_lanes, buildings, hour;
    SHAHR_HD void operator()(Index i) const {
        const Index system = i / members, member = i % members;
        if (static_cast<HeatSource>(hot_water[system]) != HeatSource::district_heat) return;
        const double asked_w = static_cast<double>(floor_m2[system]) * static_cast<double>(water[usage[system] * static_cast<Index>(usage_values) + hour]);
        for (const HotWaterRow row : {HotWaterRow::asked, HotWaterRow::taken}) of_hot_water[heat_row(row, building_of[system], buildings) * row_lanes + member] = asked_w;
    }
};

// The electric load of all buildings in one step of one member, in the order of their rows.
struct SumCity {
    View<const float> results;
    View<double> total_w;
    Index count, lanes;
    SHAHR_HD void operator()(Index lane) const {
        double sum = 0;
        for (Index s = 0; s < count; ++s) sum += static_cast<double>(results[s * lanes + lane]);
        total_w[lane] = sum;
    }
};

struct KeepPeak {
    View<const double> total_w;
    View<double> peak_w;
    Index steps, members;
    SHAHR_HD void operator()(Index member) const {
        for (Index step = 0; step < steps; ++step)
            if (const double w = total_w[step * members + member]; w > peak_w[member]) peak_w[member] = w;
    }
};

namespace {

constexpr ChargingDay charging_day = {
    {.055f, .04f, .025f, .02f, .015f, .015f, .01f, .01f, .01f, .01f, .01f, .015f, .02f, .02f, .025f, .03f, .05f, .08f, .105f, .115f, .105f, .09f, .07f, .055f},
    {0, 0, 0, 0, 0, .01f, .03f, .09f, .18f, .18f, .13f, .09f, .07f, .07f, .06f, .04f, .03f, .02f, 0, 0, 0, 0, 0, 0},
    {.01f, .01f, .005f, .005f, .005f, .005f, .01f, .02f, .035f, .05f, .065f, .075f, .08f, .075f, .07f, .07f, .075f, .08f, .075f, .06f, .05f, .035f, .02f, .015f},
};

template <class E>
std::vector<Index> numbers_of(const Column<SystemId, E>& column) {
    std::vector<Index> numbers;
    for (const E value : column) numbers.push_back(static_cast<Index>(value));
    return numbers;
}

// The place of an hour in a usage's values: month, weekday or weekend, hour.
Index hour_of(std::chrono::sys_days first_day, Duration at) {
    const auto day = first_day + std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::weekday weekday(day);
    const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
    const auto hour = static_cast<Index>(std::chrono::floor<std::chrono::hours>(at - std::chrono::floor<std::chrono::days>(at)).count());
    return ((static_cast<Index>(static_cast<unsigned>(date.month())) - 1) * 2 + (weekend ? 1 : 0)) * 24 + hour;
}

}  // namespace

Systems::Systems(const City& city, Index members, Index most_steps, std::chrono::sys_days first_day, const CarbonFactors& carbon)
    : members_(members), most_steps_(most_steps), buildings_(city.buildings.id.size()), first_day_(first_day), carbon_(carbon) {
    const BuildingSystems& s = city.services.systems;
    zones_ = static_cast<Index>(city.envelopes.zones.id.size());
    count_ = static_cast<Index>(s.building.size());
    if (count_ == 0) return;
    for (const BuildingId b : s.building) building_of_host_.push_back(number(b));
    for (const float area : s.floor_area_m2) floor_area_m2_ += static_cast<double>(area);
    std::vector<std::vector<Index>> zones_of(buildings_);
    for (const ThermalZoneId z : rows(city.envelopes.zones.id))
        if (is_some(city.envelopes.zones.building[z])) zones_of[row(city.envelopes.zones.building[z])].push_back(number(z));
    std::vector<Index> first{0}, zone;
    for (const BuildingId b : s.building) {
        zone.insert(zone.end(), zones_of[row(b)].begin(), zones_of[row(b)].end());
        first.push_back(static_cast<Index>(zone.size()));
    }
    building_of_ = Array<Index>(building_of_host_);
    heating_ = Array<Index>(numbers_of(s.heating));
    hot_water_ = Array<Index>(numbers_of(s.hot_water));
    usage_ = Array<Index>(numbers_of(s.usage));
    first_zone_ = Array<Index>(first);
    zone_ = Array<Index>(zone);
    const auto upload = [](Array<float>& to, const Column<SystemId, float>& from) { to = Array<float>(from.span()); };
    upload(floor_m2_, s.floor_area_m2), upload(cooled_share_, s.cooled_share), upload(electric_cooking_, s.electric_cooking), upload(pv_w_, s.pv_w);
    upload(battery_j_, s.battery_j), upload(cars_home_, s.ev_home), upload(cars_work_, s.ev_work), upload(cars_public_, s.ev_public);
    const Usages& u = city.services.usages;
    const Lists<UsageId, float>* lists[] = {&u.appliances_w_m2, &u.lighting_w_m2, &u.hot_water_w_m2, &u.cooking_w_m2};
    for (std::size_t k = 0; k < use_w_m2_.size(); ++k) use_w_m2_[k] = Array<float>(lists[k]->items());
    hour_ = Array<Index>(most_steps);
    results_ = Array<float>(system_rows * count_ * most_steps * members);
    energy_j_ = Array<double>(system_rows * count_ * members);
    charge_j_ = Array<double>(count_ * members);
    total_w_ = Array<double>(most_steps * members);
    peak_w_ = Array<double>(members);
    begin_interval();
}

void Systems::start(Duration now, View<double> hot_water) const {
    parallel_for(count_ * members_, StartHotWater{hot_water_, usage_, building_of_, floor_m2_, use_w_m2_[2], hot_water, members_, most_steps_ * members_, static_cast<Index>(buildings_), hour_of(first_day_, now)});
}

void Systems::advance(const Tick& tick, const SystemInputs& in, View<double> electric_load, View<double> hot_water) {
    if (empty()) return;
    steps_ = tick.steps;
    shown_ = false;
    std::vector<Index> hours(static_cast<std::size_t>(most_steps_), 0);
    for (Index step = 0; step < steps_; ++step) hours[static_cast<std::size_t>(step)] = hour_of(first_day_, tick.now + step * tick.dt);
    hour_.from_host(hours);
    AdvanceSystem advance{heating_, hot_water_, usage_, first_zone_, zone_, building_of_, hour_, floor_m2_, cooled_share_, electric_cooking_, pv_w_, battery_j_, cars_home_, cars_work_, cars_public_,
                          use_w_m2_[0], use_w_m2_[1], use_w_m2_[2], use_w_m2_[3], in, charging_day, results_, energy_j_, charge_j_, electric_load, hot_water, count_, members_, zones_, steps_, most_steps_, static_cast<Index>(buildings_), seconds(tick.dt)};
    parallel_for(count_ * members_, advance, 16);
    parallel_for(steps_ * members_, SumCity{results_, total_w_, count_, steps_ * members_}, 1);
    parallel_for(members_, KeepPeak{total_w_, peak_w_, steps_, members_});
    interval_s_ += steps_ * seconds(tick.dt);
}

// value_of(row, index of the system)
void Systems::add_fields(Frame& frame, const auto& value_of) const {
    const auto add = [&](SystemRow row, std::string name, std::string long_name) {
        std::vector<float> values(buildings_, std::numeric_limits<float>::quiet_NaN());
        for (Index s = 0; s < count_; ++s) values[static_cast<std::size_t>(building_of_host_[static_cast<std::size_t>(s)])] = static_cast<float>(value_of(static_cast<Index>(row), s));
        frame.fields.push_back({"buildings", std::move(name), std::move(long_name), "W", RowKind::building, CellMethod::mean, std::move(values)});
    };
    add(SystemRow::electric, "electric_load", "electricity taken from the grid, less what is given to it");
    add(SystemRow::demand, "electricity_demand", "electricity used");
    add(SystemRow::space_heat, "space_heat_demand", "heat that enters the rooms");
    add(SystemRow::hot_water, "hot_water_demand", "heat of hot water");
    add(SystemRow::cooling, "cooling_demand", "heat taken out by coolers");
    add(SystemRow::district_heat, "district_heat", "heat taken from the district heating network");
    add(SystemRow::gas, "gas", "gas burnt, by lower heating value");
    add(SystemRow::coal, "coal", "coal burnt in stoves, by lower heating value");
    add(SystemRow::panels, "panel_power", "electricity made by panels on roofs");
}

void Systems::observe_step(Frame& frame, Index step, Index member) const {
    if (!shown_) {
        shown_results_ = results_.to_host();
        shown_ = true;
    }
    const Index lanes = steps_ * members_, lane = (step < 0 ? steps_ - 1 : step) * members_ + member;
    const bool any = interval_s_ > 0;
    add_fields(frame, [&](Index row, Index s) { return any ? shown_results_[static_cast<std::size_t>((row * count_ + s) * lanes + lane)] : std::numeric_limits<float>::quiet_NaN(); });
}

void Systems::observe_interval(Frame& frame, Index member) const {
    const std::vector<double> now = energy_j_.to_host();
    add_fields(frame, [&](Index row, Index s) {
        const auto at = static_cast<std::size_t>((row * count_ + s) * members_ + member);
        return interval_s_ > 0 ? (now[at] - energy_before_j_[at]) / interval_s_ : std::numeric_limits<double>::quiet_NaN();
    });
}

void Systems::begin_interval() {
    energy_before_j_ = energy_j_.to_host();
    interval_s_ = 0;
}

double Systems::energy_j(SystemRow row, Index member) const {
    const std::vector<double> all = energy_j_.to_host();
    double sum = 0;
    for (Index s = 0; s < count_; ++s) sum += all[static_cast<std::size_t>((static_cast<Index>(row) * count_ + s) * members_ + member)];
    return sum;
}

void Systems::indicators(std::vector<Kpi>& kpis, Index member) const {
    if (empty()) return;
    const auto add = [&](std::string name, std::string long_name, std::string unit, double value, bool lower_is_better = true) {
        kpis.push_back({std::move(name), std::move(long_name), std::move(unit), lower_is_better, value});
    };
    const double electric = energy_j(SystemRow::electric, member), gas = energy_j(SystemRow::gas, member), coal = energy_j(SystemRow::coal, member), district = energy_j(SystemRow::district_heat, member);
    const double space = energy_j(SystemRow::space_heat, member);
    add("electricity_from_grid", "electricity that the buildings take from the grid, less what they give", "J", electric);
    add("panel_electricity", "electricity that panels on roofs make", "J", energy_j(SystemRow::panels, member), false);
    add("gas_energy", "gas that the buildings burn, by lower heating value", "J", gas);
    add("coal_energy", "coal that the buildings burn, by lower heating value", "J", coal);
    add("district_heat_energy", "heat that the buildings take from district heating", "J", district);
    add("space_heat_energy", "heat that enters the rooms", "J", space);
    add("space_heat_per_area", "space heat over gross floor area", "J m-2", floor_area_m2_ > 0 ? space / floor_area_m2_ : 0);
    add("hot_water_energy", "heat of hot water", "J", energy_j(SystemRow::hot_water, member));
    add("cooling_energy", "heat that coolers take out of the buildings", "J", energy_j(SystemRow::cooling, member));
    add("peak_electric_load", "greatest electric load of all buildings together, mean over a step", "W", peak_w_.to_host(member));
    add_carbon(kpis, carbon_, {electric, gas, coal, district});
}

void Systems::save(Archive& archive) const {
    archive.put(steps_);
    archive.put(interval_s_);
    archive.put(std::span<const double>(energy_before_j_));
    archive.put(std::span<const float>(results_.to_host()));
    for (const Array<double>* state : {&energy_j_, &charge_j_, &peak_w_}) archive.put(std::span<const double>(state->to_host()));
}

void Systems::load(Archive& archive) {
    steps_ = archive.get<Index>();
    shown_ = false;
    interval_s_ = archive.get<double>();
    energy_before_j_ = archive.get_list<double>();
    results_.from_host(archive.get_list<float>());
    for (Array<double>* state : {&energy_j_, &charge_j_, &peak_w_}) state->from_host(archive.get_list<double>());
}

}  // namespace shahr::SHAHR_BACKEND::building
