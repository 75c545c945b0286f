#include "sim/scenario/read.h"

#include <fmt/format.h>

#include "sim/base/nearest.h"
#include "sim/scenario/keys.h"
#include "sim/scenario/read_interventions.h"

namespace shahr {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view a_city = "a city file (.h5, made by shahr import) or the description of a grid city (.toml)";

void read_start(const Setting& s, Scenario& to) {
    const Moment start = moment_of(s);
    if (start.day) to.first_day = *start.day;
    to.start = start.clock;
    to.start_given = true;
}

// The laws of car-following hold for steps well below a driver's reaction and headway.
Duration step_of(const Setting& s) {
    const Duration step = duration_of(s, 100ms);
    if (step > 1s) reject(s, "too long", "from 100ms to 1s");
    return step;
}

Duration interval_of(const Setting& s) {
    const auto* text = std::get_if<std::string>(&s.value);
    return text && *text == "step" ? 0s : duration_of(s, 1ms);
}

void read_record_every(const Setting& s, Scenario& to) {
    to.record_every = interval_of(s);
}

// record.GROUP: the groups are those of the engines, which the scenario does not know; they are checked before the run.
void read_record(const Setting& s, Scenario& to) {
    to.record[s.key.substr(s.key.find('.') + 1)] = interval_of(s);
}

// What concerns the whole run, and the traffic.
constexpr Key general_keys[] = {
    {"title", [](const Setting& s, Scenario& to) { to.title = text_of(s, "a text in quotes"); }},
    {"city", [](const Setting& s, Scenario& to) { to.city = file_of(s, a_city); }, true},
    {"start", read_start},
    {"length", [](const Setting& s, Scenario& to) { to.length = duration_of(s, 0s); }},
    {"seed", [](const Setting& s, Scenario& to) { to.seed = static_cast<std::uint64_t>(whole_number_of(s, 0)); }},
    {"record_every", read_record_every},
    {"traffic.step", [](const Setting& s, Scenario& to) { to.traffic.step = step_of(s); }},
    {"traffic.reroute_every", [](const Setting& s, Scenario& to) { to.traffic.reroute_every = duration_of(s, 1s); }},
    {"traffic.reroute_share", [](const Setting& s, Scenario& to) { to.traffic.reroute_share = number_of(s, 0, 1); }},
    {"traffic.trips", [](const Setting& s, Scenario& to) { to.traffic.trips = choice_of(s, {"synthetic", "given", "none"}); }},
    {"demand.population", [](const Setting& s, Scenario& to) { to.demand.population = number_of(s, 0, 1e9); }},
    {"demand.trips_per_person", [](const Setting& s, Scenario& to) { to.demand.trips_per_person = number_of(s, 0, 20); }},
    {"demand.car_share", [](const Setting& s, Scenario& to) { to.demand.car_share = number_of(s, 0, 1); }},
    {"demand.in_commuters", [](const Setting& s, Scenario& to) { to.demand.in_commuters = number_of(s, 0, 1); }},
    {"demand.out_commuters", [](const Setting& s, Scenario& to) { to.demand.out_commuters = number_of(s, 0, 1); }},
    {"demand.scale", [](const Setting& s, Scenario& to) { to.demand.scale = number_of(s, 0, 1000); }},
    {"demand.span", [](const Setting& s, Scenario& to) { to.demand.span = duration_of(s, 0s); }},
    {"demand.trips_file", [](const Setting& s, Scenario& to) { to.demand.trips_file = file_of(s, "a .csv with the columns depart_s, from_lon, from_lat, to_lon, to_lat, class"); }, true},
};

// All that a scenario may say, beside `base`, `remove`, the interventions and `record.GROUP`.
const std::vector<Key>& keys() {
    static const std::vector<Key> all = [] {
        std::vector<Key> list(std::begin(general_keys), std::end(general_keys));
        for (const std::span<const Key> part : {weather_keys(), building_keys(), stock_keys(), power_keys(), water_keys(), heat_keys()}) list.insert(list.end(), part.begin(), part.end());
        return list;
    }();
    return all;
}

std::vector<std::string_view> path_keys() {
    std::vector<std::string_view> names;
    for (const Key& key : keys())
        if (key.is_path) names.push_back(key.name);
    return names;
}

std::vector<std::string_view> known_keys() {
    std::vector<std::string_view> names = {"base", "remove"};
    for (const Key& key : keys()) names.push_back(key.name);
    for (const std::string_view kind : intervention_kinds()) names.push_back(kind);
    return names;
}

const Setting* find(const Document& document, std::string_view key) {
    for (const Setting& s : document.settings)
        if (s.key == key) return &s;
    return nullptr;
}

void read_setting(const Setting& setting, Scenario& to) {
    for (const Key& key : keys())
        if (key.name == setting.key) return key.read(setting, to);
    const std::string_view table = std::string_view(setting.key).substr(0, setting.key.find('.'));
    if (table == "record" && table != setting.key) return read_record(setting, to);
    for (const std::string_view kind : intervention_kinds())
        if (kind == table) reject(setting, "an intervention is a block of lines of its own", fmt::format("[[{}]] in a scenario file", kind));
    // The right key in the wrong table, or in a misspelt one.
    const auto last_part = [](std::string_view key) { return key.substr(key.rfind('.') + 1); };
    for (const Key& key : keys())
        if (last_part(key.name) == last_part(setting.key)) reject(setting, "no such key", fmt::format("did you mean \"{}\"?", key.name));
    reject(setting, "no such key", did_you_mean(setting.key, known_keys()));
}

// Rules that concern more than one key.
void check_together(const Document& document, const Scenario& scenario) {
    const std::string file = document.path.string();
    if (!find(document, "city")) throw InputError(fmt::format("{}: city (missing) {}, here or as --set city=...", file, a_city));
    if (const Setting* every = find(document, "record_every"); every && scenario.record_every % scenario.traffic.step != 0s)
        reject(*every, fmt::format("not a multiple of the traffic's step, {}", duration_text(scenario.traffic.step)), fmt::format("\"step\", or a multiple of {}", duration_text(scenario.traffic.step)));
    if (const Setting* span = find(document, "demand.span"); span && find(document, "length") && scenario.demand.span > scenario.length)
        reject(*span, fmt::format("longer than the run, {}", duration_text(scenario.length)), "the run's length or less");
}

Scenario interpret(const Document& document) {
    Scenario scenario;
    for (const Setting& setting : document.settings) read_setting(setting, scenario);
    scenario.until_idle = !find(document, "length");
    check_together(document, scenario);
    for (const Block& block : document.blocks) {
        scenario.interventions.push_back(read_intervention(block, scenario.first_day));
        scenario.interventions.back().order = static_cast<int>(scenario.interventions.size()) - 1;
    }
    scenario.file = document.path.string();
    scenario.text = to_toml(document, path_keys());
    return scenario;
}

}  // namespace

Scenario read_scenario(const std::filesystem::path& path, std::span<const std::string> sets) {
    return interpret(read_document(path, sets));
}

Scenario read_scenario_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> sets) {
    return interpret(read_document_text(text, name, sets));
}

}  // namespace shahr
