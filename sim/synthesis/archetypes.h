// A building stock: what buildings of a use, age and size are made of, how they are used, what heats them, and the packages
// by which they are renewed. Read from TOML; scenarios/archetypes/*.toml are the ones that come with the program, with the source
// of every number, and show every key.
#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/city/building_systems.h"
#include "sim/city/land.h"

namespace shahr {

struct Material {
    std::string name;
    double conductivity_w_mk = 0, density_kg_m3 = 0, specific_heat_j_kgk = 0;
};

struct Layer {
    std::size_t material = 0;                  // of BuildingStock::materials
    double thickness_m = 0;
};

struct LayeredConstruction {
    std::string name;
    std::vector<Layer> layers;                 // from the inside to the outside
};

struct WindowKind {
    std::string name;
    double u_w_m2k = 0;                        // of the whole window
    double g = 0;                              // total solar transmittance of the pane at normal incidence
    double frame_share = 0;                    // of the window's area that lets no sun through
};

using HourShape = std::array<double, 24>;      // hour 0: from midnight to one o'clock

// An energy over a year and when it is used; the shapes are relative, with any mean.
struct UseOfEnergy {
    double kwh_m2 = 0;                         // a year, per gross floor area
    HourShape weekday{}, weekend{};
    std::array<double, 12> month{};
};

// How a square metre of gross floor area is used.
struct BuildingUsage {
    std::string name;
    double person_m2 = 0;                      // gross floor area per person when all are there
    UseOfEnergy presence;                      // share of those people; kwh_m2 is not used
    UseOfEnergy appliances, lighting, hot_water;
    double cooking_kwh_m2 = 0;
    double electric_heat = 1;                  // share of the electricity of appliances and lighting that warms the rooms
    double heat_set_c = 20, heat_night_c = 20;
    int heat_from_h = 0, heat_until_h = 24;    // the hours of the set-point; outside of them the night's
    double cool_set_c = 26;
    double ventilation_per_h = 0;              // air changes by its users, over the infiltration
    int ventilation_from_h = 0, ventilation_until_h = 24;
    double peak_w_m2 = 0;                      // electric, at the building's own greatest load
    double power_factor = 0.95;
};

// Shares of buildings that have a system. Those of heating and hot water add up to 1, those of cooking too.
struct SystemShares {
    std::string name;
    std::array<double, enum_names<HeatSource>.size()> heating{}, hot_water{};
    std::array<double, enum_names<HeatSource>.size()> also_hot_water{};  // of those whom it heats: hot_water over heating, at most 1
    double electric_cooking = 0;
    double cooling = 0, pv = 0, battery = 0, ev = 0;  // ev: of the cars
};

struct HeatRange {                             // published use for space heat
    double degree_days = 0;                    // of the place: 20 degC inside, over the season below 8 degC
    double least_kwh_m2 = 0, greatest_kwh_m2 = 0;
};

struct Archetype {
    std::string name, title;
    std::vector<BuildingUse> building_uses;
    std::size_t usage = 0, systems = 0;        // of BuildingStock
    int first_year = 0, last_year = 9999;
    double least_levels = 0, most_levels = 200;
    double weight = 1;                         // share among those that fit, where the year is not known
    double storey_m = 3;                       // floor to floor
    std::size_t wall = 0, roof = 0, floor = 0, inside_floor = 0, window = 0;
    double window_share = 0.2;                 // of the facade
    double infiltration_per_h = 0.5;
    double heated_share = 1;                   // of the gross floor area
    double flat_m2 = 0;                        // gross area of a dwelling; 0: no dwellings
    std::vector<HeatRange> heat_range;         // by degree days, ascending
};

// What a renewal adds or changes; what is empty stays as it is.
struct RetrofitPackage {
    std::string name, title;
    std::optional<Layer> wall, roof, floor;    // added outside
    std::optional<std::size_t> window;
    double infiltration_factor = 1;
    double night_ventilation_per_h = 0;        // air changes against heat: from 21 to 7 o'clock, above 24 degC inside
    std::optional<HeatSource> heating;
    bool pv = false, battery = false;
};

struct BuildingStock {
    std::string title, source;                 // source: the file it was read from
    std::vector<Material> materials;
    std::vector<LayeredConstruction> constructions;
    std::vector<WindowKind> windows;
    std::vector<BuildingUsage> usages;
    std::vector<SystemShares> systems;
    std::vector<Archetype> archetypes;
    std::vector<RetrofitPackage> packages;
};

// Without the surfaces' resistances: sum of thickness over conductivity, m2 K/W.
double resistance_m2k_w(const LayeredConstruction& construction, const BuildingStock& stock);

// The published range at a place with that many degree days, between the rows linear, beyond them in proportion to the
// nearest; zeros where nothing is published.
HeatRange range_at(const Archetype& archetype, double degree_days);

// The names of the stocks that come with the program: "central_asia", "germany".
std::vector<std::string_view> built_in_stocks();

// One of those, or a file. Throws InputError `file:line: key = value (why) what would be right`.
BuildingStock read_building_stock(const std::string& name_or_path);
BuildingStock read_building_stock_text(std::string_view text, const std::string& name);

}  // namespace shahr
