#include "sim/scenario/read_interventions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/base/nearest.h"
#include "sim/scenario/settings.h"

namespace shahr {
namespace {

using namespace std::chrono_literals;

constexpr Duration beginning_of_time = -Duration{std::chrono::years{200}}, end_of_time = Duration{std::chrono::years{200}};

const Setting* find(const Block& block, std::string_view key) {
    for (const Setting& s : block.settings)
        if (s.key == key) return &s;
    return nullptr;
}

[[noreturn]] void missing(const Block& block, std::string_view what, std::string_view right) {
    throw InputError(fmt::format("{}: [[{}]] ({} is missing) {}", block.where, block.kind, what, right));
}

RoadAddress address_of(const Block& block) {
    const Setting *name = find(block, "name"), *id = find(block, "id");
    constexpr std::string_view right = "name = \"a street\" or id = \"way/123\"";
    if (name && id) reject(*id, "both name and id", "one of the two");
    if (!name && !id) missing(block, "the road", right);
    RoadAddress address{name ? text_of(*name, right) : "", id ? text_of(*id, right) : ""};
    if (address.name.empty() && address.id.empty()) reject(name ? *name : *id, "empty", right);
    return address;
}

decltype(Intervention::change) close_road(const Block& block) {
    return CloseRoad{{}, address_of(block)};
}

decltype(Intervention::change) set_speed(const Block& block) {
    const Setting* speed = find(block, "speed");
    if (!speed) missing(block, "speed", "speed = \"30 km/h\"");
    return SetSpeedLimit{{}, speed_mps_of(*speed), address_of(block)};
}

// One of `area` (degrees), `area_m`, `place`; none: everywhere.
template <class Change>
void read_area(const Block& block, Change& change) {
    const Setting* given = nullptr;
    for (const std::string_view key : {"area", "area_m", "place"}) {
        const Setting* s = find(block, key);
        if (s && given) reject(*s, fmt::format("{} is given as well", given->key), "one of the two");
        if (s) given = s;
    }
    if (given && given->key == "place")
        change.place = text_of(*given, "the name of a mapped area");
    else if (given)
        change.area = ring_of(*given);
    change.area_in_degrees = given && given->key == "area";
}

decltype(Intervention::change) scale_demand(const Block& block) {
    const Setting* factor = find(block, "factor");
    if (!factor) missing(block, "factor", "factor = 1.2 for a fifth more");
    ScaleDemand change{number_of(*factor, 0, 100)};
    read_area(block, change);
    return change;
}

WhichBuildings which_buildings(const Block& block) {
    WhichBuildings which;
    if (const Setting* archetype = find(block, "archetype")) which.archetype = text_of(*archetype, "the name of an archetype of the stock");
    read_area(block, which);
    return which;
}

decltype(Intervention::change) retrofit(const Block& block) {
    const Setting *package = find(block, "package"), *share = find(block, "share");
    if (!package) missing(block, "package", "package = \"envelope\", or another of the stock's [packages]");
    return Retrofit{which_buildings(block), text_of(*package, "the name of a package of the stock"), share ? number_of(*share, 0, 1) : 1};
}

decltype(Intervention::change) system_share(const Block& block) {
    ChangeShares change{which_buildings(block), {}};
    const auto read = [&](std::string_view key, std::optional<double>& to) {
        if (const Setting* s = find(block, key)) to = number_of(*s, 0, 1);
        return to.has_value();
    };
    bool any = false;
    for (std::size_t i = 1; i < enum_names<HeatSource>.size(); ++i) any |= read(enum_names<HeatSource>[i], change.shares.heating[i]);
    any |= read("electric_cooking", change.shares.electric_cooking);
    any |= read("cooling", change.shares.cooling);
    any |= read("pv", change.shares.pv);
    any |= read("battery", change.shares.battery);
    any |= read("ev", change.shares.ev);
    if (!any) missing(block, "a share", "heat_pump = 0.3, pv = 0.2 or the like");
    return change;
}

template <class Change>
decltype(Intervention::change) switch_branch(const Block& block) {
    const Setting* id = find(block, "id");
    if (!id) missing(block, "the branch", "id = \"the branch's id in the city\"");
    return Change{none<BranchId>, text_of(*id, "the branch's id in the city")};
}

decltype(Intervention::change) shift_weather(const Block& block) {
    ShiftWeather change;
    const Setting *temperature = find(block, "temperature_k"), *sun = find(block, "sun_factor"), *wind = find(block, "wind_factor");
    if (!temperature && !sun && !wind) missing(block, "what changes", "temperature_k = 5 for a heat wave, sun_factor or wind_factor");
    if (temperature) change.temperature_k = number_of(*temperature, -60, 60);
    if (sun) change.sun_factor = number_of(*sun, 0, 5);
    if (wind) change.wind_factor = number_of(*wind, 0, 10);
    return change;
}

decltype(Intervention::change) replace_weather(const Block& block) {
    const Setting *file = find(block, "file"), *daily = find(block, "daily");
    if (!file) missing(block, "file", "file = \"heat_wave.epw\"");
    if (daily && flag_of(*daily)) reject(*daily, "the weather of a span, not of an hour of every day", "[[shift_weather]]");
    return ReplaceWeather{file_of(*file, "an .epw file")};
}

std::string id_of(const Block& block, std::string_view what) {
    const Setting* id = find(block, "id");
    if (!id) missing(block, "id", fmt::format("id = \"the {}'s id in the city\"", what));
    return text_of(*id, fmt::format("the {}'s id in the city", what));
}

decltype(Intervention::change) set_heat_plant(const Block& block) {
    const Setting *supply = find(block, "supply_c"), *available = find(block, "available");
    if (!supply && !available) missing(block, "supply_c or available", "supply_c = 70, or available = 0.5 for half of its capacity");
    return SetHeatPlant{.supply_c = supply ? number_of(*supply, 0, 200) : std::nan(""), .available = available ? number_of(*available, 0, 1) : std::nan(""), .id = id_of(block, "plant")};
}

decltype(Intervention::change) close_heat_link(const Block& block) {
    return CloseHeatLink{{}, id_of(block, "pipe")};
}

decltype(Intervention::change) close_water_link(const Block& block) {
    CloseWaterLink change{id_of(block, "pipe, pump or valve")};
    if (const Setting* segment = find(block, "segment")) change.segment = flag_of(*segment);
    return change;
}

decltype(Intervention::change) burst_pipe(const Block& block) {
    BurstPipe change{id_of(block, "pipe")};
    const Setting *diameter = find(block, "hole_diameter"), *after = find(block, "isolate_after");
    if (!diameter) missing(block, "hole_diameter", "hole_diameter = 0.1, in m");
    const double d = number_of(*diameter, 1e-4, 5);
    change.area_m2 = 0.78539816339744831 * d * d;
    if (after) change.isolate_after = duration_of(*after, 0ms);
    return change;
}

decltype(Intervention::change) scale_water_demand(const Block& block) {
    const Setting* factor = find(block, "factor");
    if (!factor) missing(block, "factor", "factor = 1.2 for a fifth more");
    return ScaleWaterDemand{number_of(*factor, 0, 100)};
}

struct Kind {
    std::string_view name;
    std::vector<std::string_view> keys;        // beside those that every intervention has
    decltype(Intervention::change) (*read)(const Block&);
};

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all = {
        {"close_road", {"name", "id"}, close_road},
        {"set_speed", {"name", "id", "speed"}, set_speed},
        {"scale_demand", {"factor", "area", "area_m", "place"}, scale_demand},
        {"retrofit", {"package", "share", "archetype", "area", "area_m", "place"}, retrofit},
        {"system_share",
         {"archetype", "area", "area_m", "place", "district_heat", "gas_boiler", "coal_stove", "electric", "heat_pump", "electric_cooking", "cooling", "pv", "battery", "ev"},
         system_share},
        {"trip_branch", {"id"}, switch_branch<TripBranch>},
        {"close_branch", {"id"}, switch_branch<CloseBranch>},
        {"shift_weather", {"temperature_k", "sun_factor", "wind_factor"}, shift_weather},
        {"replace_weather", {"file"}, replace_weather},
        {"set_heat_plant", {"id", "supply_c", "available"}, set_heat_plant},
        {"close_heat_link", {"id"}, close_heat_link},
        {"close_water_link", {"id", "segment"}, close_water_link},
        {"burst_pipe", {"id", "hole_diameter", "isolate_after"}, burst_pipe},
        {"scale_water_demand", {"factor"}, scale_water_demand},
    };
    return all;
}

void check_keys(const Block& block, std::vector<std::string_view> known) {
    known.insert(known.end(), {"begin", "end", "daily", "label"});
    for (const Setting& s : block.settings)
        if (std::find(known.begin(), known.end(), s.key) == known.end()) reject(s, fmt::format("no such key in [[{}]]", block.kind), did_you_mean(s.key, known));
}

Duration since_first_midnight(const Moment& moment, std::chrono::sys_days first_day) {
    return moment.clock + (moment.day ? Duration{*moment.day - first_day} : 0ms);
}

void read_span(const Block& block, std::chrono::sys_days first_day, Intervention& to) {
    const Setting *begin = find(block, "begin"), *end = find(block, "end"), *daily = find(block, "daily");
    to.daily = daily && flag_of(*daily);
    to.begin = begin ? since_first_midnight(moment_of(*begin), first_day) : beginning_of_time;
    to.end = end ? since_first_midnight(moment_of(*end), first_day) : end_of_time;
    if (to.daily) {
        if (!begin || !end) missing(block, begin ? "end" : "begin", "daily = true needs begin and end");
        for (const Setting* s : {begin, end})
            if (moment_of(*s).day) reject(*s, "a date where daily = true", "a clock time, as \"07:00\"");
        if (to.end < to.begin) to.end += 24h;  // over midnight
        if (to.end == to.begin) reject(*end, "ends as it begins", "a later time");
    } else if (to.end <= to.begin && end) {
        reject(*end, fmt::format("not after its begin, {}", begin ? clock_text(to.begin, first_day) : "the start"), "a later time, with a date if it is on another day");
    }
}

}  // namespace

std::vector<std::string_view> intervention_kinds() {
    std::vector<std::string_view> names;
    for (const Kind& kind : kinds()) names.push_back(kind.name);
    return names;
}

Intervention read_intervention(const Block& block, std::chrono::sys_days first_day) {
    const auto kind = std::find_if(kinds().begin(), kinds().end(), [&](const Kind& k) { return k.name == block.kind; });
    if (kind == kinds().end()) throw InputError(fmt::format("{}: [[{}]] (no such intervention) {}", block.where, block.kind, did_you_mean(block.kind, intervention_kinds())));
    check_keys(block, kind->keys);
    Intervention intervention;
    if (const Setting* label = find(block, "label")) intervention.label = text_of(*label, "a text in quotes");
    intervention.where = block.where;
    read_span(block, first_day, intervention);
    intervention.change = kind->read(block);
    return intervention;
}

}  // namespace shahr
