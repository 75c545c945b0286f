// [CONTROLS]: `LINK id status IF NODE id ABOVE|BELOW level`, `LINK id status AT TIME t`, `LINK id status AT CLOCKTIME t`.
#include <fmt/format.h>

#include <limits>

#include "sim/import/epanet/parts.h"

namespace shahr::epanet {
namespace {

constexpr std::string_view section = "CONTROLS";
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Command {
    WaterStatus status;
    double setting = nan;
};

// OPEN and CLOSED fix a valve and switch a pump on and off; a number is a speed or a setting; of a pipe, 0 is closed.
Command read_command(const Reader& r, const Line& line, WaterLinkId link) {
    const std::string& word = line.words[2];
    const WaterLinkKind kind = r.net.links.kind[link];
    const bool opens = is_word(word, "OPEN"), closes = is_word(word, "CLOSED");
    if (opens || closes) return {opens ? WaterStatus::open : WaterStatus::closed, kind != WaterLinkKind::pump ? nan : opens ? 1.0 : 0.0};
    const auto value = parse_number(word);
    if (!value || *value < 0) r.text.fail(line, section, fmt::format("{} = {} (not known) OPEN, CLOSED or a setting", line.words[1], word));
    if (kind == WaterLinkKind::gpv) r.text.fail(line, section, fmt::format("{} = {} (a valve with a curve has no setting) OPEN or CLOSED", line.words[1], word));
    if (kind == WaterLinkKind::pipe) return {*value > 0 ? WaterStatus::open : WaterStatus::closed, nan};
    if (kind == WaterLinkKind::pump) return {*value > 0 ? WaterStatus::open : WaterStatus::closed, *value};
    return {WaterStatus::active, *value * setting_scale(r.units, kind)};
}

void read_level(Reader& r, const Line& line) {
    WaterControls& c = r.net.controls;
    r.need(line, section, 8, "LINK id status IF NODE id ABOVE or BELOW and a level");
    const WaterNodeId node = r.node(line, section, line.words[5]);
    const bool above = is_word(line.words[6], "ABOVE"), below = is_word(line.words[6], "BELOW");
    if (!above && !below) r.text.fail(line, section, fmt::format("{} (not known) ABOVE or BELOW", line.words[6]));
    if (r.net.nodes.kind[node] == WaterNodeKind::reservoir) r.text.fail(line, section, fmt::format("node '{}' (a reservoir, whose level does not change) a tank or a junction", line.words[5]));
    const double unit = r.net.nodes.kind[node] == WaterNodeKind::junction ? r.units.pressure_m : r.units.length_m;
    c.trigger.push_back(above ? WaterTrigger::above : WaterTrigger::below);
    c.node.push_back(node);
    c.level_m.push_back(r.number(line, section, 7, "level") * unit);
    c.time.push_back(Duration{0});
}

void read_moment(Reader& r, const Line& line) {
    WaterControls& c = r.net.controls;
    r.need(line, section, 6, "LINK id status AT TIME or AT CLOCKTIME and a time");
    const bool clock = is_word(line.words[4], "CLOC");
    if (!clock && !is_word(line.words[4], "TIME")) r.text.fail(line, section, fmt::format("AT {} (not known) AT TIME or AT CLOCKTIME", line.words[4]));
    const auto time = parse_time(line.words[5], line.words.size() > 6 ? line.words[6] : "");
    if (!time) r.text.fail(line, section, fmt::format("{} (not a time) as 6, 6:30 or 6 AM", line.words[5]));
    c.trigger.push_back(clock ? WaterTrigger::clock : WaterTrigger::time);
    c.node.push_back(none<WaterNodeId>);
    c.level_m.push_back(0);
    c.time.push_back(clock ? *time % std::chrono::hours{24} : *time);
}

}  // namespace

void read_controls(Reader& r) {
    for (const Line& line : r.text.lines(section)) {
        r.need(line, section, 6, "LINK id status IF NODE ..., or AT TIME ...");
        const WaterLinkId link = r.link(line, section, line.words[1]);
        if (r.net.links.check_valve[link]) r.text.fail(line, section, fmt::format("'{}' (has a check valve, which cannot be controlled) another link", line.words[1]));
        const Command command = read_command(r, line, link);
        r.net.controls.link.push_back(link);
        r.net.controls.status.push_back(command.status);
        r.net.controls.setting.push_back(command.setting);
        if (is_word(line.words[3], "IF", 2)) read_level(r, line);
        else if (is_word(line.words[3], "AT", 2)) read_moment(r, line);
        else r.text.fail(line, section, fmt::format("{} (not known) IF NODE or AT TIME", line.words[3]));
    }
}

}  // namespace shahr::epanet
