// From the TOML of a building stock to a BuildingStock.
#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <numeric>

#include "sim/base/error.h"
#include "sim/base/nearest.h"
#include "sim/synthesis/archetypes.h"
#include "sim/synthesis/bundled_texts.h"
#include "sim/synthesis/toml_table.h"

namespace shahr {
namespace {

template <class T>
std::vector<std::string_view> names_of(const std::vector<T>& rows) {
    std::vector<std::string_view> names;
    for (const T& row : rows) names.push_back(row.name);
    return names;
}

template <class E>
std::vector<std::string_view> names_of_enum() {
    return {enum_names<E>.begin(), enum_names<E>.end()};
}

class StockReader {
public:
    StockReader(const TomlTable& file) : file_(file) {}

    BuildingStock read() {
        file_.check_keys({"title", "materials", "constructions", "windows", "uses", "systems", "archetype", "packages"});
        stock_.title = file_.text("title");
        file_.each_table("materials", [&](const TomlTable& t) { read_material(t); });
        file_.each_table("constructions", [&](const TomlTable& t) { read_construction(t); });
        file_.each_table("windows", [&](const TomlTable& t) { read_window(t); });
        file_.each_table("uses", [&](const TomlTable& t) { read_usage(t); });
        file_.each_table("systems", [&](const TomlTable& t) { read_systems(t); });
        file_.each_in_list("archetype", [&](const TomlTable& t) { read_archetype(t); });
        file_.each_table("packages", [&](const TomlTable& t) { read_package(t); });
        if (stock_.archetypes.empty()) file_.reject("archetype", "missing", "at least one [[archetype]]");
        require_every_use();
        return std::move(stock_);
    }

private:
    static std::string last_name(const TomlTable& t) { return t.name().substr(t.name().rfind('.') + 1); }

    void read_material(const TomlTable& t) {
        t.check_keys({"conductivity", "density", "specific_heat", "source"});
        t.text("source");
        stock_.materials.push_back({last_name(t), t.number("conductivity", 0.001, 500), t.number("density", 1, 20000), t.number("specific_heat", 100, 10000)});
    }

    Layer layer(const TomlTable& t, std::string_view key, const std::pair<std::string, double>& written) const {
        return {t.choice(key, written.first, names_of(stock_.materials)), written.second};
    }

    void read_construction(const TomlTable& t) {
        t.check_keys({"layers", "source"});
        t.text("source");
        LayeredConstruction& to = stock_.constructions.emplace_back();
        to.name = last_name(t);
        for (const auto& written : t.pairs("layers", 0.0001, 5)) to.layers.push_back(layer(t, "layers", written));
    }

    void read_window(const TomlTable& t) {
        t.check_keys({"u", "g", "frame", "source"});
        t.text("source");
        stock_.windows.push_back({last_name(t), t.number("u", 0.2, 7), t.number("g", 0, 0.95), t.number("frame", 0, 0.9)});
    }

    template <std::size_t N>
    static std::array<double, N> shape(const TomlTable& t, std::string_view key) {
        const auto values = t.numbers(key, N, 0, 1000);
        std::array<double, N> to{};
        std::copy(values.begin(), values.end(), to.begin());
        if (std::accumulate(to.begin(), to.end(), 0.0) <= 0 && t.has("kwh_m2")) t.reject(key, "all zero", "relative values, some above zero");
        return to;
    }

    static UseOfEnergy use_of_energy(const TomlTable& t, bool energy) {
        t.check_keys({"kwh_m2", "weekday", "weekend", "month", "source"});
        t.text("source");
        UseOfEnergy use;
        if (energy) use.kwh_m2 = t.number("kwh_m2", 0, 5000);
        use.weekday = shape<24>(t, "weekday");
        use.weekend = t.has("weekend") ? shape<24>(t, "weekend") : use.weekday;
        use.month.fill(1);
        if (t.has("month")) use.month = shape<12>(t, "month");
        return use;
    }

    static void read_hours(const TomlTable& t, int& from_h, int& until_h) {
        if (!t.has("on")) return;
        const auto hours = t.numbers("on", 2, 0, 24);
        if (hours[0] >= hours[1] || hours[0] != std::floor(hours[0]) || hours[1] != std::floor(hours[1])) t.reject("on", "not a span of whole hours", "[from, until], as [7, 19]");
        from_h = static_cast<int>(hours[0]);
        until_h = static_cast<int>(hours[1]);
    }

    void read_usage(const TomlTable& t) {
        t.check_keys({"person_m2", "presence", "appliances", "lighting", "hot_water", "cooking_kwh_m2", "cooking_source", "electric_heat", "heating", "cooling", "ventilation", "peak_w_m2",
                      "power_factor", "peak_source"});
        BuildingUsage& to = stock_.usages.emplace_back();
        to.name = last_name(t);
        to.person_m2 = t.number("person_m2", 0.5, 10000);
        to.presence = use_of_energy(t.table("presence"), false);
        to.appliances = use_of_energy(t.table("appliances"), true);
        to.lighting = use_of_energy(t.table("lighting"), true);
        to.hot_water = use_of_energy(t.table("hot_water"), true);
        to.cooking_kwh_m2 = t.number_or("cooking_kwh_m2", 0, 1000, 0);
        to.electric_heat = only_share(t.table("electric_heat"));
        const TomlTable heating = t.table("heating"), cooling = t.table("cooling"), ventilation = t.table("ventilation");
        heating.check_keys({"set_c", "night_c", "on", "source"});
        to.heat_set_c = heating.number("set_c", -60, 40);
        to.heat_night_c = heating.number("night_c", -60, to.heat_set_c);
        read_hours(heating, to.heat_from_h, to.heat_until_h);
        cooling.check_keys({"set_c", "source"});
        to.cool_set_c = cooling.number("set_c", to.heat_set_c, 100);
        ventilation.check_keys({"rate", "on", "source"});
        to.ventilation_per_h = ventilation.number("rate", 0, 50);
        read_hours(ventilation, to.ventilation_from_h, to.ventilation_until_h);
        to.peak_w_m2 = t.number("peak_w_m2", 0, 2000);
        to.power_factor = t.number("power_factor", 0.3, 1);
    }

    template <std::size_t N>
    static void read_sources(const TomlTable& t, std::array<double, N>& to) {
        double sum = 0;
        for (const std::string& key : t.keys()) {
            if (key == "source") continue;
            const double share = t.number(key, 0, 1);
            const auto source = value_of<HeatSource>(key);
            if (!source) t.reject(key, "no such source of heat", did_you_mean(key, names_of_enum<HeatSource>()));
            to[static_cast<std::size_t>(*source)] = share;
            sum += share;
        }
        if (std::abs(sum - 1) > 1e-6) t.reject("source", fmt::format("the shares add up to {:.4g}", sum), "shares that add up to 1");
    }

    static double only_share(const TomlTable& t) {
        t.check_keys({"share", "source"});
        t.text("source");
        return t.number("share", 0, 1);
    }

    void read_systems(const TomlTable& t) {
        t.check_keys({"heating", "hot_water", "cooking", "cooling", "pv", "battery", "ev"});
        SystemShares& to = stock_.systems.emplace_back();
        to.name = last_name(t);
        read_sources(t.table("heating"), to.heating);
        read_sources(t.table("hot_water"), to.hot_water);
        for (std::size_t i = 0; i < to.heating.size(); ++i) to.also_hot_water[i] = to.hot_water[i] < to.heating[i] ? to.hot_water[i] / to.heating[i] : 1;
        const TomlTable cooking = t.table("cooking");
        cooking.check_keys({"gas", "electric", "source"});
        to.electric_cooking = cooking.number("electric", 0, 1);
        to.cooling = only_share(t.table("cooling"));
        to.pv = only_share(t.table("pv"));
        to.battery = only_share(t.table("battery"));
        to.ev = only_share(t.table("ev"));
    }

    void read_archetype(const TomlTable& t) {
        t.check_keys({"name", "title", "building_uses", "use", "systems", "years", "levels", "weight", "storey_m", "wall", "roof", "floor", "inside_floor", "window", "window_share",
                      "infiltration", "heated_share", "flat_m2", "heat_range", "source"});
        Archetype& to = stock_.archetypes.emplace_back();
        to.name = t.text("name");
        t.text("source");
        for (const Archetype& other : stock_.archetypes)
            if (&other != &to && other.name == to.name) t.reject("name", "twice", "a name of its own");
        to.title = t.text("title");
        for (const std::string& use : t.texts("building_uses")) to.building_uses.push_back(static_cast<BuildingUse>(t.choice("building_uses", use, names_of_enum<BuildingUse>())));
        to.usage = t.choice("use", t.text("use"), names_of(stock_.usages));
        to.systems = t.choice("systems", t.text("systems"), names_of(stock_.systems));
        const auto years = t.numbers("years", 2, 0, 9999), levels = t.numbers("levels", 2, 0, 300);
        if (years[0] > years[1]) t.reject("years", "ends before it begins", "[first, last]");
        if (levels[0] > levels[1]) t.reject("levels", "ends before it begins", "[least, most]");
        to.first_year = static_cast<int>(years[0]), to.last_year = static_cast<int>(years[1]);
        to.least_levels = levels[0], to.most_levels = levels[1];
        to.weight = t.number("weight", 0, 1000);
        to.storey_m = t.number("storey_m", 1.8, 30);
        read_envelope(t, to);
        for (const auto& row : t.rows("heat_range", 3)) to.heat_range.push_back({row[0], row[1], row[2]});
        for (std::size_t i = 1; i < to.heat_range.size(); ++i)
            if (to.heat_range[i].degree_days <= to.heat_range[i - 1].degree_days) t.reject("heat_range", "not ascending", "[degree days, least, greatest], by degree days");
    }

    void read_envelope(const TomlTable& t, Archetype& to) const {
        const auto constructions = names_of(stock_.constructions);
        to.wall = t.choice("wall", t.text("wall"), constructions);
        to.roof = t.choice("roof", t.text("roof"), constructions);
        to.floor = t.choice("floor", t.text("floor"), constructions);
        to.inside_floor = t.choice("inside_floor", t.text("inside_floor"), constructions);
        to.window = t.choice("window", t.text("window"), names_of(stock_.windows));
        to.window_share = t.number("window_share", 0, 0.95);
        to.infiltration_per_h = t.number("infiltration", 0, 20);
        to.heated_share = t.number("heated_share", 0, 1);
        to.flat_m2 = t.number_or("flat_m2", 0, 10000, 0);
    }

    void read_package(const TomlTable& t) {
        t.check_keys({"title", "wall", "roof", "floor", "window", "infiltration_factor", "night_ventilation_per_h", "heating", "pv", "battery", "source"});
        RetrofitPackage& to = stock_.packages.emplace_back();
        to.name = last_name(t);
        t.text("source");
        to.title = t.text("title");
        const auto added = [&](std::string_view key, std::optional<Layer>& layer_added) {
            if (t.has(key)) layer_added = layer(t, key, t.pair(key, 0.005, 1));
        };
        added("wall", to.wall), added("roof", to.roof), added("floor", to.floor);
        if (t.has("window")) to.window = t.choice("window", t.text("window"), names_of(stock_.windows));
        to.infiltration_factor = t.number_or("infiltration_factor", 0, 2, 1);
        to.night_ventilation_per_h = t.number_or("night_ventilation_per_h", 0, 50, 0);
        if (t.has("heating")) to.heating = static_cast<HeatSource>(t.choice("heating", t.text("heating"), names_of_enum<HeatSource>()));
        to.pv = t.flag_or("pv", false);
        to.battery = t.flag_or("battery", false);
    }

    // So that every building finds an archetype whatever its year and levels.
    void require_every_use() const {
        for (std::size_t use = 0; use < enum_names<BuildingUse>.size(); ++use) {
            const auto fits = [&](const Archetype& a) { return std::count(a.building_uses.begin(), a.building_uses.end(), static_cast<BuildingUse>(use)) > 0 && a.weight > 0; };
            if (std::none_of(stock_.archetypes.begin(), stock_.archetypes.end(), fits))
                file_.reject("archetype", fmt::format("none is for building_uses = [\"{}\"]", enum_names<BuildingUse>[use]), "one or more for every use of buildings");
        }
    }

    const TomlTable& file_;
    BuildingStock stock_;
};

}  // namespace

BuildingStock read_building_stock_text(std::string_view text, const std::string& name) {
    const TomlTable file(text, name);
    BuildingStock stock = StockReader(file).read();
    stock.source = name;
    return stock;
}

std::vector<std::string_view> built_in_stocks() {
    std::vector<std::string_view> names;
    for (const BundledText& text : stock_texts()) names.push_back(text.name);
    return names;
}

BuildingStock read_building_stock(const std::string& name_or_path) {
    for (const BundledText& text : stock_texts())
        if (text.name == name_or_path) return read_building_stock_text(text.text, fmt::format("{}.toml", text.name));
    std::ifstream file(name_or_path, std::ios::binary);
    if (!file) throw InputError(fmt::format("{} (no such stock of buildings, nor a file of it) {}; or the path of a .toml", name_or_path, did_you_mean(name_or_path, built_in_stocks())));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return read_building_stock_text(text, name_or_path);
}

}  // namespace shahr
