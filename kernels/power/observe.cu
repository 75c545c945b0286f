#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "kernels/power/engine.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

constexpr double none_known = std::numeric_limits<double>::quiet_NaN();
constexpr double degree_per_rad = 180 / std::numbers::pi;

// One lane of a solution.
class Lane {
public:
    Lane(const PowerGrid& grid, const Shown& shown) : grid_(grid), shown_(shown), host_(shown.solution->host()), phases_(shown.study->phases()), nodes_(shown.study->network().size()) {}

    int phases() const { return phases_; }
    bool solved() const { return shown_.converged(); }
    Index rank(BusId bus) const { return shown_.study->network().rank_of_bus[row(bus)]; }
    Complex sequence(Index rank, Index s) const {
        const Index rows = nodes_ * 2 * phases_, at = phases_ == 1 ? 2 * rank : 6 * rank + 2 * s;
        return {host_.voltage[shown_.solution->place_of(rows, at, shown_.lane)], host_.voltage[shown_.solution->place_of(rows, at + 1, shown_.lane)]};
    }
    Complex voltage(Index rank, int phase) const {
        if (phases_ == 1) return sequence(rank, positive_sequence);
        const Complex a = std::polar(1.0, 2 * std::numbers::pi / 3), turn = phase == 0 ? 1.0 : phase == 1 ? std::conj(a) : a;
        return sequence(rank, 0) + turn * sequence(rank, 1) + std::conj(turn) * sequence(rank, 2);
    }
    double flow(BranchId branch, int phase, Index part) const {
        const Index rows = static_cast<Index>(grid_.branches.id.size()) * phases_ * flow_parts;
        return host_.flows[shown_.solution->place_of(rows, (number(branch) * phases_ + phase) * flow_parts + part, shown_.lane)] * grid_.base_power_va / phases_;
    }
    double extra(BranchId branch, Index part) const {
        const Index parts = branch_parts(phases_), rows = static_cast<Index>(grid_.branches.id.size()) * parts;
        return host_.extra[shown_.solution->place_of(rows, number(branch) * parts + part, shown_.lane)];
    }
    double total_w(TotalRow row) const { return shown_.total(row) * grid_.base_power_va; }
    double generation_w() const { return shown_.study->generation_pu() * grid_.base_power_va; }
    const Convergence& convergence() const { return shown_.convergence(); }
    // What the generators that hold a voltage at a node feed in together, W and var.
    Complex fed(std::size_t source) const {
        const auto rows = static_cast<Index>(2 * shown_.study->sources().size()), at = static_cast<Index>(2 * source);
        const auto& values = shown_.solution->host_fed();
        return Complex(values[shown_.solution->place_of(rows, at, shown_.lane)], values[shown_.solution->place_of(rows, at + 1, shown_.lane)]) * grid_.base_power_va;
    }
    const std::vector<Index>& sources() const { return shown_.study->sources(); }
    bool regulates() const { return !shown_.study->changers().empty(); }
    std::vector<std::int32_t> tap_positions() const { return shown_.study->tap_positions(*shown_.solution, shown_.lane); }

private:
    const PowerGrid& grid_;
    const Shown& shown_;
    const Solution::Host& host_;
    int phases_;
    Index nodes_;
};

template <class T>
void add(Frame& frame, const char* name, const char* long_name, const char* unit, RowKind rows, std::vector<T> values, int phases = 1) {
    if (values.empty()) return;                // a file has no axes of no length
    frame.fields.push_back({"power", name, long_name, unit, rows, CellMethod::point, std::move(values), static_cast<std::uint8_t>(phases)});
}

void observe_buses(Frame& frame, const PowerGrid& grid, const Lane& lane) {
    std::vector<double> magnitude, angle, unbalance;
    std::vector<std::int32_t> energised;
    for (BusId bus : rows(grid.buses.id)) {
        const Index k = lane.rank(bus);
        energised.push_back(k >= 0);
        for (int phase = 0; phase < lane.phases(); ++phase) {
            const Complex v = k >= 0 ? lane.voltage(k, phase) : 0;
            magnitude.push_back(k < 0 ? 0 : lane.solved() ? std::abs(v) : none_known);
            angle.push_back(k >= 0 && lane.solved() ? std::arg(v) * degree_per_rad : none_known);
        }
        if (lane.phases() == 3) unbalance.push_back(k >= 0 && lane.solved() ? std::abs(lane.sequence(k, negative_sequence)) / std::abs(lane.sequence(k, positive_sequence)) : none_known);
    }
    add(frame, "voltage_magnitude", "voltage, per unit of the bus's base voltage; 0 where the bus is dead", "pu", RowKind::bus, std::move(magnitude), lane.phases());
    add(frame, "voltage_angle", "angle of the voltage", "degree", RowKind::bus, std::move(angle), lane.phases());
    if (lane.phases() == 3) add(frame, "unbalance", "negative over positive sequence voltage", "1", RowKind::bus, std::move(unbalance));
    add(frame, "energised", "1: branches lead to it from a source", "1", RowKind::bus, std::move(energised));
}

void observe_branches(Frame& frame, const PowerGrid& grid, const Lane& lane) {
    std::vector<double> part[flow_parts], loading, losses, neutral;
    for (BranchId b : rows(grid.branches.id)) {
        const bool known = lane.solved() && grid.branches.kind[b] != BranchKind::bus_switch;
        double loss = 0;
        for (int phase = 0; phase < lane.phases(); ++phase) {
            for (Index i = 0; i < flow_parts; ++i) part[i].push_back(known ? lane.flow(b, phase, i) : none_known);
            if (known) loss += lane.flow(b, phase, 0) + lane.flow(b, phase, 2);
        }
        const bool rated = grid.branches.rated_power_va[b] > 0 || grid.branches.rated_current_from_a[b] > 0 || grid.branches.rated_current_to_a[b] > 0;
        loading.push_back(known && rated ? lane.extra(b, 0) : none_known);
        losses.push_back(known ? loss : none_known);
        const auto amperes = [&](double pu, BusId bus) { return grid.buses.base_voltage_v[bus] > 0 ? pu * grid.base_power_va / (std::numbers::sqrt3 * grid.buses.base_voltage_v[bus]) : none_known; };
        neutral.push_back(known && lane.phases() == 3 ? std::fmax(amperes(lane.extra(b, 1), grid.branches.from[b]), amperes(lane.extra(b, 2), grid.branches.to[b])) : none_known);
    }
    add(frame, "active_power_from", "active power into the branch at its beginning", "W", RowKind::branch, std::move(part[0]), lane.phases());
    add(frame, "reactive_power_from", "reactive power into the branch at its beginning", "var", RowKind::branch, std::move(part[1]), lane.phases());
    add(frame, "active_power_to", "active power into the branch at its end", "W", RowKind::branch, std::move(part[2]), lane.phases());
    add(frame, "reactive_power_to", "reactive power into the branch at its end", "var", RowKind::branch, std::move(part[3]), lane.phases());
    add(frame, "loading", "greatest share of a rating at either end; none where there is no rating", "1", RowKind::branch, std::move(loading));
    add(frame, "losses", "active power that stays in the branch", "W", RowKind::branch, std::move(losses));
    if (lane.phases() == 3) add(frame, "neutral_current", "sum of the phases' currents, at the end where it is larger", "A", RowKind::branch, std::move(neutral));
}

// As MATPOWER shares it out (pfsoln.m): reactive power by the widths of the generators' ranges, evenly where these are not known;
// a slack node's active power to the first of its slacks, less what the others there give.
void share_out(const PowerGrid& grid, const std::vector<GeneratorId>& together, Complex fed, std::vector<double>& active, std::vector<double>& reactive) {
    const Generators& g = grid.generators;
    double least = 0, range = 0, others = 0;
    for (GeneratorId at : together) {
        least += g.min_reactive_power_var[at];
        range += g.max_reactive_power_var[at] - g.min_reactive_power_var[at];
        others += g.active_power_w[at];
    }
    const GeneratorId first = together.front();
    for (GeneratorId at : together) {
        const double share = (g.max_reactive_power_var[at] - g.min_reactive_power_var[at]) / range;
        const bool by_range = std::isfinite(least) && std::isfinite(range) && range > 0;
        reactive[row(at)] = by_range ? g.min_reactive_power_var[at] + share * (fed.imag() - least) : fed.imag() / static_cast<double>(together.size());
        active[row(at)] = g.active_power_w[at];
    }
    if (g.kind[first] == GeneratorKind::slack) active[row(first)] = fed.real() - (others - g.active_power_w[first]);
}

void observe_generators(Frame& frame, const PowerGrid& grid, const Lane& lane) {
    const Generators& g = grid.generators;
    std::vector<double> active(g.id.size(), 0), reactive(active);
    std::map<Index, std::vector<GeneratorId>> holding;     // by rank; slacks first
    for (const GeneratorKind kind : {GeneratorKind::slack, GeneratorKind::voltage, GeneratorKind::power})
        for (GeneratorId at : rows(g.id)) {
            const Index k = lane.rank(g.bus[at]);
            if (g.kind[at] != kind || !g.in_service[at] || k < 0) continue;
            active[row(at)] = g.active_power_w[at];
            reactive[row(at)] = g.reactive_power_var[at];
            if (kind != GeneratorKind::power) holding[k].push_back(at);
        }
    for (std::size_t s = 0; s < lane.sources().size(); ++s) share_out(grid, holding.at(lane.sources()[s]), lane.fed(s), active, reactive);
    if (!lane.solved()) active.assign(active.size(), none_known), reactive = active;
    add(frame, "generator_active_power", "active power that the generator feeds in", "W", RowKind::generator, std::move(active));
    add(frame, "generator_reactive_power", "reactive power that the generator feeds in", "var", RowKind::generator, std::move(reactive));
}

void observe_taps(Frame& frame, const Lane& lane) {
    const std::vector<std::int32_t> found = lane.tap_positions();
    add(frame, "tap_position", "position of the tap changer; as built where it does not regulate", "1", RowKind::transformer, std::vector<double>(found.begin(), found.end()));
}

void observe_whole(Frame& frame, const PowerGrid& grid, const Lane& lane, const Outage& outage) {
    const auto whole = [&](const char* name, const char* long_name, const char* unit, double value) { add(frame, name, long_name, unit, RowKind::whole, std::vector<double>{value}); };
    const auto known = [&](double value) { return lane.solved() ? value : none_known; };
    const double generation = lane.generation_w(), load = lane.total_w(total_load_p) + generation, supply = lane.total_w(total_slack_p);
    whole("total_load", "active power of all loads that are fed", "W", known(load));
    whole("total_supply", "active power from the slacks", "W", known(supply));
    whole("total_generation", "active power of the other generators", "W", known(generation));
    whole("total_losses", "active power that stays in the branches", "W", known(lane.total_w(total_loss_p)));
    whole("total_shunts", "active power of the shunts", "W", known(lane.total_w(total_shunt_p)));
    whole("imbalance", "supply and generation less loads, losses and shunts", "W", known(supply + generation - load - lane.total_w(total_loss_p) - lane.total_w(total_shunt_p)));
    whole("not_served", "active power of the loads that are dead", "W", lane.total_w(total_not_served));
    double customers = 0;
    for (double c : grid.loads.customers) customers += c;
    whole("customers_interrupted", "share of the customers without supply", "1", customers > 0 ? outage.customers / customers : 0);
    const auto count = [&](const char* name, const char* long_name, double value) { add(frame, name, long_name, "1", RowKind::whole, std::vector<std::int32_t>{static_cast<std::int32_t>(value)}); };
    count("buses_low", "buses below their least voltage", lane.solved() ? lane.total_w(total_low) / grid.base_power_va : fill_count);
    count("buses_high", "buses above their greatest voltage", lane.solved() ? lane.total_w(total_high) / grid.base_power_va : fill_count);
    count("branches_overloaded", "branches beyond their rating", lane.solved() ? lane.total_w(total_overloaded) / grid.base_power_va : fill_count);
    count("sources_beyond_limits", "buses whose generators would have to pass their reactive limits to hold the voltage", lane.solved() ? lane.total_w(total_beyond_q) / grid.base_power_va : fill_count);
    count("converged", "1: the solution was found", lane.solved());
    count("iterations", "rounds of the solver", lane.convergence().iterations);
}

}  // namespace

void observe_grid(Frame& frame, const PowerGrid& grid, const Shown& shown, const Outage& outage) {
    const Lane lane(grid, shown);
    observe_buses(frame, grid, lane);
    observe_branches(frame, grid, lane);
    observe_generators(frame, grid, lane);
    if (lane.regulates()) observe_taps(frame, lane);
    observe_whole(frame, grid, lane, outage);
}

// Of the state at the start no interval is known.
void observe_violation(Frame& frame, Violation kind, const Shown& shown, std::vector<double> seconds) {
    static constexpr const char* names[] = {"undervoltage_time", "overvoltage_time", "overload_time"};
    static constexpr const char* long_names[] = {"time below the bus's least voltage", "time above the bus's greatest voltage", "time with more than the branch's rating"};
    if (seconds.empty()) return;
    if (shown.step_s == 0) seconds.assign(seconds.size(), none_known);
    frame.fields.push_back({"power", names[kind], long_names[kind], "s", kind == overload ? RowKind::branch : RowKind::bus, CellMethod::sum, std::move(seconds)});
}

void indicators_of(std::vector<Kpi>& kpis, const PowerGrid& grid, const Account& a) {
    double customers = 0;
    for (double c : grid.loads.customers) customers += c;
    const auto add = [&](const char* name, const char* long_name, const char* unit, double value, bool lower = true) { kpis.push_back({name, long_name, unit, lower, value}); };
    constexpr double hour_s = 3600;
    if (a.seconds > 0) {
        add("power_energy_delivered", "energy that the grid's loads have drawn", "J", a.load_j);
        add("power_losses", "energy lost in branches and shunts", "J", a.loss_j);
        add("power_loss_share", "losses over what was fed into the grid", "1", a.supply_j > 0 ? a.loss_j / a.supply_j : none_known);
        add("power_not_served", "energy that loads without supply have not had", "J", a.not_served_j);
        add("power_peak", "greatest load of the whole grid", "W", a.peak_w);
        add("voltage_violation", "time of buses outside their limits, summed over the buses", "h", (a.low_bus_s + a.high_bus_s) / hour_s);
        add("overload", "time of branches beyond their rating, summed over the branches", "h", a.overload_s / hour_s);
        add("reactive_violation", "time of generators that would have to pass their reactive limits, summed over their buses", "h", a.beyond_q_s / hour_s);
        add("saidi", "interruption per customer (IEEE 1366)", "h", customers > 0 ? a.customer_s / customers / hour_s : none_known);
        add("saifi", "interruptions per customer (IEEE 1366)", "1", customers > 0 ? a.interruptions / customers : none_known);
    }
    const bool any = a.solved > 0;
    add("voltage_min", "least voltage of a live bus, per unit", "pu", any ? a.least_pu : none_known, false);
    add("voltage_max", "greatest voltage of a bus, per unit", "pu", any ? a.most_pu : none_known);
    add("loading_max", "greatest loading of a branch", "1", any ? a.most_loading : none_known);
    add("power_imbalance", "greatest error of the power balance, of the base power", "1", any ? a.worst_imbalance_pu : none_known);
    add("power_unsolved", "states of the grid without a solution", "1", static_cast<double>(a.failed));
}

}  // namespace shahr::SHAHR_BACKEND::power
