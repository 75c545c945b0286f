#include "sim/import/pandapipes_import.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <set>

#include "sim/base/error.h"
#include "sim/import/pandapipes/standard_pumps.h"
#include "sim/import/pandapipes/tables.h"
#include "sim/synthesis/heat_tables.h"

namespace shahr {
namespace {

namespace fs = std::filesystem;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double pi = 3.14159265358979323846, pa_per_bar = 1e5, celsius = 273.15;
constexpr double valve_diameter_m = 0.1;       // of one that has none in the tables
constexpr double least_loss = 1e-3;            // what has no loss at all still needs a gradient

const std::set<std::string, std::less<>> known = {"junction", "junction_geodata", "pipe", "pipe_geodata", "valve", "pump", "ext_grid", "source", "sink",
                                                 "circ_pump_pressure", "circ_pump_mass", "heat_consumer", "heat_exchanger", "flow_control", "mass_storage",
                                                 "substation"};     // where consumers stand; nothing flows in it

class Network {
public:
    Network(pandapipes::Tables tables, ImportReport& report) : tables_(std::move(tables)), report_(report) {}

    City read() {
        refuse_unknown();
        City city;
        city.name = tables_.source.stem().string();
        city.source = fmt::format("pandapipes, {}", tables_.source.filename().string());
        HeatNetwork& heat = city.heat;
        read_junctions(heat);
        read_pipes(heat);
        read_valves(heat);
        read_pumps(heat);
        read_boundaries(heat);
        read_plants(heat);
        read_consumers(heat);
        read_flow_controls(heat);
        say(heat);
        return city;
    }

private:
    CsvTable table(std::string_view name) const { return tables_[name]; }

    void refuse_unknown() const {
        if (!tables_.fluid.empty() && tables_.fluid != "water") throw InputError(fmt::format("{} = \"{}\" (cannot be simulated) water", tables_.place_of("fluid"), tables_.fluid));
        for (const auto& [name, table] : tables_.by_name) {
            if (name.starts_with("res_") || name.starts_with("_") || known.contains(name) || table.rows() == 0) continue;
            throw InputError(fmt::format("{} (a table that cannot be simulated) a network without it; read are junction, pipe, valve, pump, ext_grid, source, sink, circ_pump_pressure, circ_pump_mass, heat_consumer, heat_exchanger, flow_control and mass_storage", tables_.place_of(name)));
        }
        if (table("junction").rows() == 0) throw InputError(fmt::format("{} (no rows) the junctions of a network", tables_.place_of("junction")));
    }

    bool in_service(const CsvTable& t, std::size_t r) {
        if (t.flag_or(r, "in_service", true)) return true;
        ++out_of_service_;
        return false;
    }

    void read_junctions(HeatNetwork& heat) {
        const CsvTable t = table("junction"), places = table("junction_geodata");
        std::map<std::int64_t, Point> place;
        for (std::size_t r = 0; r < places.rows(); ++r) place[places.whole(r, "")] = {places.number_or(r, "x", 0), places.number_or(r, "y", 0)};
        for (std::size_t r = 0; r < t.rows(); ++r) {
            const std::int64_t index = t.whole(r, "");
            if (!in_service(t, r)) continue;
            const HeatNodeId node = add_node(heat, {.id = fmt::format("junction/{}", index), .position = place[index], .height_m = t.number_or(r, "height_m", 0)});
            if (!node_.emplace(index, node).second) t.reject(r, "", "there twice", "each index once");
            fluid_c_.push_back(t.number_or(r, "tfluid_k", 293.15) - celsius);
        }
    }

    // None, and counted, where the junction is out of service.
    HeatNodeId node(const CsvTable& t, std::size_t r, std::string_view column) {
        const std::int64_t index = t.whole(r, column);
        const auto at = node_.find(index);
        if (at == node_.end()) t.reject(r, column, "no such junction in service", "the index of a junction");
        return at->second;
    }
    double fluid_at(HeatNodeId v) const { return fluid_c_[row(v)]; }

    static double diameter(const CsvTable& t, std::size_t r, double fallback) {
        if (!t.blank(r, "inner_diameter_mm")) return t.given_above_zero(r, "inner_diameter_mm") / 1000;
        if (!t.blank(r, "diameter_m")) return t.given_above_zero(r, "diameter_m");
        if (std::isnan(fallback)) t.reject(r, "inner_diameter_mm", "blank", "above 0");
        return fallback;
    }

    void read_pipes(HeatNetwork& heat) {
        const CsvTable t = table("pipe");
        for (std::size_t r = 0; r < t.rows(); ++r) {
            if (!in_service(t, r)) continue;
            const double inner = diameter(t, r, nan), outer = t.number_or(r, "outer_diameter_mm", inner * 1000) / 1000;
            const double u = t.number_or(r, t.has("u_w_per_m2k") ? "u_w_per_m2k" : "alpha_w_per_m2k", 0);
            LinkFacts pipe{.id = fmt::format("pipe/{}", t.whole(r, "")), .kind = HeatLinkKind::pipe, .from = node(t, r, "from_junction"), .to = node(t, r, "to_junction")};
            pipe.length_m = 1000 * t.given(r, "length_km");
            if (pipe.length_m < 0) t.reject(r, "length_km", "negative", "0 or more");
            pipe.diameter_m = inner;
            pipe.roughness_m = t.number_or(r, "k_mm", 0.2) / 1000;
            pipe.loss_coefficient = t.number_or(r, "loss_coefficient", 0);
            if (!(pipe.length_m > 0)) {        // two junctions at one place
                pipe.kind = HeatLinkKind::valve;
                pipe.loss_coefficient = std::max(pipe.loss_coefficient, least_loss);
            }
            pipe.heat_loss_wpmk = u * pi * outer;
            pipe.ground_c = t.number_or(r, "text_k", 293.15) - celsius;
            pipe.friction = HeatFriction::colebrook_only;
            pipe.fluid_c = fluid_at(pipe.from);
            if (t.number_or(r, "qext_w", 0) != 0) t.reject(r, "qext_w", "heat that enters a pipe from outside cannot be simulated", "0");
            pipe_[t.whole(r, "")] = add_link(heat, pipe);
        }
    }

    void read_valves(HeatNetwork& heat) {
        const CsvTable t = table("valve");
        for (std::size_t r = 0; r < t.rows(); ++r) {
            if (!in_service(t, r)) continue;
            const bool open = t.flag_or(r, "opened", true);
            const double loss = t.number_or(r, "loss_coefficient", 0);
            if (t.text(r, "et") == "pi") {     // at the end of a pipe
                const auto at = pipe_.find(t.whole(r, "element"));
                if (at == pipe_.end()) t.reject(r, "element", "no such pipe in service", "the index of a pipe");
                heat.links.loss_coefficient[at->second] += loss;
                if (!open) heat.links.open[at->second] = 0;
                continue;
            }
            LinkFacts valve{.id = fmt::format("valve/{}", t.whole(r, "")), .kind = HeatLinkKind::valve};
            valve.from = node(t, r, t.has("junction") ? "junction" : "from_junction");
            valve.to = node(t, r, t.has("junction") ? "element" : "to_junction");
            valve.open = open;
            valve.diameter_m = diameter(t, r, valve_diameter_m);
            valve.loss_coefficient = std::max(loss, least_loss);
            valve.fluid_c = fluid_at(valve.from);
            add_link(heat, valve);
        }
    }

    void read_pumps(HeatNetwork& heat) {
        const CsvTable t = table("pump");
        std::int64_t guessed = 0;
        for (std::size_t r = 0; r < t.rows(); ++r) {
            if (!in_service(t, r)) continue;
            auto curve = standard_pump(t.text(r, "std_type"));
            if (!curve) curve = standard_pump("P1"), ++guessed;
            LinkFacts pump{.id = fmt::format("pump/{}", t.whole(r, "")), .kind = HeatLinkKind::pump, .from = node(t, r, "from_junction"), .to = node(t, r, "to_junction")};
            pump.fluid_c = fluid_at(pump.from);
            const HeatLinkId at = add_link(heat, pump);
            heat.links.pump_pa[at] = curve->pa;
            heat.links.pump_pa_per_m3ps[at] = curve->pa_per_m3ps;
            heat.links.pump_pa_per_m3ps2[at] = curve->pa_per_m3ps2;
        }
        if (guessed > 0) report_.guessed(guessed, "pumps' curves", "std_type is none of P1, P2 and P3, and the tables hold no curves: that of P1");
    }

    void read_boundaries(HeatNetwork& heat) {
        const CsvTable grid = table("ext_grid");
        for (std::size_t r = 0; r < grid.rows(); ++r) {
            if (!in_service(grid, r)) continue;
            const HeatNodeId at = node(grid, r, "junction");
            const std::string_view type = grid.text(r, "type");
            if (type.find('p') != std::string_view::npos || type.empty()) heat.nodes.pressure_pa[at] = pa_per_bar * grid.given(r, "p_bar");
            if (type.find('t') != std::string_view::npos || type.empty()) heat.nodes.temperature_c[at] = grid.given(r, "t_k") - celsius;
        }
        // A storage that is charged takes water; how full it gets is not followed.
        for (const auto& [name, sign] : {std::pair{"source", 1.0}, std::pair{"sink", -1.0}, std::pair{"mass_storage", -1.0}}) {
            const CsvTable t = table(name);
            for (std::size_t r = 0; r < t.rows(); ++r)
                if (in_service(t, r)) heat.nodes.inflow_kgps[node(t, r, "junction")] += sign * t.given(r, "mdot_kg_per_s") * t.number_or(r, "scaling", 1);
            if (std::string_view(name) == "mass_storage" && t.rows() > 0) report_.note(fmt::format("{} mass storages take or give a constant flow; how full they are is not followed", t.rows()));
        }
    }

    void read_plants(HeatNetwork& heat) {
        for (const char* name : {"circ_pump_pressure", "circ_pump_mass"}) {
            const CsvTable t = table(name);
            for (std::size_t r = 0; r < t.rows(); ++r) {
                if (!in_service(t, r)) continue;
                const HeatNodeId back = node(t, r, "return_junction"), flow = node(t, r, "flow_junction");
                heat.nodes.line[back] = HeatLine::return_;
                heat.nodes.line[flow] = HeatLine::supply;
                heat.nodes.pressure_pa[flow] = pa_per_bar * t.given(r, "p_flow_bar");
                const std::string id = fmt::format("{}/{}", name, t.whole(r, ""));
                PlantFacts plant{.id = id, .from = back, .to = flow};
                plant.supply_c = t.given(r, "t_flow_k") - celsius;
                if (t.has("plift_bar")) plant.lift_pa = pa_per_bar * t.given(r, "plift_bar");
                else plant.flow_kgps = t.given(r, "mdot_flow_kg_per_s");
                plant.fluid_c = fluid_at(back);
                add_plant(heat, plant);
            }
        }
    }

    void read_consumers(HeatNetwork& heat) {
        for (const char* name : {"heat_consumer", "heat_exchanger"}) {
            const CsvTable t = table(name);
            const bool exchanger = std::string_view(name) == "heat_exchanger";
            for (std::size_t r = 0; r < t.rows(); ++r) {
                if (!in_service(t, r)) continue;
                ConsumerFacts c{.id = fmt::format("{}/{}", name, t.whole(r, "")), .from = node(t, r, "from_junction"), .to = node(t, r, "to_junction")};
                c.kind = exchanger ? HeatConsumerKind::exchanger : HeatConsumerKind::substation;
                c.heat_w = t.number_or(r, "qext_w", 0);
                c.fluid_c = fluid_at(c.from);
                if (exchanger) {
                    c.diameter_m = diameter(t, r, 0.1);
                    c.loss_coefficient = std::max(t.number_or(r, "loss_coefficient", 0), least_loss);
                } else {
                    c.flow_kgps = t.number(r, "controlled_mdot_kg_per_s");
                    c.delta_k = t.number(r, "deltat_k");
                    c.return_c = t.number(r, "treturn_k") - celsius;
                    const int given = !t.blank(r, "qext_w") + !std::isnan(c.flow_kgps) + !std::isnan(c.delta_k) + !std::isnan(c.return_c);
                    if (given != 2) t.reject(r, "qext_w", fmt::format("{} of qext_w, controlled_mdot_kg_per_s, deltat_k and treturn_k are given", given), "two of them");
                    if (!t.blank(r, "deltat_k") && !t.blank(r, "treturn_k")) t.reject(r, "deltat_k", "with treturn_k it sets neither heat nor flow", "one of them with qext_w or controlled_mdot_kg_per_s");
                }
                add_consumer(heat, c);
            }
        }
    }

    // A flow that is imposed, without heat.
    void read_flow_controls(HeatNetwork& heat) {
        const CsvTable t = table("flow_control");
        for (std::size_t r = 0; r < t.rows(); ++r) {
            if (!in_service(t, r)) continue;
            if (!t.flag_or(r, "control_active", true)) {         // water passes it as it likes
                LinkFacts open{.id = fmt::format("flow_control/{}", t.whole(r, "")), .kind = HeatLinkKind::valve, .from = node(t, r, "from_junction"), .to = node(t, r, "to_junction")};
                open.diameter_m = diameter(t, r, valve_diameter_m);
                open.loss_coefficient = least_loss;
                open.fluid_c = fluid_at(open.from);
                add_link(heat, open);
                continue;
            }
            ConsumerFacts c{.id = fmt::format("flow_control/{}", t.whole(r, "")), .from = node(t, r, "from_junction"), .to = node(t, r, "to_junction")};
            c.flow_kgps = t.given(r, "controlled_mdot_kg_per_s");
            c.delta_k = 0;
            c.fluid_c = fluid_at(c.from);
            add_consumer(heat, c);
        }
    }

    void say(const HeatNetwork& heat) {
        report_.kept(static_cast<std::int64_t>(heat.nodes.id.size()), "junctions");
        report_.kept(static_cast<std::int64_t>(heat.links.id.size()), "links");
        report_.kept(static_cast<std::int64_t>(heat.plants.id.size()), "circulation pumps");
        report_.kept(static_cast<std::int64_t>(heat.consumers.id.size()), "consumers");
        report_.dropped(out_of_service_, "rows", "they are not in service");
        report_.note("water with its properties at tfluid_k, and Colebrook at any Reynolds number: the tables name no friction model");
    }

    pandapipes::Tables tables_;
    ImportReport& report_;
    std::map<std::int64_t, HeatNodeId> node_;
    std::map<std::int64_t, HeatLinkId> pipe_;
    std::vector<double> fluid_c_;
    std::int64_t out_of_service_ = 0;
};

}  // namespace

bool is_pandapipes(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path / "junction.csv", ignored) || pandapipes::is_json_of_pandapipes(path);
}

City import_pandapipes(const fs::path& path, ImportReport& report) {
    return Network(fs::is_directory(path) ? pandapipes::read_folder(path) : pandapipes::read_json(path), report).read();
}

}  // namespace shahr
