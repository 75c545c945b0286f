// The keys of a grid city's description, read with the same rules and messages as a scenario's.
#include <fmt/format.h>

#include "sim/base/nearest.h"
#include "sim/city/grid_city.h"
#include "sim/scenario/settings.h"

namespace shahr {
namespace {

constexpr std::int64_t most_blocks = 1'000'000;  // 4 million roads: what a description may ask for before it is a mistake

struct Key {
    std::string_view name;
    void (*read)(const Setting&, GridCity&);
};

std::int32_t count_of(const Setting& s, std::int64_t least, std::int64_t most) {
    const std::int64_t n = whole_number_of(s, least);
    if (n > most) reject(s, "too many", fmt::format("from {} to {}", least, most));
    return static_cast<std::int32_t>(n);
}

constexpr Key keys[] = {
    {"name", [](const Setting& s, GridCity& g) { g.name = text_of(s, "a text in quotes"); }},
    {"seed", [](const Setting& s, GridCity& g) { g.seed = static_cast<std::uint64_t>(whole_number_of(s, 0)); }},
    {"rows", [](const Setting& s, GridCity& g) { g.rows = count_of(s, 1, 10000); }},
    {"columns", [](const Setting& s, GridCity& g) { g.columns = count_of(s, 1, 10000); }},
    {"block_m", [](const Setting& s, GridCity& g) { g.block_m = number_of(s, 60, 2000); }},
    {"cell_m", [](const Setting& s, GridCity& g) { g.cell_m = number_of(s, 10, 1000); }},
    {"left_hand_traffic", [](const Setting& s, GridCity& g) { g.left_hand_traffic = flag_of(s); }},
    {"lanes", [](const Setting& s, GridCity& g) { g.lanes = count_of(s, 1, 4); }},
    {"speed_limit", [](const Setting& s, GridCity& g) { g.speed_limit_mps = speed_mps_of(s); }},
    {"arterial_every", [](const Setting& s, GridCity& g) { g.arterial_every = count_of(s, 0, 10000); }},
    {"arterial_lanes", [](const Setting& s, GridCity& g) { g.arterial_lanes = count_of(s, 1, 5); }},
    {"arterial_speed_limit", [](const Setting& s, GridCity& g) { g.arterial_speed_limit_mps = speed_mps_of(s); }},
    {"ring", [](const Setting& s, GridCity& g) { g.ring = flag_of(s); }},
    {"signals", [](const Setting& s, GridCity& g) { g.signals = number_of(s, 0, 1); }},
    {"gates", [](const Setting& s, GridCity& g) { g.gates = flag_of(s); }},
    {"gate_vehicles", [](const Setting& s, GridCity& g) { g.gate_vehicles = number_of(s, 0, 1e6); }},
    {"bridges", [](const Setting& s, GridCity& g) { g.bridges = count_of(s, 0, 10000); }},
    {"river_m", [](const Setting& s, GridCity& g) { g.river_m = number_of(s, 60, 2000); }},
    {"river_at", [](const Setting& s, GridCity& g) { g.river_at = number_of(s, 0, 1); }},
    {"people", [](const Setting& s, GridCity& g) { g.people = number_of(s, 0, 1e8); }},
    {"jobs", [](const Setting& s, GridCity& g) { g.jobs = number_of(s, 0, 1e8); }},
    {"school_places", [](const Setting& s, GridCity& g) { g.school_places = number_of(s, 0, 1e8); }},
    {"buildings_per_block", [](const Setting& s, GridCity& g) { g.buildings_per_block = count_of(s, 1, 64); }},
    {"people_decline", [](const Setting& s, GridCity& g) { g.people_decline = number_of(s, 0, 20); }},
    {"jobs_decline", [](const Setting& s, GridCity& g) { g.jobs_decline = number_of(s, 0, 20); }},
};

void read_setting(const Setting& setting, GridCity& to) {
    std::vector<std::string_view> known;
    for (const Key& key : keys) {
        if (key.name == setting.key) return key.read(setting, to);
        known.push_back(key.name);
    }
    reject(setting, "no such key in a grid city", did_you_mean(setting.key, known));
}

// What only two keys together can get wrong; said at the line of the second.
void check_together(const Document& document, const GridCity& g) {
    const auto at = [&](std::string_view key) -> const Setting& {
        for (const Setting& s : document.settings)
            if (s.key == key) return s;
        return document.settings.front();
    };
    if (std::int64_t{g.rows} * g.columns > most_blocks) reject(at("rows"), fmt::format("with columns = {} more than a million blocks", g.columns), "fewer rows or columns");
    if (g.bridges > 0 && g.rows < 3) reject(at("bridges"), fmt::format("a river needs a row of blocks on each side, rows = {}", g.rows), "rows = 3 or more");
    if (g.bridges > g.columns + 1) reject(at("bridges"), fmt::format("{} columns have {} streets", g.columns, g.columns + 1), fmt::format("at most {}", g.columns + 1));
}

GridCity description_of(const Document& document) {
    if (!document.blocks.empty())
        throw InputError(fmt::format("{}: [[{}]] (a grid city has no blocks) a key, as in rows = 4", document.blocks.front().where, document.blocks.front().kind));
    GridCity g;
    for (const Setting& s : document.settings) read_setting(s, g);
    if (!document.settings.empty()) check_together(document, g);
    return g;
}

}  // namespace

GridCity read_grid_description(const std::filesystem::path& path) {
    return description_of(read_document(path, {}));
}

GridCity read_grid_description(std::string_view text, const std::string& name) {
    return description_of(read_document_text(text, name, {}));
}

}  // namespace shahr
