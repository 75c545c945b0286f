#include "sim/import/building_city.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/city/describe.h"
#include "sim/city/validate.h"
#include "sim/import/building_blocks.h"

namespace shahr {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

struct Material {
    double conductivity, density, specific_heat;
};
enum class MaterialId : std::int32_t {};

class BuildingReader {
public:
    City read(const Document& document) {
        for (const Setting& s : document.settings) read_top(s);
        // What is referred to first, wherever it stands.
        for (const std::string_view kind : {"material", "construction", "glazing", "schedule", "building", "building.zone", "building.surface", "building.window", "building.gain"}) {
            building_above_ = zone_above_ = nullptr;
            for (const Block& block : document.blocks) {
                if (block.kind == "building") building_above_ = &block;
                if (block.kind == "building.zone") zone_above_ = &block;
                if (block.kind == kind) read_block(block, kind);
            }
        }
        for (const Block& block : document.blocks) check_kind(block);
        look_for_envelopes();
        take_off_windows();
        group_by_zone();
        city_.source = document.path.filename().string();
        if (city_.name.empty()) city_.name = document.path.stem().string();
        return std::move(city_);
    }

private:
    void read_top(const Setting& s) {
        if (s.key == "name") city_.name = text_of(s, "a text in quotes");
        else if (s.key != "base") reject(s, "no such key in a city of buildings", did_you_mean(s.key, {"name", "base"}));
    }

    static void check_kind(const Block& block) {
        const std::vector<std::string_view> kinds = {"material", "construction", "glazing", "schedule", "building", "building.zone", "building.surface", "building.window", "building.gain"};
        if (std::find(kinds.begin(), kinds.end(), block.kind) == kinds.end())
            throw InputError(fmt::format("{}: [[{}]] (no such block in a city of buildings) {}", block.where, block.kind, did_you_mean(block.kind, kinds)));
    }

    void read_block(const Block& block, std::string_view kind) {
        Reading in(block);
        if (kind == "material") read_material(in);
        else if (kind == "construction") read_construction(in);
        else if (kind == "glazing") read_glazing(in);
        else if (kind == "schedule") read_schedule(in);
        else if (kind == "building") read_building(in);
        else if (kind == "building.zone") read_zone(in);
        else if (kind == "building.surface") read_surface(in);
        else if (kind == "building.window") read_window(in);
        else if (kind == "building.gain") read_gain(in);
        in.finish();
    }

    void read_material(Reading& in) {
        material_names_.add(in, materials_.size());
        materials_.push_back({in.needed_number("conductivity_w_mk", "W/(m K)", 1e-4, 1000), in.number("density_kg_m3", 0, 0, 30000), in.number("specific_heat_j_kgk", 0, 0, 20000)});
    }

    template <class Table>
    void read_convection(Reading& in, Table& to) {
        to.convection_inside_w_m2k.push_back(in.number("convection_inside_w_m2k", nan, 0.01, 1000));
        to.convection_outside_w_m2k.push_back(in.number("convection_outside_w_m2k", nan, 0.01, 1000));
    }

    void read_construction(Reading& in) {
        Constructions& c = city_.envelopes.constructions;
        c.id.push_back(construction_names_.add(in, c.id.size()));
        const Setting& s = in.need("materials", "the ids of the layers' materials, from inside to outside");
        const auto* words = std::get_if<Words>(&s.value);
        if (!words) reject(s, "not a list of texts", "the ids of the layers' materials, from inside to outside");
        const Numbers thickness = in.numbers("thickness_m", 1e-5, 100);
        if (thickness.size() != words->size()) reject(in.need("thickness_m", "metres, from inside to outside"), fmt::format("{} materials, {} thicknesses", words->size(), thickness.size()), "one number for each material");
        Numbers conductivity, density, specific_heat;
        for (const std::string& word : *words) {
            Setting one = s;
            one.value = word;
            const Material& m = materials_[row(material_names_.of(one))];
            conductivity.push_back(m.conductivity);
            density.push_back(m.density);
            specific_heat.push_back(m.specific_heat);
        }
        c.thickness_m.push_back(thickness);
        c.conductivity_w_mk.push_back(conductivity);
        c.density_kg_m3.push_back(density);
        c.specific_heat_j_kgk.push_back(specific_heat);
        const double absorptance = in.number("absorptance", 0.6, 0, 1), emissivity = in.number("emissivity", 0.9, 0, 1);
        c.absorptance_inside.push_back(in.number("absorptance_inside", absorptance, 0, 1));
        c.absorptance_outside.push_back(in.number("absorptance_outside", absorptance, 0, 1));
        c.emissivity_inside.push_back(in.number("emissivity_inside", emissivity, 0, 1));
        c.emissivity_outside.push_back(in.number("emissivity_outside", emissivity, 0, 1));
        read_convection(in, c);
    }

    void read_glazing(Reading& in) {
        Glazings& g = city_.envelopes.glazings;
        g.id.push_back(glazing_names_.add(in, g.id.size()));
        const Numbers thickness = in.numbers("pane_thickness_m", 1e-4, 0.1), conductivity = in.numbers("pane_conductivity_w_mk", 0.01, 10);
        const Numbers transmittance = in.numbers("transmittance", 0.001, 0.99), outside = in.numbers("reflectance_outside", 0.001, 0.99);
        const Numbers inside = in.numbers("reflectance_inside", 0.001, 0.99), gaps = in.numbers("gap_resistance_m2k_w", 0.001, 10);
        const bool sheet = in.find("u_value_w_m2k") || in.find("g_value");
        if (sheet && !thickness.empty()) in.fail("both panes and a data sheet", "pane_thickness_m and the like, or u_value_w_m2k and g_value");
        if (!sheet && thickness.empty()) in.missing("pane_thickness_m", "panes from outside to inside; or u_value_w_m2k and g_value");
        const auto check = [&](const Numbers& values, std::string_view key, std::size_t wanted) {
            if (values.size() != wanted) in.fail(fmt::format("{} has {} values", key, values.size()), fmt::format("{}, as there are {} panes", wanted, thickness.size()));
        };
        if (!sheet) {
            check(conductivity, "pane_conductivity_w_mk", thickness.size());
            check(transmittance, "transmittance", thickness.size());
            check(outside, "reflectance_outside", thickness.size());
            check(inside, "reflectance_inside", thickness.size());
            check(gaps, "gap_resistance_m2k_w", thickness.size() - 1);
            for (std::size_t k = 0; k < transmittance.size(); ++k)
                if (transmittance[k] + std::max(outside[k], inside[k]) >= 1)
                    reject(*in.find("transmittance"), fmt::format("pane {} transmits {} and reflects {} and {}", k + 1, transmittance[k], outside[k], inside[k]), "shares that leave some to be absorbed");
        }
        g.pane_thickness_m.push_back(thickness);
        g.pane_conductivity_w_mk.push_back(conductivity);
        g.transmittance.push_back(transmittance);
        g.reflectance_outside.push_back(outside);
        g.reflectance_inside.push_back(inside);
        g.gap_resistance_m2k_w.push_back(gaps);
        g.emissivity_outside.push_back(in.number("emissivity_outside", 0.84, 0, 1));
        g.emissivity_inside.push_back(in.number("emissivity_inside", 0.84, 0, 1));
        read_convection(in, g);
        g.u_value_w_m2k.push_back(sheet ? in.needed_number("u_value_w_m2k", "W/(m2 K)", 0.2, 5.8) : nan);
        g.g_value.push_back(sheet ? in.needed_number("g_value", "total solar energy transmittance", 0.01, 0.9) : nan);
    }

    void read_schedule(Reading& in) {
        Schedules& s = city_.envelopes.schedules;
        s.id.push_back(schedule_names_.add(in, s.id.size()));
        const Setting& values = in.need("values", "24 numbers, one for each hour of a day");
        const auto* list = std::get_if<Numbers>(&values.value);
        if (!list || (list->size() != 24 && list->size() != 168 && list->size() != 8760)) reject(values, "not 24, 168 or 8760 numbers", "one for each hour of a day, of a week from Monday on, or of a year");
        for (const double x : *list)
            if (std::isinf(x)) reject(values, "infinite", "finite numbers, or nan for a set-point that is off");
        s.values.push_back(std::vector<float>(list->begin(), list->end()));
    }

    void read_building(Reading& in) {
        Buildings& b = city_.buildings;
        b.id.push_back(building_names_.add(in, b.id.size()));
        b.position.push_back({in.number("x_m", 0, -1e7, 1e7), in.number("y_m", 0, -1e7, 1e7)});
        b.use.push_back(in.choice("use", BuildingUse::other));
        b.footprint_m2.push_back(0);
        b.levels.push_back(static_cast<float>(in.number("levels", 1, 0, 1000)));
        b.floor_area_m2.push_back(0);
        for (auto* column : {&b.residents, &b.jobs, &b.school_places}) column->push_back(0);
        b.year.push_back(static_cast<std::int16_t>(in.number("year", 0, 0, 3000)));
        b.synthetic.push_back(0);
        b.access.push_back(none<RoadId>);
        b.footprint.push_back({});
        building_where_.push_back(in.block().where);
    }

    // A number, or the id of a schedule; "off" and nothing at all: NaN.
    std::pair<float, ScheduleId> set_point(Reading& in, std::string_view key) {
        const Setting* s = in.find(key);
        if (!s) return {static_cast<float>(nan), none<ScheduleId>};
        if (!std::holds_alternative<std::string>(s->value)) return {static_cast<float>(number_of(*s, -100, 100)), none<ScheduleId>};
        if (std::get<std::string>(s->value) == "off") return {static_cast<float>(nan), none<ScheduleId>};
        return {static_cast<float>(nan), schedule_names_.of(*s)};
    }
    ScheduleId schedule(Reading& in, std::string_view key) {
        const Setting* s = in.find(key);
        return s ? schedule_names_.of(*s) : none<ScheduleId>;
    }

    void read_zone(Reading& in) {
        ThermalZones& z = city_.envelopes.zones;
        z.id.push_back(zone_names_.add(in, z.id.size()));
        if (!building_above_) in.fail("no [[building]] above it", "[[building]], then its [[building.zone]]");
        const BuildingId building = building_names_.of(id_of(*building_above_));
        const auto area = static_cast<float>(in.needed_number("floor_area_m2", "square metres", 0.01, 1e7));
        z.building.push_back(building);
        city_.buildings.floor_area_m2[building] += area;
        z.floor_area_m2.push_back(area);
        const auto put = [](Column<ThermalZoneId, float>& column, double x) { column.push_back(static_cast<float>(x)); };
        put(z.volume_m3, in.needed_number("volume_m3", "cubic metres of air", 0.01, 1e8));
        put(z.furniture_j_k, in.number("furniture_j_k", 0, 0, 1e12));
        put(z.infiltration_per_h, in.number("infiltration_per_h", 0, 0, 100));
        put(z.ventilation_m3_s, in.number("ventilation_m3_h", 0, 0, 1e8) / 3600);
        z.ventilation_schedule.push_back(schedule(in, "ventilation_schedule"));
        put(z.heat_recovery, in.number("heat_recovery", 0, 0, 1));
        put(z.purge_m3_s, in.number("purge_m3_h", 0, 0, 1e8) / 3600);
        z.purge_schedule.push_back(schedule(in, "purge_schedule"));
        put(z.purge_above_c, in.number("purge_above_c", nan, -50, 100));
        const auto [heating, heating_schedule] = set_point(in, "heating_set_point_c");
        const auto [cooling, cooling_schedule] = set_point(in, "cooling_set_point_c");
        if (heating > cooling) reject(*in.find("heating_set_point_c"), fmt::format("above that of cooling, {}", cooling), "heating at or below cooling");
        z.heating_set_point_c.push_back(heating);
        z.cooling_set_point_c.push_back(cooling);
        z.heating_schedule.push_back(heating_schedule);
        z.cooling_schedule.push_back(cooling_schedule);
        put(z.heating_power_w, in.number("heating_power_w", infinite, 0, 1e12));
        put(z.cooling_power_w, in.number("cooling_power_w", infinite, 0, 1e12));
        put(z.heating_convective, in.number("heating_convective", 1, 0, 1));
        put(z.cooling_convective, in.number("cooling_convective", 1, 0, 1));
        z.set_point_on.push_back(in.choice("set_point_on", SetPointOn::air));
        put(z.multiplier, in.number("multiplier", 1, 1e-3, 1e6));
        zone_where_.push_back(in.block().where);
    }

    static Setting id_of(const Block& block) {
        for (const Setting& s : block.settings)
            if (s.key == "id") return s;
        throw InputError(fmt::format("{}: [[{}]] (id is missing) id = \"a name\"", block.where, block.kind));
    }
    ThermalZoneId zone_of(Reading& in) {
        if (const Setting* s = in.find("zone")) return zone_names_.of(*s);
        if (!zone_above_) in.fail("no [[building.zone]] above it", "zone = \"its id\"");
        return zone_names_.of(id_of(*zone_above_));
    }

    void read_surface(Reading& in) {
        Surfaces& s = city_.envelopes.surfaces;
        s.id.push_back(surface_names_.add(in, s.id.size()));
        s.zone.push_back(zone_of(in));
        s.construction.push_back(construction_names_.of(in.need("construction", "the id of a [[construction]]")));
        const Setting *width = in.find("width_m"), *height = in.find("height_m");
        const bool sides = width && height;
        const double area = sides ? number_of(*width, 0.001, 1e5) * number_of(*height, 0.001, 1e5) : in.needed_number("area_m2", "square metres, windows included; or width_m and height_m", 0.001, 1e8);
        if (sides && in.find("area_m2")) in.fail("both area_m2 and width_m, height_m", "one of the two");
        s.area_m2.push_back(static_cast<float>(area));
        s.tilt_deg.push_back(static_cast<float>(in.number("tilt_deg", 90, 0, 180)));
        const bool faces = s.tilt_deg.vector().back() > 0 && s.tilt_deg.vector().back() < 180;
        s.boundary.push_back(in.choice("boundary", Boundary::outdoor));
        const bool sunlit = s.boundary.vector().back() == Boundary::outdoor && faces;
        s.azimuth_deg.push_back(static_cast<float>(sunlit ? in.needed_number("azimuth_deg", "where it faces, clockwise from north: 180 is south", -360, 360) : in.number("azimuth_deg", 0, -360, 360)));
        const Setting* adjacent = in.find("adjacent");
        s.adjacent.push_back(adjacent ? zone_names_.of(*adjacent) : none<ThermalZoneId>);
        if (!adjacent && s.boundary.vector().back() == Boundary::zone) in.missing("adjacent", "the id of the zone behind it");
        if (adjacent && s.boundary.vector().back() != Boundary::zone) reject(*adjacent, "without boundary = \"zone\"", "both, or neither");
        if (adjacent && s.adjacent.vector().back() == s.zone.vector().back()) reject(*adjacent, "its own zone", "another zone, or boundary = \"adiabatic\"");
        s.perimeter_m.push_back(static_cast<float>(in.number("perimeter_m", 0, 0, 1e6)));
    }

    void read_window(Reading& in) {
        Windows& w = city_.envelopes.windows;
        const Surfaces& s = city_.envelopes.surfaces;
        w.id.push_back(window_names_.add(in, w.id.size()));
        const Setting& named = in.need("surface", "the id of the surface that it is in");
        const SurfaceId in_surface = surface_names_.of(named);
        if (s.boundary[in_surface] != Boundary::outdoor) reject(named, "that surface is not outdoors", "a surface with boundary = \"outdoor\"");
        surface_of_window_.push_back(in_surface);
        w.zone.push_back(s.zone[in_surface]);
        w.glazing.push_back(glazing_names_.of(in.need("glazing", "the id of a [[glazing]]")));
        w.azimuth_deg.push_back(s.azimuth_deg[in_surface]);
        w.tilt_deg.push_back(s.tilt_deg[in_surface]);
        const auto put = [&](Column<WindowId, float>& column, double x) { column.push_back(static_cast<float>(x)); };
        put(w.width_m, in.needed_number("width_m", "metres", 0.001, 1e4));
        put(w.height_m, in.needed_number("height_m", "metres", 0.001, 1e4));
        put(w.count, in.number("count", 1, 0.001, 1e6));
        put(w.frame_share, in.number("frame_share", 0, 0, 1));
        put(w.overhang_depth_m, in.number("overhang_depth_m", 0, 0, 100));
        put(w.overhang_above_m, in.number("overhang_above_m", 0, 0, 100));
        put(w.overhang_left_m, in.number("overhang_left_m", 0, -100, 1000));
        put(w.overhang_right_m, in.number("overhang_right_m", 0, -100, 1000));
        put(w.left_fin_depth_m, in.number("left_fin_depth_m", 0, 0, 100));
        put(w.right_fin_depth_m, in.number("right_fin_depth_m", 0, 0, 100));
        put(w.left_fin_gap_m, in.number("left_fin_gap_m", 0, 0, 1000));
        put(w.right_fin_gap_m, in.number("right_fin_gap_m", 0, 0, 1000));
        put(w.fin_above_m, in.number("fin_above_m", 0, -100, 1000));
        put(w.fin_below_m, in.number("fin_below_m", 0, -100, 1000));
        window_where_.push_back(in.block().where);
    }

    void read_gain(Reading& in) {
        Gains& g = city_.envelopes.gains;
        in.find("id");                         // for overlays
        g.zone.push_back(zone_of(in));
        g.kind.push_back(in.choice("kind", GainKind::other));
        g.power_w.push_back(static_cast<float>(in.needed_number("power_w", "watts of sensible heat", 0, 1e9)));
        g.schedule.push_back(schedule(in, "schedule"));
        g.radiant.push_back(static_cast<float>(in.number("radiant", 0.5, 0, 1)));
    }

    void look_for_envelopes() const {
        const ThermalZones& z = city_.envelopes.zones;
        std::vector<std::uint8_t> has_zone(building_where_.size(), 0), has_surface(zone_where_.size(), 0);
        for (const BuildingId building : z.building) has_zone[row(building)] = 1;
        for (const auto* zones : {&city_.envelopes.surfaces.zone, &city_.envelopes.surfaces.adjacent})
            for (const ThermalZoneId zone : *zones)
                if (is_some(zone)) has_surface[row(zone)] = 1;
        for (const BuildingId b : rows(city_.buildings.id))
            if (!has_zone[row(b)]) throw InputError(fmt::format("{}: [[building]] id = \"{}\" (no zone below it) a [[building.zone]] or more", building_where_[row(b)], city_.buildings.id[b]));
        for (const ThermalZoneId at : rows(z.id))
            if (!has_surface[row(at)]) throw InputError(fmt::format("{}: [[building.zone]] id = \"{}\" (no surface below it: no envelope) [[building.surface]] for walls, a roof, a floor", zone_where_[row(at)], z.id[at]));
    }

    void take_off_windows() {
        const Windows& w = city_.envelopes.windows;
        Surfaces& s = city_.envelopes.surfaces;
        for (const WindowId at : rows(w.id)) {
            const SurfaceId wall = surface_of_window_[row(at)];
            s.area_m2[wall] -= w.width_m[at] * w.height_m[at] * w.count[at];
            if (s.area_m2[wall] < 1e-3f)
                throw InputError(fmt::format("{}: [[building.window]] (with '{}' the windows of '{}' are larger than it) windows that leave some of the wall", window_where_[row(at)], w.id[at], s.id[wall]));
        }
    }

    template <class Table>
    static void sort_by_zone(Table& table) {
        std::vector<typename Table::Id> order;
        for (const auto at : rows(table.zone)) order.push_back(at);
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return table.zone[a] < table.zone[b]; });
        describe(table, [&](std::string_view, auto& column, ColumnNote) {
            auto before = column;
            column.clear();
            for (const auto at : order) column.push_back(before[at]);
        });
    }
    void group_by_zone() {
        sort_by_zone(city_.envelopes.gains);
        sort_by_zone(city_.envelopes.surfaces);
        sort_by_zone(city_.envelopes.windows);
    }

    City city_;
    std::vector<Material> materials_;
    std::vector<SurfaceId> surface_of_window_;
    std::vector<std::string> building_where_, zone_where_, window_where_;
    const Block *building_above_ = nullptr, *zone_above_ = nullptr;
    Names<MaterialId> material_names_{"material"};
    Names<ConstructionId> construction_names_{"construction"};
    Names<GlazingId> glazing_names_{"glazing"};
    Names<ScheduleId> schedule_names_{"schedule"};
    Names<BuildingId> building_names_{"building"};
    Names<ThermalZoneId> zone_names_{"building.zone"};
    Names<SurfaceId> surface_names_{"building.surface"};
    Names<WindowId> window_names_{"building.window"};
};

City city_of(Document document) {
    City city = BuildingReader().read(folded(std::move(document)));
    if (city.envelopes.zones.id.empty()) throw InputError(fmt::format("{}: (no [[building.zone]]) a building with one zone or more", city.source));
    require_valid(city, city.source);
    return city;
}

}  // namespace

City read_building_city(const std::filesystem::path& path) {
    return city_of(read_document(path, {}));
}

City read_building_city_text(std::string_view text, const std::string& name) {
    return city_of(read_document_text(text, name, {}));
}

bool holds_buildings(const std::filesystem::path& path) {
    try {
        const Document document = read_document(path, {});
        return std::any_of(document.blocks.begin(), document.blocks.end(), [](const Block& block) { return block.kind.starts_with("building"); });
    } catch (const InputError&) {
        return false;
    }
}

}  // namespace shahr
