// What buildings are made of, for their heat balance: constructions in layers, glazings in panes, thermal zones with their
// surfaces, windows, gains and set-points. Both models, ISO 52016-1 and 5R1C, read the same tables; what supplies the zones
// (boilers, heat pumps, collectors) stands in tables of its own.
//
// Angles: azimuth clockwise from north, 0 to 360 (south 180); tilt from the horizontal, 0 faces up, 90 a wall, 180 faces down.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/enum_names.h"
#include "sim/base/ids.h"
#include "sim/city/land.h"

namespace shahr {

enum class ConstructionId : std::int32_t {};
enum class GlazingId : std::int32_t {};
enum class ScheduleId : std::int32_t {};
enum class ThermalZoneId : std::int32_t {};
enum class GainId : std::int32_t {};
enum class SurfaceId : std::int32_t {};
enum class WindowId : std::int32_t {};

// Opaque elements. A layer without density or specific heat is resistance only.
struct Constructions {
    using Id = ConstructionId;
    static constexpr std::string_view table = "constructions";
    Column<ConstructionId, std::string> id;
    Lists<ConstructionId, double> thickness_m;        // of the layers, from inside to outside
    Lists<ConstructionId, double> conductivity_w_mk;
    Lists<ConstructionId, double> density_kg_m3;
    Lists<ConstructionId, double> specific_heat_j_kgk;
    Column<ConstructionId, double> absorptance_inside, absorptance_outside;  // of sunlight
    Column<ConstructionId, double> emissivity_inside, emissivity_outside;    // of heat radiation
    Column<ConstructionId, double> convection_inside_w_m2k, convection_outside_w_m2k;  // prescribed; NaN: as the model has it
};

// By its panes, from outside to inside, with their solar properties at normal incidence; or, without any, by the U and g of
// a data sheet (EN 673, EN 410), from which two panes are made (kernels/building/glazing.h).
inline constexpr std::size_t most_panes = 4;
struct Glazings {
    using Id = GlazingId;
    static constexpr std::string_view table = "glazings";
    Column<GlazingId, std::string> id;
    Lists<GlazingId, double> pane_thickness_m, pane_conductivity_w_mk;
    Lists<GlazingId, double> transmittance;           // solar, of each pane by itself
    Lists<GlazingId, double> reflectance_outside, reflectance_inside;
    Column<GlazingId, double> emissivity_outside, emissivity_inside;         // of the two faces of the glazing
    Column<GlazingId, double> convection_inside_w_m2k, convection_outside_w_m2k;   // prescribed; NaN: as the model has it
    Lists<GlazingId, double> gap_resistance_m2k_w;    // between the panes, radiation included: one fewer than panes
    Column<GlazingId, double> u_value_w_m2k, g_value; // used where there are no panes; NaN where there are
};

// Values by the hour that begins at 00:00, 01:00 ...: 24 for every day, 168 for a week from Monday on, or 8760 for a year
// (29 February repeats the 28th). A value holds through its hour. In set-points NaN is "off".
struct Schedules {
    using Id = ScheduleId;
    static constexpr std::string_view table = "schedules";
    Column<ScheduleId, std::string> id;
    Lists<ScheduleId, float> values;
};

enum class SetPointOn : std::uint8_t { air, operative };
template <>
inline constexpr std::array enum_names<SetPointOn> = {"air"sv, "operative"sv};

// Volume flows are at the density of the outdoor air where the building stands.
struct ThermalZones {
    using Id = ThermalZoneId;
    static constexpr std::string_view table = "thermal_zones";
    Column<ThermalZoneId, std::string> id;
    Column<ThermalZoneId, BuildingId> building;              // none: of no building of the city
    Column<ThermalZoneId, float> floor_area_m2;              // conditioned
    Column<ThermalZoneId, float> volume_m3;                  // of air
    Column<ThermalZoneId, float> furniture_j_k;              // heat capacity of what stands in the air, beside the air
    Column<ThermalZoneId, float> infiltration_per_h;         // air changes, always
    Column<ThermalZoneId, float> ventilation_m3_s;           // outdoor air, times its schedule
    Column<ThermalZoneId, ScheduleId> ventilation_schedule;  // shares; none: always 1
    Column<ThermalZoneId, float> heat_recovery;              // of the ventilation: share of the temperature difference
    Column<ThermalZoneId, float> purge_m3_s;                 // more outdoor air against heat (night ventilation), times its schedule
    Column<ThermalZoneId, ScheduleId> purge_schedule;        // shares; none: always 1
    Column<ThermalZoneId, float> purge_above_c;              // only while the zone was warmer than that, and than outdoors; NaN: always
    Column<ThermalZoneId, float> heating_set_point_c, cooling_set_point_c;  // NaN: never; a schedule of set-points replaces them
    Column<ThermalZoneId, ScheduleId> heating_schedule, cooling_schedule;   // of set-points in degrees C; none: constant
    Column<ThermalZoneId, float> heating_power_w, cooling_power_w;          // the greatest; infinite: as much as it takes
    Column<ThermalZoneId, float> heating_convective, cooling_convective;    // share that goes to the air; the rest is radiant
    Column<ThermalZoneId, SetPointOn> set_point_on;
    Column<ThermalZoneId, float> multiplier;                 // how many such zones there are: results are for all of them
};

enum class GainKind : std::uint8_t { people, appliances, lighting, process, other };
template <>
inline constexpr std::array enum_names<GainKind> = {"people"sv, "appliances"sv, "lighting"sv, "process"sv, "other"sv};

// Sensible heat within a zone. Appliances, lighting and process are electricity as well.
struct Gains {  // grouped by zone
    using Id = GainId;
    static constexpr std::string_view table = "gains";
    Column<GainId, ThermalZoneId> zone;
    Column<GainId, GainKind> kind;
    Column<GainId, float> power_w;                    // of one such zone, times the schedule
    Column<GainId, ScheduleId> schedule;              // shares; none: always 1
    Column<GainId, float> radiant;                    // share that goes to the surfaces; the rest goes to the air
};

// outdoor: sun, sky and wind. sheltered: outdoor air alone (a raised floor). ground: ISO 13370. zone: another thermal zone,
// whose own side of it is no row. adiabatic: the same on both sides.
enum class Boundary : std::uint8_t { outdoor, sheltered, ground, zone, adiabatic };
template <>
inline constexpr std::array enum_names<Boundary> = {"outdoor"sv, "sheltered"sv, "ground"sv, "zone"sv, "adiabatic"sv};

// Opaque. Its inside is in `zone`, and azimuth and tilt say where its other side faces.
struct Surfaces {  // grouped by zone
    using Id = SurfaceId;
    static constexpr std::string_view table = "surfaces";
    Column<SurfaceId, std::string> id;
    Column<SurfaceId, ThermalZoneId> zone;
    Column<SurfaceId, ConstructionId> construction;
    Column<SurfaceId, float> area_m2;                 // net: without the windows
    Column<SurfaceId, float> azimuth_deg, tilt_deg;
    Column<SurfaceId, Boundary> boundary;
    Column<SurfaceId, ThermalZoneId> adjacent;               // the zone behind it; none unless boundary = zone
    Column<SurfaceId, float> perimeter_m;             // exposed, of a floor on the ground (ISO 13370); else 0
};

// A row is `count` equal windows in the plane of their wall. Shades are thin, opaque and black; left and right as seen from
// outside. An overhang is a horizontal plate, fins are vertical plates.
struct Windows {  // grouped by zone
    using Id = WindowId;
    static constexpr std::string_view table = "windows";
    Column<WindowId, std::string> id;
    Column<WindowId, ThermalZoneId> zone;
    Column<WindowId, GlazingId> glazing;
    Column<WindowId, float> azimuth_deg, tilt_deg;
    Column<WindowId, float> width_m, height_m;        // of each
    Column<WindowId, float> count;
    Column<WindowId, float> frame_share;              // of the area: lets no sun in; its U is taken as the glazing's
    Column<WindowId, float> overhang_depth_m;         // 0: none
    Column<WindowId, float> overhang_above_m;         // from the head of the window up to it
    Column<WindowId, float> overhang_left_m, overhang_right_m;  // beyond the window's edges
    Column<WindowId, float> left_fin_depth_m, right_fin_depth_m;  // 0: none
    Column<WindowId, float> left_fin_gap_m, right_fin_gap_m;    // from the window's edge to the fin
    Column<WindowId, float> fin_above_m, fin_below_m; // beyond the head and the sill
};

struct Envelopes {
    Constructions constructions;
    Glazings glazings;
    Schedules schedules;
    ThermalZones zones;
    Gains gains;
    Surfaces surfaces;
    Windows windows;
};

}  // namespace shahr
