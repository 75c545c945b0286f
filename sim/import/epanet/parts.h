// What the parts of the EPANET reader share: the file, the network under construction, names and numbers.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "sim/city/water_network.h"
#include "sim/city/water_units.h"
#include "sim/import/epanet/inp_text.h"
#include "sim/import/report.h"

namespace shahr::epanet {

struct Reader {
    const InpText& text;
    WaterNetwork& net;
    ImportReport& report;
    UnitsOfWater units{};                      // after the options
    std::string default_pattern = "1";
    std::unordered_map<std::string, WaterNodeId> nodes{};
    std::unordered_map<std::string, WaterLinkId> links{};
    std::unordered_map<std::string, WaterPatternId> patterns{};
    std::unordered_map<std::string, WaterCurveId> curves{};
    std::map<std::string, std::pair<const Line*, std::vector<Point>>> raw_curves{};  // as in the file
    std::unordered_map<std::int32_t, const Line*> line_of_node{}, line_of_link{};

    // A curve of this use: its points in SI, made on first use. Throws where there is no such curve.
    WaterCurveId curve(const Line& line, std::string_view section, const std::string& id, WaterCurveKind kind);
    WaterNodeId node(const Line& line, std::string_view section, const std::string& id) const;
    WaterLinkId link(const Line& line, std::string_view section, const std::string& id) const;
    WaterPatternId pattern(const Line& line, std::string_view section, const std::string& id) const;

    // Throws InputError where the word is no finite number.
    double number(const Line& line, std::string_view section, std::size_t word, std::string_view what) const;
    double positive(const Line& line, std::string_view section, std::size_t word, std::string_view what) const;
    double not_negative(const Line& line, std::string_view section, std::size_t word, std::string_view what) const;
    void need(const Line& line, std::string_view section, std::size_t words, std::string_view form) const;
};

// What one unit of a valve's setting is in SI: pressure, flow, per cent, or a pure number.
double setting_scale(const UnitsOfWater& units, WaterLinkKind kind);

std::optional<double> parse_number(std::string_view word);
// "1:30", "1:30:15", "90" with a unit ("SEC", "MIN", "HOURS", "DAYS", "AM", "PM") or in hours.
std::optional<Duration> parse_time(std::string_view word, std::string_view unit);

void read_options(Reader& reader);             // first: the units
void read_times(Reader& reader);
void read_patterns(Reader& reader);
void read_curves(Reader& reader);
void read_nodes(Reader& reader);
void read_links(Reader& reader);
void read_demands(Reader& reader);
void read_energy(Reader& reader);
void read_controls(Reader& reader);
void read_rules(Reader& reader);
void read_places(Reader& reader);              // coordinates and vertices
void check_network(const Reader& reader);

}  // namespace shahr::epanet
