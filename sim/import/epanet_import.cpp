#include "sim/import/epanet_import.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/import/epanet/parts.h"

namespace shahr {
namespace {

using namespace epanet;

void count(const WaterNetwork& net, ImportReport& report) {
    std::int64_t nodes[3] = {}, links[3] = {};
    for (const WaterNodeKind kind : net.nodes.kind) ++nodes[static_cast<std::size_t>(kind)];
    for (const WaterLinkKind kind : net.links.kind) ++links[std::min<std::size_t>(static_cast<std::size_t>(kind), 2)];
    report.kept(nodes[0], "junctions");
    report.kept(nodes[1], "reservoirs");
    report.kept(nodes[2], "tanks");
    report.kept(links[0], "pipes");
    report.kept(links[1], "pumps");
    report.kept(links[2], "valves");
    report.kept(static_cast<std::int64_t>(net.demands.node.size()), "demands");
    report.kept(static_cast<std::int64_t>(net.controls.link.size()), "controls");
    report.kept(static_cast<std::int64_t>(net.rules.id.size()), "rules");
}

void count_what_is_left_out(const InpText& text, ImportReport& report) {
    std::int64_t quality = 0, drawing = 0;
    for (const char* section : {"QUALITY", "SOURCES", "REACTIONS", "MIXING", "ROUGHNESS"}) quality += std::ssize(text.lines(section));
    for (const char* section : {"LABELS", "BACKDROP", "TAGS", "REPORT"}) drawing += std::ssize(text.lines(section));
    report.dropped(quality, "lines of water quality", "not simulated");
    report.dropped(drawing, "lines of labels, tags, backdrop and report", "not hydraulics");
    if (!text.code_page().empty()) report.note(fmt::format("the file is not UTF-8: read as {}", text.code_page()));
}

City import_text(const InpText& text, ImportReport& report) {
    City city;
    Reader reader{.text = text, .net = city.water, .report = report};
    city.water.settings.given = true;
    for (const Line& line : text.lines("TITLE")) {
        if (!city.water.settings.title.empty()) city.water.settings.title += '\n';
        city.water.settings.title += fmt::format("{}", fmt::join(line.words, " "));
    }
    read_options(reader);
    read_times(reader);
    read_patterns(reader);
    read_curves(reader);
    read_nodes(reader);
    read_links(reader);
    read_demands(reader);
    read_energy(reader);
    read_controls(reader);
    read_rules(reader);
    read_places(reader);
    check_network(reader);
    count(city.water, report);
    count_what_is_left_out(text, report);
    const std::filesystem::path path = text.source();
    city.name = path.stem().string();
    city.source = path.filename().string();
    return city;
}

}  // namespace

City import_epanet_text(std::string text, const std::string& source, ImportReport& report) {
    return import_text(InpText(std::move(text), source), report);
}

City import_epanet(const std::filesystem::path& file, ImportReport& report) {
    return import_text(read_inp_text(file), report);
}

}  // namespace shahr
