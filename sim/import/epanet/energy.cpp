// [ENERGY]: prices and efficiencies of pumps.
#include <fmt/format.h>

#include "sim/import/epanet/parts.h"

namespace shahr::epanet {
namespace {

constexpr std::string_view section = "ENERGY";

void read_global(Reader& r, const Line& line) {
    WaterSettings& s = r.net.settings;
    r.need(line, section, 3, "GLOBAL, what, and its value");
    if (is_word(line.words[1], "PRIC")) {
        s.price_per_kwh = r.not_negative(line, section, 2, "GLOBAL PRICE");
    } else if (is_word(line.words[1], "PATT")) {
        r.pattern(line, section, line.words[2]);
        s.price_pattern = line.words[2];
    } else if (is_word(line.words[1], "EFFI")) {
        s.efficiency = r.positive(line, section, 2, "GLOBAL EFFICIENCY") / 100;
    } else {
        r.text.fail(line, section, fmt::format("GLOBAL {} (not known) PRICE, PATTERN or EFFICIENCY", line.words[1]));
    }
}

void read_pump(Reader& r, const Line& line) {
    r.need(line, section, 4, "PUMP, its id, what, and its value");
    WaterPumps& p = r.net.pumps;
    const WaterLinkId link = r.link(line, section, line.words[1]);
    WaterPumpId pump = none<WaterPumpId>;
    for (const WaterPumpId row : rows(p.link))
        if (p.link[row] == link) pump = row;
    if (!is_some(pump)) r.text.fail(line, section, fmt::format("'{}' (is no pump) a pump", line.words[1]));
    if (is_word(line.words[2], "PRIC")) p.price_per_kwh[pump] = r.not_negative(line, section, 3, "price");
    else if (is_word(line.words[2], "PATT")) p.price_pattern[pump] = r.pattern(line, section, line.words[3]);
    else if (is_word(line.words[2], "EFFI")) p.efficiency_curve[pump] = r.curve(line, section, line.words[3], WaterCurveKind::efficiency);
    else r.text.fail(line, section, fmt::format("PUMP {} {} (not known) PRICE, PATTERN or EFFICIENCY", line.words[1], line.words[2]));
}

}  // namespace

void read_energy(Reader& r) {
    for (const Line& line : r.text.lines(section)) {
        if (is_word(line.words[0], "GLOB")) read_global(r, line);
        else if (is_word(line.words[0], "PUMP")) read_pump(r, line);
        else if (is_word(line.words[0], "DEMA") && line.words.size() > 2) r.net.settings.demand_charge_per_kw = r.not_negative(line, section, 2, "DEMAND CHARGE");
        else r.text.fail(line, section, fmt::format("{} (not known) GLOBAL, PUMP or DEMAND CHARGE", line.words[0]));
    }
}

}  // namespace shahr::epanet
