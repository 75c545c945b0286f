#include "sim/import/heat_description.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "sim/base/nearest.h"
#include "sim/city/validate.h"
#include "sim/import/csv_table.h"
#include "sim/scenario/settings.h"
#include "sim/synthesis/heat_tables.h"

namespace shahr {
namespace {

constexpr std::array kinds = {"heat_node"sv, "heat_pipe"sv, "heat_plant"sv, "heat_consumer"sv, "heat_profile"sv};
constexpr double pa_per_bar = 1e5, pi = 3.14159265358979323846;

// The settings of a block by name; each must be known to whoever asks.
class Facts {
public:
    Facts(const Block& block, std::vector<std::string_view> known) : block_(block) {
        for (const Setting& s : block.settings)
            if (std::find(known.begin(), known.end(), std::string_view(s.key)) == known.end()) reject(s, fmt::format("no such key in [[{}]]", block.kind), did_you_mean(s.key, known));
    }
    const Setting* find(std::string_view key) const {
        for (const Setting& s : block_.settings)
            if (s.key == key) return &s;
        return nullptr;
    }
    const Setting& need(std::string_view key) const {
        if (const Setting* s = find(key)) return *s;
        throw InputError(fmt::format("{}: {} (missing) every [[{}]] has one", block_.where, key, block_.kind));
    }
    double number(std::string_view key, double fallback, double least = -1e300, double most = 1e300) const {
        const Setting* s = find(key);
        return s ? number_of(*s, least, most) : fallback;
    }
    std::string text(std::string_view key) const { return text_of(need(key), "a text in quotes"); }
    const Block& block() const { return block_; }

private:
    const Block& block_;
};

class Description {
public:
    explicit Description(const std::filesystem::path& path) : document_(read_document(path, {})) {}

    City read() {
        city_.source = document_.path.filename().string();
        city_.name = document_.path.stem().string();
        for (const Setting& s : document_.settings) read_setting(s);
        each("heat_profile", {"id", "step", "file", "column"}, [&](const Facts& f) { add_profile(f); });
        each("heat_node", {"id", "x_m", "y_m", "height_m", "inflow_kgps", "temperature_c"}, [&](const Facts& f) { add_place(f); });
        each("heat_pipe", {"id", "from", "to", "length_m", "diameter_mm", "roughness_mm", "loss_coefficient", "open", "wall_jpmk", "heat_loss_wpmk", "insulation_mm", "insulation_wpmk", "wall_mm", "wall_wpmk"},
             [&](const Facts& f) { add_pipe(f); });
        each("heat_plant", {"id", "node", "from", "to", "supply_c", "return_c", "outdoor_c", "lowest_supply_c", "highest_supply_c", "capacity_w", "lift_bar", "least_dp_bar", "flow_kgps", "pump_efficiency"},
             [&](const Facts& f) { read_plant(f); });
        each("heat_consumer", {"id", "node", "from", "to", "kind", "heat_w", "profile", "return_c", "delta_k", "flow_kgps", "bypass_kgps", "supply_c", "design_return_c", "mixing_ratio", "dp_bar", "indoor_c", "outdoor_c", "exponent", "time_constant_h", "season_below_c"},
             [&](const Facts& f) { read_consumer(f); });
        for (const Block& block : document_.blocks)
            if (std::find(kinds.begin(), kinds.end(), block.kind) == kinds.end()) throw InputError(fmt::format("{}: [[{}]] (no part of a heat network) heat_node, heat_pipe, heat_plant, heat_consumer or heat_profile", block.where, block.kind));
        hold_pressure();
        return std::move(city_);
    }

private:
    void read_setting(const Setting& s) {
        static const std::vector<std::string_view> known = {"name", "ground_c", "fluid_c", "two_lines", "pressure_node", "pressure_bar"};
        if (s.key == "name") city_.name = text_of(s, "a text in quotes");
        else if (s.key == "ground_c") ground_c_ = number_of(s, -40, 60);
        else if (s.key == "fluid_c") fluid_c_ = number_of(s, 0, 180);
        else if (s.key == "two_lines") two_lines_ = flag_of(s);
        else if (s.key == "pressure_node") pressure_node_ = &s;
        else if (s.key == "pressure_bar") pressure_bar_ = number_of(s, 0, 100);
        else reject(s, "no such key in a heat network", did_you_mean(s.key, known));
    }

    template <class F>
    void each(std::string_view kind, std::vector<std::string_view> known, const F& read) {
        std::set<std::string> ids;
        for (const Block& block : document_.blocks) {
            if (block.kind != kind) continue;
            const Facts facts(block, known);
            if (!ids.insert(facts.text("id")).second) reject(facts.need("id"), "there twice", "each id once");
            read(facts);
        }
    }

    void add_place(const Facts& f) {
        const std::string id = f.text("id");
        const Point at{f.number("x_m", 0), f.number("y_m", 0)};
        const double height = f.number("height_m", 0);
        const auto add = [&](const std::string& name, HeatLine line) {
            const HeatNodeId v = add_node(city_.heat, {name, line, at, height});
            city_.heat.nodes.inflow_kgps[v] = f.number("inflow_kgps", 0);
            city_.heat.nodes.temperature_c[v] = f.number("temperature_c", unstated);
            nodes_.emplace(name, v);
        };
        if (!two_lines_) return add(id, HeatLine::other);
        add(id + ".supply", HeatLine::supply);
        add(id + ".return", HeatLine::return_);
    }

    HeatNodeId node(const Setting& s, std::string_view line = "") const {
        const std::string id = text_of(s, "the id of a [[heat_node]]") + std::string(line);
        const auto at = nodes_.find(id);
        if (at == nodes_.end()) reject(s, "no such node", "the id of a [[heat_node]]");
        return at->second;
    }

    // Linear heat transmittance of cylindrical layers: EN 13941, without the ground's own resistance.
    double heat_loss(const Facts& f, double diameter_m) const {
        if (f.find("heat_loss_wpmk")) return f.number("heat_loss_wpmk", 0, 0);
        if (!f.find("insulation_mm")) return 0;
        double radius = 0.5 * diameter_m, resistance = 0;
        for (const char* layer : {"wall", "insulation"}) {
            const std::string thickness_key = fmt::format("{}_mm", layer), conductivity_key = fmt::format("{}_wpmk", layer);
            const double thickness = f.number(thickness_key, 0, 0) / 1000;
            if (!(thickness > 0)) continue;
            const double conductivity = number_of(f.need(conductivity_key), 1e-4);
            resistance += std::log((radius + thickness) / radius) / (2 * pi * conductivity);
            radius += thickness;
        }
        return resistance > 0 ? 1 / resistance : 0;
    }

    void add_pipe(const Facts& f) {
        LinkFacts pipe{.id = f.text("id"), .kind = HeatLinkKind::pipe};
        pipe.open = !f.find("open") || flag_of(f.need("open"));
        pipe.length_m = number_of(f.need("length_m"), 1e-3);
        pipe.diameter_m = number_of(f.need("diameter_mm"), 1) / 1000;
        pipe.roughness_m = f.number("roughness_mm", 0.1, 0) / 1000;
        pipe.loss_coefficient = f.number("loss_coefficient", 0, 0);
        pipe.heat_loss_wpmk = heat_loss(f, pipe.diameter_m);
        pipe.wall_jpmk = f.number("wall_jpmk", 0, 0);
        pipe.ground_c = ground_c_;
        pipe.fluid_c = fluid_c_;
        const std::string id = pipe.id;
        for (const std::string_view line : two_lines_ ? std::vector<std::string_view>{".supply", ".return"} : std::vector<std::string_view>{""}) {
            pipe.id = id + std::string(line);
            pipe.from = node(f.need("from"), line);
            pipe.to = node(f.need("to"), line);
            add_link(city_.heat, pipe);
        }
    }

    // From the return to the supply line, or the other way round.
    void ends(const Facts& f, HeatNodeId& from, HeatNodeId& to, bool to_supply) const {
        if (two_lines_) {
            from = node(f.need("node"), to_supply ? ".return" : ".supply");
            to = node(f.need("node"), to_supply ? ".supply" : ".return");
        } else {
            from = node(f.need("from"));
            to = node(f.need("to"));
        }
    }

    void read_plant(const Facts& f) {
        PlantFacts p{.id = f.text("id")};
        ends(f, p.from, p.to, true);
        p.supply_c = number_of(f.need("supply_c"), 0, 200);
        p.return_c = f.number("return_c", unstated, 0, 200);
        p.outdoor_c = f.number("outdoor_c", unstated, -60, 20);
        p.lowest_supply_c = f.number("lowest_supply_c", p.lowest_supply_c);
        if (p.lowest_supply_c > p.supply_c) reject(f.need("lowest_supply_c"), "above supply_c", fmt::format("{} or less", p.supply_c));
        hottest_c_ = std::max(hottest_c_, p.supply_c);
        p.highest_supply_c = f.number("highest_supply_c", p.highest_supply_c);
        p.capacity_w = f.number("capacity_w", unstated, 0);
        p.lift_pa = pa_per_bar * f.number("lift_bar", 1, 0);
        p.least_dp_pa = pa_per_bar * f.number("least_dp_bar", unstated, 0);
        p.flow_kgps = f.number("flow_kgps", unstated, 0);
        p.pump_efficiency = f.number("pump_efficiency", p.pump_efficiency, 0.01, 1);
        p.fluid_c = fluid_c_;
        add_plant(city_.heat, p);
    }

    void read_consumer(const Facts& f) {
        ConsumerFacts c{.id = f.text("id")};
        ends(f, c.from, c.to, false);
        if (const Setting* s = f.find("kind")) c.kind = *value_of<HeatConsumerKind>(choice_of(*s, {"substation", "radiator", "exchanger"}));
        c.heat_w = f.number("heat_w", 0, 0);
        if (const Setting* s = f.find("profile")) c.profile = profile(*s);
        c.return_c = f.number("return_c", unstated);
        c.delta_k = f.number("delta_k", unstated);
        if (c.return_c >= hottest_c_) reject(f.need("return_c"), "no plant's supply is hotter", fmt::format("below {}", hottest_c_));
        if (f.find("return_c") && f.find("delta_k")) reject(f.need("delta_k"), "with return_c it sets neither heat nor flow", "one of them");
        c.flow_kgps = f.number("flow_kgps", unstated, 0);
        c.bypass_kgps = f.number("bypass_kgps", 0, 0);
        c.supply_c = f.number("supply_c", unstated);
        c.design_return_c = f.number("design_return_c", unstated);
        c.mixing_ratio = f.number("mixing_ratio", 0, 0);
        c.dp_pa = pa_per_bar * f.number("dp_bar", 1, 0);
        c.indoor_c = f.number("indoor_c", c.indoor_c);
        c.outdoor_c = f.number("outdoor_c", c.outdoor_c);
        c.exponent = f.number("exponent", c.exponent);
        c.time_constant_h = f.number("time_constant_h", c.time_constant_h);
        c.season_below_c = f.number("season_below_c", unstated, -60, 60);
        c.fluid_c = fluid_c_;
        add_consumer(city_.heat, c);
    }

    HeatProfileId profile(const Setting& s) const {
        const std::string id = text_of(s, "the id of a [[heat_profile]]");
        for (const HeatProfileId at : rows(city_.heat.profiles.id))
            if (city_.heat.profiles.id[at] == id) return at;
        reject(s, "no such profile", "the id of a [[heat_profile]]");
    }

    void add_profile(const Facts& f) {
        HeatProfiles& p = city_.heat.profiles;
        const std::string file = file_of(f.need("file"), "a CSV file"), column = f.text("column");
        const CsvTable table = CsvTable::read(file);
        if (!table.has(column)) reject(f.need("column"), fmt::format("no such column in {}", file), "the name of a column");
        std::vector<double> values;
        for (std::size_t r = 0; r < table.rows(); ++r) values.push_back(table.given(r, column));
        p.id.push_back(f.text("id"));
        p.step.push_back(duration_of(f.need("step"), Duration{1}));
        p.factor.push_back(values);
    }

    void hold_pressure() {
        if (!pressure_node_) throw InputError(fmt::format("{}: pressure_node (missing) the id of a node where the pressure is held", document_.path.string()));
        city_.heat.nodes.pressure_pa[node(*pressure_node_, two_lines_ ? ".return" : "")] = pa_per_bar * pressure_bar_;
    }

    Document document_;
    City city_;
    std::map<std::string, HeatNodeId, std::less<>> nodes_;
    double ground_c_ = 10, fluid_c_ = unstated, pressure_bar_ = 2;
    double hottest_c_ = -273.15;               // supply of the plants
    bool two_lines_ = true;
    const Setting* pressure_node_ = nullptr;
};

}  // namespace

bool is_heat_description(const std::filesystem::path& path) {
    for (const Block& block : read_document(path, {}).blocks)
        if (block.kind.starts_with("heat_")) return true;
    return false;
}

City read_heat_description(const std::filesystem::path& path) {
    City city = Description(path).read();
    require_valid(city, path.string());
    return city;
}

}  // namespace shahr
