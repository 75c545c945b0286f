#include "sim/export/epanet_export.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <set>

#include "sim/base/error.h"
#include "sim/city/water_units.h"

namespace shahr {
namespace {

std::string clock(double seconds) {
    const auto s = static_cast<std::int64_t>(seconds + 0.5);
    return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}
std::string clock(Duration time) {
    return clock(seconds(time));
}

bool can_be_read(const std::string& id) {
    return !id.empty() && id.size() <= 31 && id.find_first_of(" \t,;\"[") == id.npos;
}

// Ids as EPANET can read them, each once.
template <class Id>
Column<Id, std::string> readable(const Column<Id, std::string>& ids, std::string_view letter, std::int64_t& replaced) {
    std::set<std::string> taken;
    for (const std::string& id : ids)
        if (can_be_read(id)) taken.insert(id);
    Column<Id, std::string> out;
    for (const std::string& id : ids) {
        std::string name = id;
        if (!can_be_read(id)) {
            name = fmt::format("{}{}", letter, out.size() + 1);
            while (!taken.insert(name).second) name += '_';
            ++replaced;
        }
        out.push_back(std::move(name));
    }
    return out;
}

class Writer {
public:
    Writer(const City& city, ImportReport& report) : city_(city), net_(city.water), s_(city.water.settings), u_(units_of(s_)) {
        std::int64_t replaced = 0;
        nodes_ = readable(net_.nodes.id, "n", replaced);
        links_ = readable(net_.links.id, "l", replaced);
        patterns_ = readable(net_.patterns.id, "p", replaced);
        curves_ = readable(net_.curves.id, "c", replaced);
        rules_ = readable(net_.rules.id, "r", replaced);
        report.dropped(replaced, "ids", "replaced by numbers: EPANET cannot read them");
        std::int64_t valves = 0;
        for (const auto* column : {&net_.links.valve_from, &net_.links.valve_to})
            for (const std::uint8_t valve : *column) valves += valve;
        report.dropped(valves, "isolation valves", "EPANET has no word for them");
        report.kept(std::ssize(nodes_.vector()), "nodes");
        report.kept(std::ssize(links_.vector()), "links");
    }

    std::string text() {
        title();
        junctions();
        sources();
        pipes();
        pumps();
        valves();
        demands();
        status();
        patterns();
        curves();
        controls();
        rules();
        energy();
        emitters();
        leakage();
        times();
        options();
        places();
        say("[END]");
        return std::move(out_);
    }

private:
    template <class... Args>
    void say(fmt::format_string<Args...> format, const Args&... args) {
        fmt::vformat_to(std::back_inserter(out_), fmt::string_view(format), fmt::make_format_args(args...));
        out_ += '\n';
    }
    void section(std::string_view name) { say("\n[{}]", name); }
    double length(double m) const { return m / u_.length_m; }
    double setting(WaterLinkId link, double value) const { return value / setting_unit(net_.links.kind[link]); }
    double setting_unit(WaterLinkKind kind) const {
        using enum WaterLinkKind;
        if (kind == prv || kind == psv || kind == pbv) return u_.pressure_m;
        return kind == fcv ? u_.flow_m3s : kind == pcv ? 0.01 : 1;
    }

    void title() {
        say("[TITLE]\n{}", s_.title.empty() ? city_.name : s_.title);
    }
    void junctions() {
        section("JUNCTIONS");
        for (const WaterNodeId node : rows(net_.nodes.id))
            if (net_.nodes.kind[node] == WaterNodeKind::junction) say("{} {}", nodes_[node], length(net_.nodes.elevation_m[node]));
    }
    void sources() {
        section("RESERVOIRS");
        for (const WaterNodeId node : rows(net_.nodes.id))
            if (net_.nodes.kind[node] == WaterNodeKind::reservoir)
                say("{} {} {}", nodes_[node], length(net_.nodes.elevation_m[node]), is_some(net_.nodes.head_pattern[node]) ? patterns_[net_.nodes.head_pattern[node]] : "");
        section("TANKS");
        const WaterTanks& t = net_.tanks;
        for (const WaterTankId tank : rows(t.node))
            say("{} {} {} {} {} {} {} {} {}", nodes_[t.node[tank]], length(net_.nodes.elevation_m[t.node[tank]]), length(t.initial_level_m[tank]), length(t.min_level_m[tank]), length(t.max_level_m[tank]),
                length(t.diameter_m[tank]), t.min_volume_m3[tank] / std::pow(u_.length_m, 3), is_some(t.volume_curve[tank]) ? curves_[t.volume_curve[tank]] : "*", t.overflow[tank] ? "YES" : "NO");
    }
    std::string ends(WaterLinkId link) const { return fmt::format("{} {} {}", links_[link], nodes_[net_.links.from[link]], nodes_[net_.links.to[link]]); }
    void pipes() {
        section("PIPES");
        const WaterLinks& l = net_.links;
        for (const WaterLinkId link : rows(l.id))
            if (l.kind[link] == WaterLinkKind::pipe)
                say("{} {} {} {} {} {}", ends(link), length(l.length_m[link]), l.diameter_m[link] / u_.diameter_m, l.roughness[link] / (s_.formula == HeadLossFormula::darcy_weisbach ? u_.height_m : 1.0), l.minor_loss[link],
                    l.check_valve[link] ? "CV" : l.status[link] == WaterStatus::closed ? "CLOSED" : "OPEN");
    }
    void pumps() {
        section("PUMPS");
        const WaterPumps& p = net_.pumps;
        for (const WaterPumpId pump : rows(p.link))
            say("{} {} SPEED {}{}", ends(p.link[pump]), is_some(p.head_curve[pump]) ? "HEAD " + curves_[p.head_curve[pump]] : fmt::format("POWER {}", p.power_w[pump] / u_.power_w), p.speed[pump],
                is_some(p.speed_pattern[pump]) ? " PATTERN " + patterns_[p.speed_pattern[pump]] : "");
    }
    void valves() {
        section("VALVES");
        const WaterLinks& l = net_.links;
        for (const WaterLinkId link : rows(l.id)) {
            if (l.kind[link] <= WaterLinkKind::pump) continue;
            const bool by_curve = l.kind[link] == WaterLinkKind::gpv;
            const std::string value = by_curve ? curves_[l.curve[link]] : fmt::format("{}", std::isnan(l.setting[link]) ? 0.0 : setting(link, l.setting[link]));
            say("{} {} {} {} {}{}", ends(link), l.diameter_m[link] / u_.diameter_m, upper(name_of(l.kind[link])), value, l.minor_loss[link], !by_curve && is_some(l.curve[link]) ? " " + curves_[l.curve[link]] : "");
        }
    }
    static std::string upper(std::string_view word) {
        std::string out(word);
        for (char& c : out) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
        return out;
    }
    void demands() {
        section("DEMANDS");
        const WaterDemands& d = net_.demands;
        for (const WaterDemandId demand : rows(d.node))
            say("{} {} {}{}", nodes_[d.node[demand]], d.base_m3s[demand] / u_.flow_m3s, is_some(d.pattern[demand]) ? patterns_[d.pattern[demand]] : "", d.category[demand].empty() ? "" : " ;" + d.category[demand]);
    }
    void status() {
        section("STATUS");
        const WaterLinks& l = net_.links;
        for (const WaterLinkId link : rows(l.id)) {
            if (l.kind[link] == WaterLinkKind::pipe) continue;
            if (l.status[link] == WaterStatus::closed) say("{} CLOSED", links_[link]);
            else if (l.kind[link] > WaterLinkKind::pump && l.status[link] == WaterStatus::open) say("{} OPEN", links_[link]);
        }
    }
    void patterns() {
        section("PATTERNS");
        for (const WaterPatternId pattern : rows(net_.patterns.id))
            for (const double factor : net_.patterns.factor[pattern]) say("{} {}", patterns_[pattern], factor);
    }
    void curves() {
        section("CURVES");
        const WaterCurves& c = net_.curves;
        for (const WaterCurveId curve : rows(c.id)) {
            double x = 1, y = 1;
            switch (c.kind[curve]) {
                case WaterCurveKind::pump_head:
                case WaterCurveKind::head_loss: x = u_.flow_m3s, y = u_.length_m; break;
                case WaterCurveKind::efficiency: x = u_.flow_m3s, y = 0.01; break;
                case WaterCurveKind::volume: x = u_.length_m, y = std::pow(u_.length_m, 3); break;
                case WaterCurveKind::opening: x = y = 0.01; break;
                case WaterCurveKind::unused: break;
            }
            for (std::size_t i = 0; i < c.x[curve].size(); ++i) say("{} {} {}", curves_[curve], c.x[curve][i] / x, c.y[curve][i] / y);
        }
    }
    std::string command(WaterLinkId link, WaterStatus status, double value) const {
        const bool switches = std::isnan(value) || (net_.links.kind[link] == WaterLinkKind::pump && value == (status == WaterStatus::closed ? 0.0 : 1.0));
        return switches ? upper(name_of(status)) : fmt::format("{}", setting(link, value));
    }
    void controls() {
        section("CONTROLS");
        const WaterControls& c = net_.controls;
        for (const WaterControlId at : rows(c.link)) {
            const std::string head = fmt::format("LINK {} {}", links_[c.link[at]], command(c.link[at], c.status[at], c.setting[at]));
            if (!is_some(c.node[at])) {
                say("{} AT {} {}", head, c.trigger[at] == WaterTrigger::clock ? "CLOCKTIME" : "TIME", clock(c.time[at]));
                continue;
            }
            const double unit = net_.nodes.kind[c.node[at]] == WaterNodeKind::junction ? u_.pressure_m : u_.length_m;
            say("{} IF NODE {} {} {}", head, nodes_[c.node[at]], c.trigger[at] == WaterTrigger::above ? "ABOVE" : "BELOW", c.level_m[at] / unit);
        }
    }
    std::string premise(WaterPremiseId at) const {
        using enum WaterQuantity;
        const WaterPremises& p = net_.premises;
        const WaterQuantity q = p.quantity[at];
        static constexpr std::string_view names[] = {"DEMAND", "HEAD", "PRESSURE", "LEVEL", "FLOW", "STATUS", "SETTING", "FILLTIME", "DRAINTIME", "TIME", "CLOCKTIME"};
        static constexpr std::string_view relations[] = {"=", "<>", "<=", ">=", "<", ">"};
        const std::string what = is_some(p.node[at]) ? "NODE " + nodes_[p.node[at]] : is_some(p.link[at]) ? "LINK " + links_[p.link[at]] : "SYSTEM";
        std::string value;
        if (q == time || q == WaterQuantity::clock) value = shahr::clock(p.value[at]);
        else if (q == WaterQuantity::status) value = upper(name_of(static_cast<WaterStatus>(static_cast<int>(p.value[at]))));
        else value = fmt::format("{}", p.value[at] / premise_unit(q, p.link[at]));
        return fmt::format("{} {} {} {}", what, names[static_cast<std::size_t>(q)], relations[static_cast<std::size_t>(p.relation[at])], value);
    }
    double premise_unit(WaterQuantity q, WaterLinkId link) const {
        using enum WaterQuantity;
        if (q == demand || q == flow) return u_.flow_m3s;
        if (q == head || q == level) return u_.length_m;
        if (q == pressure) return u_.pressure_m;
        if (q == fill_time || q == drain_time) return 3600;
        return q == WaterQuantity::setting ? setting_unit(net_.links.kind[link]) : 1;
    }
    std::string action(WaterActionId at) const {
        const WaterActions& a = net_.actions;
        const bool switches = std::isnan(a.setting[at]);
        return fmt::format("LINK {} {} = {}", links_[a.link[at]], switches ? "STATUS" : "SETTING", switches ? upper(name_of(a.status[at])) : fmt::format("{}", setting(a.link[at], a.setting[at])));
    }
    void rules() {
        section("RULES");
        for (const WaterRuleId rule : rows(net_.rules.id)) {
            say("RULE {}", rules_[rule]);
            bool first = true;
            for (const WaterPremiseId p : rows(net_.premises.rule))
                if (net_.premises.rule[p] == rule) say("{} {}", std::exchange(first, false) ? "IF" : net_.premises.alternative[p] ? "OR" : "AND", premise(p));
            for (const bool otherwise : {false, true}) {
                first = true;
                for (const WaterActionId a : rows(net_.actions.rule))
                    if (net_.actions.rule[a] == rule && (net_.actions.otherwise[a] != 0) == otherwise) say("{} {}", std::exchange(first, false) ? (otherwise ? "ELSE" : "THEN") : "AND", action(a));
            }
            if (net_.rules.priority[rule] != 0) say("PRIORITY {}", net_.rules.priority[rule]);
            say("");
        }
    }
    void energy() {
        section("ENERGY");
        say("GLOBAL EFFICIENCY {}\nGLOBAL PRICE {}\nDEMAND CHARGE {}", s_.efficiency * 100, s_.price_per_kwh, s_.demand_charge_per_kw);
        for (const WaterPatternId pattern : rows(net_.patterns.id))
            if (!s_.price_pattern.empty() && net_.patterns.id[pattern] == s_.price_pattern) say("GLOBAL PATTERN {}", patterns_[pattern]);
        const WaterPumps& p = net_.pumps;
        for (const WaterPumpId pump : rows(p.link)) {
            const std::string& id = links_[p.link[pump]];
            if (is_some(p.efficiency_curve[pump])) say("PUMP {} EFFICIENCY {}", id, curves_[p.efficiency_curve[pump]]);
            if (!std::isnan(p.price_per_kwh[pump])) say("PUMP {} PRICE {}", id, p.price_per_kwh[pump]);
            if (is_some(p.price_pattern[pump])) say("PUMP {} PATTERN {}", id, patterns_[p.price_pattern[pump]]);
        }
    }
    void emitters() {
        section("EMITTERS");
        for (const WaterNodeId node : rows(net_.nodes.id))
            if (net_.nodes.emitter[node] > 0) say("{} {}", nodes_[node], net_.nodes.emitter[node] / u_.flow_m3s * std::pow(u_.pressure_m, s_.emitter_exponent));
    }
    void leakage() {
        const WaterLinks& l = net_.links;
        bool any = false;
        for (const WaterLinkId link : rows(l.id)) {
            if (l.leak_area_m[link] == 0 && l.leak_growth[link] == 0) continue;
            if (!std::exchange(any, true)) section("LEAKAGE");
            say("{} {} {}", links_[link], l.leak_area_m[link] * 1e6 * 100 * u_.length_m, l.leak_growth[link] * 1e6 * 100 * u_.length_m);
        }
    }
    void times() {
        section("TIMES");
        say("DURATION {}\nHYDRAULIC TIMESTEP {}\nPATTERN TIMESTEP {}\nPATTERN START {}\nREPORT TIMESTEP {}\nREPORT START {}\nRULE TIMESTEP {}\nSTART CLOCKTIME {}", clock(s_.duration), clock(s_.hydraulic_step), clock(s_.pattern_step),
            clock(s_.pattern_start), clock(s_.report_step), clock(s_.report_start), clock(s_.rule_step), clock(s_.start_clock));
    }
    void options() {
        section("OPTIONS");
        static constexpr std::string_view formulas[] = {"H-W", "D-W", "C-M"};
        say("UNITS {}\nHEADLOSS {}\nSPECIFIC GRAVITY {}\nVISCOSITY {}\nDEMAND MULTIPLIER {}", name_of(s_.units), formulas[static_cast<std::size_t>(s_.formula)], s_.specific_gravity, s_.viscosity_m2s / (1.1e-5 * foot_m * foot_m), s_.demand_multiplier);
        if (s_.pressure_units != PressureUnits::by_flow) say("PRESSURE {}", name_of(s_.pressure_units));
        say("TRIALS {}\nACCURACY {}\nCHECKFREQ {}\nMAXCHECK {}\nDAMPLIMIT {}", s_.trials, s_.accuracy, s_.check_every, s_.check_until, s_.damp_limit);
        if (s_.extra_trials < 0) say("UNBALANCED STOP");
        else say("UNBALANCED CONTINUE {}", s_.extra_trials);
        if (s_.head_error_m > 0) say("HEADERROR {}", length(s_.head_error_m));
        if (s_.flow_change_m3s > 0) say("FLOWCHANGE {}", s_.flow_change_m3s / u_.flow_m3s);
        say("DEMAND MODEL {}\nMINIMUM PRESSURE {}\nREQUIRED PRESSURE {}\nPRESSURE EXPONENT {}\nEMITTER EXPONENT {}", s_.demand_model == WaterDemandModel::pressure ? "PDA" : "DDA", s_.min_pressure_m / u_.pressure_m, s_.required_pressure_m / u_.pressure_m, s_.pressure_exponent, s_.emitter_exponent);
        if (!s_.emitter_backflow) say("BACKFLOW ALLOWED NO");
        // No pattern of this name: demands without one are constant.
        std::string none = "none";
        for (bool again = true; again;) {
            again = false;
            for (const std::string& id : patterns_)
                if (id == none) none += '_', again = true;
        }
        say("PATTERN {}", none);
    }
    void places() {
        section("COORDINATES");
        for (const WaterNodeId node : rows(net_.nodes.id))
            if (const Point p = net_.nodes.position[node]; !std::isnan(p.x_m)) say("{} {} {}", nodes_[node], p.x_m, p.y_m);
        section("VERTICES");
        for (const WaterLinkId link : rows(net_.links.id))
            for (const Point p : net_.links.shape[link]) say("{} {} {}", links_[link], p.x_m, p.y_m);
        say("");
    }

    const City& city_;
    const WaterNetwork& net_;
    const WaterSettings& s_;
    UnitsOfWater u_;
    Column<WaterNodeId, std::string> nodes_;
    Column<WaterLinkId, std::string> links_;
    Column<WaterPatternId, std::string> patterns_;
    Column<WaterCurveId, std::string> curves_;
    Column<WaterRuleId, std::string> rules_;
    std::string out_;
};

}  // namespace

std::string export_epanet(const City& city, ImportReport& report) {
    if (city.water.nodes.id.empty()) throw InputError(fmt::format("{} (has no water network) a city with one", city.name));
    return Writer(city, report).text();
}

}  // namespace shahr
