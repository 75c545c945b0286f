#include "sim/synthesis/stock_envelopes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace shahr {
namespace {

constexpr double air_share = 0.8, air_share_low = 0.76;
constexpr double furniture_j_m2k = 10e3;       // ISO 52016-1:2017 table B.17
constexpr double person_w = 70;                // sensible, TEASER UseConditions (SIA 2024)
constexpr double window_height_m = 1.5;
constexpr double radiant_person = 0.5, radiant_device = 0.25, radiant_light = 0.5;  // TEASER UseConditions, homes
constexpr double hours_of_year = 8760;
constexpr int purge_from_h = 21, purge_until_h = 7;
constexpr float purge_above_c = 24;
constexpr float unlimited = std::numeric_limits<float>::infinity(), unset = std::numeric_limits<float>::quiet_NaN();

std::vector<float> week(const HourShape& weekday, const HourShape& weekend, double scale) {
    std::vector<float> hours;
    for (int day = 0; day < 7; ++day)
        for (const double value : day < 5 ? weekday : weekend) hours.push_back(static_cast<float>(value * scale));
    return hours;
}

// The shape of the week with a mean of 1; all zero stays so.
std::vector<float> week_of_mean_one(const UseOfEnergy& use) {
    const auto sum = [](const HourShape& shape) { return std::accumulate(shape.begin(), shape.end(), 0.0); };
    const double mean = (5 * sum(use.weekday) + 2 * sum(use.weekend)) / 168;
    return week(use.weekday, use.weekend, mean > 0 ? 1 / mean : 0);
}

std::vector<float> day(double inside, int from_h, int until_h, double outside) {
    std::vector<float> hours(24);
    for (int h = 0; h < 24; ++h) hours[static_cast<std::size_t>(h)] = static_cast<float>(h >= from_h && h < until_h ? inside : outside);
    return hours;
}

class EnvelopeMaker {
public:
    EnvelopeMaker(const City& city, const BuildingStock& stock, Envelopes& to) : city_(city), stock_(stock), to_(to) {
        for (const WindowKind& window : stock.windows) add_glazing(window);
        for (const BuildingUsage& usage : stock.usages) add_schedules(usage);
        night_ = add_schedule("night", day(0, purge_until_h, purge_from_h, 1));
    }

    bool add(BuildingId b, const StockBuilding& made_of, const Facades& facades) {
        const Archetype& a = stock_.archetypes[static_cast<std::size_t>(made_of.archetype)];
        const BuildingUsage& usage = stock_.usages[a.usage];
        const double floor_m2 = static_cast<double>(city_.buildings.floor_area_m2[b]) / facades.units;
        if (a.heated_share <= 0 || floor_m2 <= 0) return false;
        const double levels = std::max(1.0, static_cast<double>(city_.buildings.levels[b]));
        add_zone(b, a, usage, made_of, floor_m2, levels, facades.units * a.heated_share);
        add_gains(usage, a.usage, floor_m2);
        add_surfaces(a, made_of, facades, floor_m2, levels);
        return true;
    }

private:
    struct UseSchedules {
        ScheduleId presence, appliances, lighting, heating, ventilation;
    };

    ScheduleId add_schedule(std::string id, const std::vector<float>& values) {
        to_.schedules.id.push_back(std::move(id));
        return to_.schedules.values.push_back(values);
    }

    void add_glazing(const WindowKind& window) {
        Glazings& g = to_.glazings;
        g.id.push_back(window.name);
        for (auto* list : {&g.pane_thickness_m, &g.pane_conductivity_w_mk, &g.transmittance, &g.reflectance_outside, &g.reflectance_inside, &g.gap_resistance_m2k_w}) list->push_back(std::initializer_list<double>{});
        g.emissivity_outside.push_back(0.84);
        g.emissivity_inside.push_back(0.84);
        g.convection_inside_w_m2k.push_back(unset);
        g.convection_outside_w_m2k.push_back(unset);
        g.u_value_w_m2k.push_back(window.u_w_m2k);
        g.g_value.push_back(window.g);
    }

    void add_schedules(const BuildingUsage& u) {
        UseSchedules s{};
        s.presence = add_schedule(u.name + " presence", week(u.presence.weekday, u.presence.weekend, 1));
        s.appliances = add_schedule(u.name + " appliances", week_of_mean_one(u.appliances));
        s.lighting = add_schedule(u.name + " lighting", week_of_mean_one(u.lighting));
        const bool set_back = u.heat_night_c < u.heat_set_c && u.heat_until_h - u.heat_from_h < 24;
        s.heating = set_back ? add_schedule(u.name + " heating", day(u.heat_set_c, u.heat_from_h, u.heat_until_h, u.heat_night_c)) : none<ScheduleId>;
        const bool always = u.ventilation_until_h - u.ventilation_from_h == 24;
        s.ventilation = always ? none<ScheduleId> : add_schedule(u.name + " ventilation", day(1, u.ventilation_from_h, u.ventilation_until_h, 0));
        schedules_.push_back(s);
    }

    // The construction with layers added outside, made when first asked for.
    ConstructionId construction(std::size_t of_stock, const std::vector<Layer>& added) {
        std::vector<double> key = {static_cast<double>(of_stock)};
        for (const Layer& layer : added) key.insert(key.end(), {static_cast<double>(layer.material), layer.thickness_m});
        if (const auto made = made_.find(key); made != made_.end()) return made->second;
        std::vector<Layer> layers = stock_.constructions[of_stock].layers;
        layers.insert(layers.end(), added.begin(), added.end());
        std::vector<double> thickness, conductivity, density, heat;
        for (const Layer& layer : layers) {
            const Material& m = stock_.materials[layer.material];
            thickness.push_back(layer.thickness_m);
            conductivity.push_back(m.conductivity_w_mk);
            density.push_back(m.density_kg_m3);
            heat.push_back(m.specific_heat_j_kgk);
        }
        Constructions& c = to_.constructions;
        std::string id = stock_.constructions[of_stock].name;
        for (const Layer& layer : added) id += fmt::format(" + {} {:g}", stock_.materials[layer.material].name, layer.thickness_m);
        c.id.push_back(std::move(id));
        c.thickness_m.push_back(thickness);
        c.conductivity_w_mk.push_back(conductivity);
        c.density_kg_m3.push_back(density);
        c.specific_heat_j_kgk.push_back(heat);
        c.absorptance_inside.push_back(0.6);   // ISO 52016-1 table B.16 ff.: 0.6 for medium colours, emissivity 0.9
        c.absorptance_outside.push_back(0.6);
        c.emissivity_inside.push_back(0.9);
        c.emissivity_outside.push_back(0.9);
        c.convection_inside_w_m2k.push_back(unset);
        c.convection_outside_w_m2k.push_back(unset);
        return made_[key] = as_id<ConstructionId>(c.id.size() - 1);
    }

    void add_zone(BuildingId b, const Archetype& a, const BuildingUsage& usage, const StockBuilding& made_of, double floor_m2, double levels, double multiplier) {
        ThermalZones& z = to_.zones;
        const UseSchedules& s = schedules_[a.usage];
        double infiltration = a.infiltration_per_h, purge = 0;
        for (const std::size_t package : made_of.packages) {
            infiltration *= stock_.packages[package].infiltration_factor;
            purge = std::max(purge, stock_.packages[package].night_ventilation_per_h);
        }
        const double volume_m3 = (levels > 3 ? air_share : air_share_low) * floor_m2 * a.storey_m;
        zone_ = z.id.push_back(city_.buildings.id[b]);
        z.building.push_back(b);
        z.floor_area_m2.push_back(static_cast<float>(floor_m2));
        z.volume_m3.push_back(static_cast<float>(volume_m3));
        z.furniture_j_k.push_back(static_cast<float>(furniture_j_m2k * floor_m2));
        z.infiltration_per_h.push_back(static_cast<float>(infiltration));
        z.ventilation_m3_s.push_back(static_cast<float>(usage.ventilation_per_h * volume_m3 / 3600));
        z.ventilation_schedule.push_back(s.ventilation);
        z.heat_recovery.push_back(0);
        z.purge_m3_s.push_back(static_cast<float>(purge * volume_m3 / 3600));
        z.purge_schedule.push_back(purge > 0 ? night_ : none<ScheduleId>);
        z.purge_above_c.push_back(purge > 0 ? purge_above_c : unset);
        z.heating_set_point_c.push_back(static_cast<float>(usage.heat_set_c));
        z.cooling_set_point_c.push_back(stock_.systems[a.systems].cooling > 0 ? static_cast<float>(usage.cool_set_c) : unset);
        z.heating_schedule.push_back(s.heating);
        z.cooling_schedule.push_back(none<ScheduleId>);
        z.heating_power_w.push_back(unlimited);
        z.cooling_power_w.push_back(unlimited);
        z.heating_convective.push_back(0.5f);  // radiators; EN 15316-2: about half
        z.cooling_convective.push_back(1);     // air
        z.set_point_on.push_back(SetPointOn::air);
        z.multiplier.push_back(static_cast<float>(multiplier));
    }

    void add_gain(GainKind kind, double power_w, ScheduleId schedule, double radiant) {
        if (power_w <= 0) return;
        to_.gains.zone.push_back(zone_);
        to_.gains.kind.push_back(kind);
        to_.gains.power_w.push_back(static_cast<float>(power_w));
        to_.gains.schedule.push_back(schedule);
        to_.gains.radiant.push_back(static_cast<float>(radiant));
    }

    void add_gains(const BuildingUsage& usage, std::size_t number, double floor_m2) {
        const UseSchedules& s = schedules_[number];
        const auto mean_w = [&](double kwh_m2) { return kwh_m2 * 1000 / hours_of_year * floor_m2 * usage.electric_heat; };
        add_gain(GainKind::people, person_w * floor_m2 / usage.person_m2, s.presence, radiant_person);
        add_gain(GainKind::appliances, mean_w(usage.appliances.kwh_m2), s.appliances, radiant_device);
        add_gain(GainKind::lighting, mean_w(usage.lighting.kwh_m2), s.lighting, radiant_light);
    }

    void add_surface(std::string_view name, ConstructionId construction, double area_m2, double azimuth_deg, double tilt_deg, Boundary boundary, double perimeter_m = 0) {
        if (area_m2 <= 0) return;
        Surfaces& s = to_.surfaces;
        s.id.push_back(fmt::format("{} {}", to_.zones.id[zone_], name));
        s.zone.push_back(zone_);
        s.construction.push_back(construction);
        s.area_m2.push_back(static_cast<float>(area_m2));
        s.azimuth_deg.push_back(static_cast<float>(azimuth_deg));
        s.tilt_deg.push_back(static_cast<float>(tilt_deg));
        s.boundary.push_back(boundary);
        s.adjacent.push_back(none<ThermalZoneId>);
        s.perimeter_m.push_back(static_cast<float>(perimeter_m));
    }

    void add_window(std::string_view name, GlazingId glazing, double frame_share, double area_m2, double azimuth_deg) {
        if (area_m2 <= 0) return;
        Windows& w = to_.windows;
        w.id.push_back(fmt::format("{} {} window", to_.zones.id[zone_], name));
        w.zone.push_back(zone_);
        w.glazing.push_back(glazing);
        w.azimuth_deg.push_back(static_cast<float>(azimuth_deg));
        w.tilt_deg.push_back(90);
        w.width_m.push_back(static_cast<float>(area_m2 / window_height_m));
        w.height_m.push_back(static_cast<float>(window_height_m));
        w.count.push_back(1);
        w.frame_share.push_back(static_cast<float>(frame_share));
        for (auto* shade : {&w.overhang_depth_m, &w.overhang_above_m, &w.overhang_left_m, &w.overhang_right_m, &w.left_fin_depth_m, &w.right_fin_depth_m, &w.left_fin_gap_m, &w.right_fin_gap_m,
                            &w.fin_above_m, &w.fin_below_m})
            shade->push_back(0);
    }

    void add_surfaces(const Archetype& a, const StockBuilding& made_of, const Facades& f, double floor_m2, double levels) {
        std::vector<Layer> on_wall, on_roof, on_floor;
        std::size_t window = a.window;
        for (const std::size_t package : made_of.packages) {
            const RetrofitPackage& p = stock_.packages[package];
            if (p.wall) on_wall.push_back(*p.wall);
            if (p.roof) on_roof.push_back(*p.roof);
            if (p.floor) on_floor.push_back(*p.floor);
            if (p.window) window = *p.window;
        }
        const ConstructionId wall = construction(a.wall, on_wall);
        const double height_m = levels * a.storey_m;
        static constexpr std::string_view sides[] = {"wall 1", "wall 2", "wall 3", "wall 4"};
        for (std::size_t side = 0; side < 4; ++side) {
            const double facade_m2 = f.length_m[side] * height_m, azimuth = std::fmod(f.azimuth_deg + 90 * static_cast<double>(side), 360);
            add_surface(sides[side], wall, facade_m2 * (1 - a.window_share), azimuth, 90, Boundary::outdoor);
            add_window(sides[side], as_id<GlazingId>(window), stock_.windows[window].frame_share, facade_m2 * a.window_share, azimuth);
        }
        add_surface("roof", construction(a.roof, on_roof), f.footprint_m2, 0, 0, Boundary::outdoor);
        add_surface("floor", construction(a.floor, on_floor), f.footprint_m2, 0, 180, Boundary::ground, f.perimeter_m());
        add_surface("party walls", wall, f.party_length_m * height_m, 0, 90, Boundary::adiabatic);
        add_surface("storeys", construction(a.inside_floor, {}), floor_m2 - f.footprint_m2, 0, 180, Boundary::adiabatic);
    }

    const City& city_;
    const BuildingStock& stock_;
    Envelopes& to_;
    ThermalZoneId zone_{};
    ScheduleId night_{};
    std::vector<UseSchedules> schedules_;
    std::map<std::vector<double>, ConstructionId> made_;
};

}  // namespace

void make_stock_envelopes(const City& city, const BuildingStock& stock, const Column<BuildingId, StockBuilding>& buildings, const Column<BuildingId, Facades>& facades, Envelopes& envelopes,
                          ImportReport& report) {
    EnvelopeMaker maker(city, stock, envelopes);
    std::int64_t unheated = 0, leaning = 0;
    double floor_m2 = 0;
    for (const BuildingId b : rows(city.buildings.id)) {
        if (!maker.add(b, buildings[b], facades[b])) {
            ++unheated;
            continue;
        }
        leaning += facades[b].party_length_m > 0;
        floor_m2 += static_cast<double>(city.buildings.floor_area_m2[b]);
    }
    report.kept(static_cast<std::int64_t>(envelopes.zones.id.size()), "thermal zones, one for each heated building", fmt::format("{:.2f} million m2 of gross floor area", floor_m2 / 1e6));
    report.dropped(unheated, "buildings without a thermal zone", "their archetype is not heated");
    if (leaning > 0) report.note(fmt::format("{} buildings lean on a neighbour: no heat passes through those walls", leaning));
}

}  // namespace shahr
