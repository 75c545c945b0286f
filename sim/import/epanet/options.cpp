// [OPTIONS] and [TIMES]: units, formula, demand model, when it is solved, and over what time.
#include <fmt/format.h>

#include <algorithm>

#include "sim/import/epanet/parts.h"

namespace shahr::epanet {
namespace {

constexpr std::string_view options_section = "OPTIONS", times_section = "TIMES";

std::optional<WaterUnits> flow_units(std::string_view word) {
    for (const WaterUnits units : {WaterUnits::cfs, WaterUnits::gpm, WaterUnits::mgd, WaterUnits::imgd, WaterUnits::afd, WaterUnits::lps, WaterUnits::lpm, WaterUnits::mld, WaterUnits::cmh, WaterUnits::cmd, WaterUnits::cms})
        if (same_word(word, name_of(units))) return units;
    if (same_word(word, "SI")) return WaterUnits::lps;
    return std::nullopt;
}

// What the numbers of a pressure or a flow mean is known only when all options have been read.
struct RawOptions {
    std::optional<double> min_pressure, required_pressure, head_error, flow_change, viscosity;
};

bool is_pair(const Line& line, std::string_view first, std::string_view second) {
    return line.words.size() > 2 && is_word(line.words[0], first) && is_word(line.words[1], second);
}

// Options whose name has two words.
bool read_long_option(Reader& r, RawOptions& raw, const Line& line) {
    WaterSettings& s = r.net.settings;
    const auto value = [&] { return r.not_negative(line, options_section, 2, line.words[0] + " " + line.words[1]); };
    if (is_pair(line, "SPEC", "GRAV")) {
        s.specific_gravity = r.positive(line, options_section, 2, "SPECIFIC GRAVITY");
    } else if (is_pair(line, "BACK", "ALLO")) {
        s.emitter_backflow = !is_word(line.words[2], "NO", 2);
    } else if (is_pair(line, "EMIT", "EXPO")) {
        s.emitter_exponent = r.positive(line, options_section, 2, "EMITTER EXPONENT");
    } else if (is_pair(line, "DEMA", "MODE")) {
        if (is_word(line.words[2], "PDA", 3)) s.demand_model = WaterDemandModel::pressure;
        else if (is_word(line.words[2], "DDA", 3)) s.demand_model = WaterDemandModel::fixed;
        else r.text.fail(line, options_section, fmt::format("DEMAND MODEL = {} (not known) DDA or PDA", line.words[2]));
    } else if (is_pair(line, "DEMA", "MULT")) {
        s.demand_multiplier = value();
    } else if (is_pair(line, "MINI", "PRES")) {
        raw.min_pressure = value();
    } else if (is_pair(line, "REQU", "PRES")) {
        raw.required_pressure = value();
    } else if (is_pair(line, "PRES", "EXPO")) {
        s.pressure_exponent = r.positive(line, options_section, 2, "PRESSURE EXPONENT");
    } else {
        return false;
    }
    return true;
}

void read_pressure_units(Reader& r, const Line& line) {
    using enum PressureUnits;
    for (const PressureUnits units : {psi, kpa, meters, bar, feet})
        if (is_word(line.words[1], name_of(units), 3)) return void(r.net.settings.pressure_units = units);
    r.text.fail(line, options_section, fmt::format("PRESSURE = {} (not known) PSI, KPA, METERS, BAR or FEET", line.words[1]));
}

void read_formula(Reader& r, const Line& line) {
    const std::string& word = line.words[1];
    if (is_word(word, "H-W", 1)) r.net.settings.formula = HeadLossFormula::hazen_williams;
    else if (is_word(word, "D-W", 1)) r.net.settings.formula = HeadLossFormula::darcy_weisbach;
    else if (is_word(word, "C-M", 1)) r.net.settings.formula = HeadLossFormula::chezy_manning;
    else r.text.fail(line, options_section, fmt::format("HEADLOSS = {} (no such formula) H-W, D-W or C-M", word));
}

void read_unbalanced(Reader& r, const Line& line) {
    if (is_word(line.words[1], "STOP")) r.net.settings.extra_trials = -1;
    else if (is_word(line.words[1], "CONT")) r.net.settings.extra_trials = line.words.size() > 2 ? static_cast<std::int32_t>(std::min(1e6, r.not_negative(line, options_section, 2, "UNBALANCED"))) : 0;
    else r.text.fail(line, options_section, fmt::format("UNBALANCED = {} (not known) STOP, or CONTINUE and a number of trials", line.words[1]));
}

std::int32_t whole(Reader& r, const Line& line, double least) {
    const double value = r.number(line, options_section, 1, line.words[0]);
    if (!(value >= least && value <= 1e6)) r.text.fail(line, options_section, fmt::format("{} = {} (out of range) {} to 1000000", line.words[0], line.words[1], least));
    return static_cast<std::int32_t>(value);
}

bool read_short_option(Reader& r, RawOptions& raw, const Line& line) {
    WaterSettings& s = r.net.settings;
    const std::string& name = line.words[0];
    if (is_word(name, "UNIT") || is_word(name, "FLOW_UNITS", 6)) {
        const auto units = flow_units(line.words[1]);
        if (!units) r.text.fail(line, options_section, fmt::format("UNITS = {} (no such unit) CFS, GPM, MGD, IMGD, AFD, LPS, LPM, MLD, CMH, CMD or CMS", line.words[1]));
        s.units = *units;
    } else if (is_word(name, "PRES")) read_pressure_units(r, line);
    else if (is_word(name, "HEADERROR", 5)) raw.head_error = r.not_negative(line, options_section, 1, name);
    else if (is_word(name, "HEAD")) read_formula(r, line);
    else if (is_word(name, "FLOWCHANGE", 5)) raw.flow_change = r.not_negative(line, options_section, 1, name);
    else if (is_word(name, "UNBA")) read_unbalanced(r, line);
    else if (is_word(name, "PATT")) r.default_pattern = line.words[1];
    else if (is_word(name, "VISC")) raw.viscosity = r.positive(line, options_section, 1, name);
    else if (is_word(name, "TRIA")) s.trials = whole(r, line, 1);
    else if (is_word(name, "ACCU")) s.accuracy = std::clamp(r.positive(line, options_section, 1, name), 1e-8, 0.1);
    else if (is_word(name, "CHECKFREQ", 6)) s.check_every = whole(r, line, 1);
    else if (is_word(name, "MAXCHECK", 4)) s.check_until = whole(r, line, 0);
    else if (is_word(name, "DAMP")) s.damp_limit = r.not_negative(line, options_section, 1, name);
    else if (is_word(name, "EMIT")) s.emitter_exponent = r.positive(line, options_section, 1, name);
    else if (is_word(name, "DEMA")) s.demand_multiplier = r.not_negative(line, options_section, 1, name);
    else return false;
    return true;
}

// Options that say nothing about hydraulics, or that EPANET itself no longer reads.
bool is_of_no_concern(std::string_view name) {
    for (const char* known : {"QUAL", "DIFF", "TOLE", "MAP", "HYDR", "SEGM", "VERI", "HTOL", "QTOL", "RQTO"})
        if (is_word(name, known)) return true;
    return false;
}

void settle(Reader& r, const RawOptions& raw) {
    WaterSettings& s = r.net.settings;
    r.units = units_of(s);
    const double length = r.units.length_m;
    if (raw.min_pressure) s.min_pressure_m = *raw.min_pressure * r.units.pressure_m;
    // EPANET's least range of 0.1 in its own units of pressure.
    s.required_pressure_m = std::max(raw.required_pressure ? *raw.required_pressure * r.units.pressure_m : 0.0, s.min_pressure_m + 0.1 * r.units.pressure_m);
    if (raw.head_error) s.head_error_m = *raw.head_error * length;
    if (raw.flow_change) s.flow_change_m3s = *raw.flow_change * r.units.flow_m3s;
    constexpr double water = 1.1e-5 * foot_m * foot_m;
    // A viscosity above 1e-3 is relative to water at 20 degC; else it is in ft2/s or m2/s.
    if (raw.viscosity) s.viscosity_m2s = *raw.viscosity > 1e-3 ? *raw.viscosity * water : *raw.viscosity * length * length;
}

// EPANET's own adjustments: no step is longer than those it is part of.
void settle_steps(WaterSettings& s) {
    if (s.report_step <= Duration{0}) s.report_step = s.pattern_step;
    if (s.hydraulic_step <= Duration{0}) s.hydraulic_step = s.pattern_step;
    s.hydraulic_step = std::min({s.hydraulic_step, s.pattern_step, s.report_step});
    if (s.report_start > s.duration) s.report_start = Duration{0};
    if (s.rule_step <= Duration{0}) s.rule_step = std::max<Duration>(std::chrono::seconds{1}, std::chrono::floor<std::chrono::seconds>(s.hydraulic_step / 10));
    s.rule_step = std::min(s.rule_step, s.hydraulic_step);
}

Duration* time_named(WaterSettings& s, const Line& line) {
    const std::string& name = line.words[0];
    const std::string& second = line.words[1];
    if (is_word(name, "DURA")) return &s.duration;
    if (is_word(name, "HYDR")) return &s.hydraulic_step;
    if (is_word(name, "RULE")) return &s.rule_step;
    if (is_word(name, "PATT")) return is_word(second, "TIME") ? &s.pattern_step : is_word(second, "STAR") ? &s.pattern_start : nullptr;
    if (is_word(name, "REPO")) return is_word(second, "TIME") ? &s.report_step : is_word(second, "STAR") ? &s.report_start : nullptr;
    if (is_word(name, "STAR")) return &s.start_clock;
    return nullptr;
}

}  // namespace

void read_options(Reader& r) {
    RawOptions raw;
    std::int64_t others = 0;
    for (const Line& line : r.text.lines(options_section)) {
        if (line.words.size() < 2) continue;
        if (read_long_option(r, raw, line) || read_short_option(r, raw, line)) continue;
        if (!is_of_no_concern(line.words[0])) r.text.fail(line, options_section, fmt::format("{} (no such option) one of EPANET's options, as UNITS or HEADLOSS", line.words[0]));
        ++others;
    }
    settle(r, raw);
    r.report.dropped(others, "options", "of water quality, maps and files: not simulated");
}

void read_times(Reader& r) {
    WaterSettings& s = r.net.settings;
    for (const Line& line : r.text.lines(times_section)) {
        const auto& w = line.words;
        if (w.size() < 2 || is_word(w[0], "STAT") || is_word(w[0], "QUAL")) continue;
        Duration* const into = time_named(s, line);
        if (!into) r.text.fail(line, times_section, fmt::format("{} (no such time) one of EPANET's, as DURATION or HYDRAULIC TIMESTEP", fmt::join(w, " ")));
        // The value is the last word, or the one before a unit.
        const bool with_unit = w.size() > 2 && !parse_number(w.back()) && w.back().find(':') == w.back().npos;
        const std::size_t at = w.size() - (with_unit ? 2 : 1);
        const auto time = parse_time(w[at], with_unit ? w.back() : "");
        if (!time) r.text.fail(line, times_section, fmt::format("{} = {} (not a time) as 1:30, 90 MIN or 6 AM", w[0], fmt::join(w.begin() + static_cast<std::ptrdiff_t>(at), w.end(), " ")));
        *into = *time;
    }
    if (s.pattern_step <= Duration{0}) s.pattern_step = std::chrono::hours{1};
    s.start_clock %= std::chrono::hours{24};
    settle_steps(s);
}

}  // namespace shahr::epanet
