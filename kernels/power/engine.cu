#include "kernels/power/engine.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/error.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

constexpr int steps_at_once = 24;
constexpr std::size_t studies_kept = 64;
constexpr int most_tap_rounds = 100;

StudyOptions study_options(const PowerGrid& grid, const PowerOptions& options) {
    StudyOptions study;
    study.phases = options.phases != 0 ? options.phases : phases_of(grid);
    study.reactive_limits = options.enforce_reactive_limits;
    study.method = options.solver == "sweep" ? Method::sweep : options.solver == "newton" ? Method::newton : Method::automatic;
    if (study.phases == 3) {
        if (study.method == Method::newton) throw InputError("power.solver = \"newton\" (three phases are solved by the sweep) \"auto\"");
        for (BranchId b : rows(grid.branches.id))
            if (grid.branches.in_service[b] && std::isnan(grid.branches.zero_resistance_pu[b]))
                throw InputError("branch '" + grid.branches.id[b] + "': zero_resistance_pu (not given) the zero sequence of every branch, or power.phases = 1");
    }
    return study;
}

Duration record_interval(const Scenario& scenario) {
    const auto own = scenario.record.find("power");
    return own == scenario.record.end() ? scenario.record_every : own->second;
}

}  // namespace

PowerEngine::PowerEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus)
    : city_(city), grid_(city.power), members_of_run_(members.begin(), members.end()), options_(members.front().scenario->power), study_options_(study_options(grid_, options_)), bus_(std::move(bus)), pumps_(city, members.size(), bus_), watch_(grid_, static_cast<Index>(members.size())), records_each_step_(record_interval(*members.front().scenario) <= options_.step) {
    for (const Member& member : members) members_.push_back({Operation(grid_, member.scenario->power), {}, {}, {}});
}

Duration PowerEngine::end_of_step(Duration begin, Duration now) const {
    Duration end = Engine::end_of_step(begin, now);
    for (const Driven& driven : members_)
        if (const Duration next = driven.operation.next_action(); next > now) end = std::min(end, next);
    return end;
}

bool PowerEngine::is_dynamic() const {
    return std::any_of(members_.begin(), members_.end(), [](const Driven& d) { return d.operation.is_dynamic(); });
}

int PowerEngine::max_block() const {
    return is_dynamic() ? 1 : steps_at_once;
}

std::shared_ptr<const Study> PowerEngine::study_of(const SwitchState& state) {
    const auto at = std::find_if(studies_.begin(), studies_.end(), [&](const auto& kept) { return kept.first == state; });
    if (at != studies_.end()) {
        std::rotate(studies_.begin(), at, at + 1);
    } else {
        if (studies_.size() == studies_kept) studies_.pop_back();
        studies_.insert(studies_.begin(), {state, std::make_shared<Study>(grid_, state, network_of(state), study_options_)});
    }
    return studies_.front().second;
}

std::shared_ptr<const Network> PowerEngine::network_of(const SwitchState& state) const {
    for (const auto& [kept, study] : studies_)
        if (kept.from_closed == state.from_closed && kept.to_closed == state.to_closed) return study->shared_network();
    return std::make_shared<const Network>(make_network(grid_, state));
}

// Lane step * members + member, as on the bus.
LaneInputs PowerEngine::inputs(Duration now, Duration dt, int steps) {
    LaneInputs in;
    const auto lanes = static_cast<Index>(members_.size()) * steps;
    const LoadSeries& series = grid_.series;
    if (!series.time_s.empty() || pumps_.any()) {
        const std::size_t loads = grid_.loads.id.size();
        std::vector<const double*> row;        // [lane]  none: before the first
        for (Index lane = 0; lane < lanes; ++lane) {
            const double t = seconds(now + lane / static_cast<Index>(members_.size()) * dt);
            const auto after = std::upper_bound(series.time_s.begin(), series.time_s.end(), t);
            row.push_back(after == series.time_s.begin() ? nullptr : series.active_power_w.data() + static_cast<std::size_t>(after - series.time_s.begin() - 1) * loads);
        }
        std::vector<double> values;
        values.reserve(loads * row.size());
        for (std::size_t load = 0; load < loads; ++load)
            for (const double* of_lane : row) values.push_back(of_lane ? of_lane[load] : std::numeric_limits<double>::quiet_NaN());
        pumps_.put_into(values, lanes);
        series_ = Array<double>(values);
        in.series = series_;
        in.series_lanes = lanes;
    }
    if (bus_ && bus_->has("electric_load")) {
        in.buildings = bus_->read("electric_load");
        in.building_lanes = bus_->lanes("electric_load");
    }
    return in;
}

void PowerEngine::solve_round(const LaneInputs& inputs, const std::map<Index, SwitchState>& states, std::map<Index, Shown>& found) {
    std::vector<std::pair<const SwitchState*, std::vector<Index>>> groups;
    for (const auto& [lane, state] : states) {
        const auto at = std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return *group.first == state; });
        if (at == groups.end()) groups.push_back({&state, {lane}});
        else at->second.push_back(lane);
    }
    for (const auto& [state, lanes] : groups) {
        const std::shared_ptr<const Study> study = study_of(*state);
        const std::shared_ptr<const Solution> solution = const_cast<Study&>(*study).solve(lanes, inputs);
        for (std::size_t i = 0; i < lanes.size(); ++i) found[lanes[i]] = {study, solution, static_cast<Index>(i), 0};
    }
}

// Where a sweep has not moved the taps itself: each that finds its voltage outside of its band moves by itself, with the others.
SwitchState PowerEngine::with_moved_taps(const SwitchState& state, const Shown& shown) const {
    SwitchState next = state;
    const Index rows = shown.study->phases() == 1 ? 2 : sequence_rows, all = rows * shown.study->network().size();
    for (const TapChanger& changer : shown.study->changers()) {
        const Index first = changer.watched * rows + (shown.study->phases() == 1 ? 0 : 2 * positive_sequence);
        const auto part = [&](Index r) { return shown.solution->host().voltage[shown.solution->place_of(all, r, shown.lane)]; };
        std::int32_t& position = next.tap_position[row(changer.transformer)];
        const double real = part(first), imaginary = part(first + 1);
        position = changer.moved(position, std::sqrt(real * real + imaginary * imaginary));
    }
    return next;
}

// The lanes for which one has moved.
std::map<Index, SwitchState> PowerEngine::move_taps(const std::map<Index, SwitchState>& states, const std::map<Index, Shown>& found) const {
    std::map<Index, SwitchState> moved;
    for (const auto& [lane, state] : states) {
        const Shown& shown = found.at(lane);
        if (!shown.converged() || shown.convergence().taps != taps_left || shown.study->changers().empty()) continue;
        if (SwitchState next = with_moved_taps(state, shown); next != state) moved[lane] = std::move(next);
    }
    return moved;
}

void PowerEngine::report_hunting(Duration when) {
    events_.push_back({when, "power", "regulators_hunt", RowKind::whole, -1, "the tap changers do not come to rest: a band is too narrow, or two work against each other"});
}

// Regulators come to rest from the positions as built, at each step anew: a step's result depends on no other step's.
void PowerEngine::solve(Duration now, Duration dt, int steps) {
    const LaneInputs in = inputs(now, dt, steps);
    const auto members = static_cast<Index>(members_.size());
    for (Driven& driven : members_) driven.steps.clear();  // whose memory is used again
    std::map<Index, SwitchState> states;
    std::map<Index, Shown> found;
    for (Index lane = 0; lane < members * steps; ++lane) states[lane] = members_[static_cast<std::size_t>(lane % members)].operation.state();
    for (int round = 0; !states.empty(); ++round) {
        solve_round(in, states, found);
        std::map<Index, SwitchState> moved = move_taps(states, found);
        if (round == most_tap_rounds && !moved.empty()) {
            for (const auto& [lane, state] : moved) report_hunting(now + lane / members * dt);
            break;
        }
        states = std::move(moved);
    }
    for (Index member = 0; member < members; ++member) {
        Driven& driven = members_[static_cast<std::size_t>(member)];
        for (int s = 0; s < steps; ++s) {
            driven.steps.push_back(found.at(s * members + member));
            if (driven.steps.back().convergence().taps == taps_hunting) report_hunting(now + s * dt);
        }
    }
}

// Switching that is due, on what the state before has shown.
void PowerEngine::operate(Duration now, Index member) {
    Driven& driven = members_[static_cast<std::size_t>(member)];
    if (!driven.operation.is_dynamic()) return;
    const LaneInputs in = inputs(now, options_.step, 1);
    const auto loading_of = [&](const SwitchState& state) {
        std::map<Index, Shown> found;
        solve_round(in, {{member, state}}, found);
        return found.at(member).converged() ? found.at(member).total(total_loading) : std::numeric_limits<double>::quiet_NaN();
    };
    driven.operation.act(now, loading_of, events_);
}

void PowerEngine::show_relays(Duration now, Driven& driven) {
    if (!driven.operation.is_dynamic()) return;
    const Shown& shown = driven.steps.back();
    std::vector<double> loading(grid_.branches.id.size(), 0);
    const auto branches = static_cast<Index>(loading.size()), parts = branch_parts(shown.study->phases());
    if (shown.converged())
        for (Index b = 0; b < branches; ++b) loading[static_cast<std::size_t>(b)] = shown.solution->host().extra[shown.solution->place_of(branches * parts, b * parts, shown.lane)];
    driven.operation.watch(now, loading);
}

void PowerEngine::tell_pumps() {
    for (std::size_t m = 0; m < members_.size(); ++m) pumps_.tell(static_cast<Index>(m), members_[m].outage.dead);
}

void PowerEngine::start(Duration now) {
    now_ = begun_ = now;
    solve(now, options_.step, 1);
    for (Driven& driven : members_) account_for(driven, now, Duration{0}, 1);
    tell_pumps();
}

void PowerEngine::step(const Tick& tick) {
    const Duration end = tick.now + tick.steps * tick.dt;
    pumps_.hear(seconds(tick.now - begun_));
    now_ = begun_ = tick.now;
    if (is_dynamic()) {
        while (now_ < end) now_ = step_to_next_switching(end);
    } else {
        solve(tick.now, tick.dt, tick.steps);
        account(tick.now, tick.dt, tick.steps);
        now_ = end;
    }
    tell_pumps();
}

// What a state brings about, such as the trip of what it overloads, may fall into the step: then another state follows within
// it, a second later at the earliest.
Duration PowerEngine::step_to_next_switching(Duration end) {
    for (Index member = 0; member < static_cast<Index>(members_.size()); ++member) operate(now_, member);
    solve(now_, end - now_, 1);
    Duration until = end;
    for (Driven& driven : members_) {
        show_relays(now_, driven);
        until = std::min(until, std::max(driven.operation.next_action(), now_ + std::chrono::seconds{1}));
    }
    account(now_, until - now_, 1);
    return until;
}

void PowerEngine::set(const Intervention& intervention, bool active, MemberIndex member) {
    Operation& operation = members_[static_cast<std::size_t>(member)].operation;
    if (const auto* trip = std::get_if<TripBranch>(&intervention.change)) operation.trip(trip->branch, active, now_);
    if (const auto* close = std::get_if<CloseBranch>(&intervention.change)) operation.close(close->branch, active);
}

void PowerEngine::observe(Frame& frame, const Request& request, MemberIndex member) const {
    if (!request.wants("power")) return;
    const Driven& driven = members_[static_cast<std::size_t>(member)];
    const Shown& shown = request.step < 0 ? driven.steps.back() : driven.steps[static_cast<std::size_t>(request.step)];
    observe_grid(frame, grid_, shown, driven.outage);
    observe_violations(frame, shown, member);
}

void PowerEngine::take_events(std::vector<Event>& events) {
    events.insert(events.end(), events_.begin(), events_.end());
    events_.clear();
}

void PowerEngine::indicators(std::vector<Kpi>& kpis, MemberIndex member) const {
    indicators_of(kpis, grid_, members_[static_cast<std::size_t>(member)].account);
}

void PowerEngine::save(Archive& archive) const {
    archive.put(now_.count());
    archive.put(begun_.count());
    pumps_.save(archive);
    for (const Driven& driven : members_) {
        driven.operation.save(archive);
        archive.put(driven.account);
        archive.put(std::span<const std::uint8_t>(driven.outage.dead));
        archive.put(driven.outage.customers);
        const Shown& shown = driven.steps.back();
        SwitchState state = shown.study->state();
        state.tap_position = shown.study->tap_positions(*shown.solution, shown.lane);
        archive.put(std::span<const std::uint8_t>(state.from_closed));
        archive.put(std::span<const std::uint8_t>(state.to_closed));
        archive.put(std::span<const std::int32_t>(state.tap_position));
        const Solution::Host& host = shown.solution->host();
        for (const auto* values : {&host.voltage, &host.flows, &host.extra, &host.totals, &shown.solution->host_fed()}) {
            const auto width = static_cast<std::size_t>(shown.solution->lanes == 1 ? 1 : padded<Batch>(shown.solution->lanes));
            const auto rows = static_cast<Index>(values->size() / width);
            std::vector<double> lane;
            for (Index r = 0; r < rows; ++r) lane.push_back((*values)[shown.solution->place_of(rows, r, shown.lane)]);
            archive.put(std::span<const double>(lane));
        }
        archive.put(host.convergence[static_cast<std::size_t>(shown.lane)]);
        archive.put(shown.step_s);
    }
    watch_.save(archive);
}

void PowerEngine::load(Archive& archive) {
    now_ = Duration{archive.get<Duration::rep>()};
    begun_ = Duration{archive.get<Duration::rep>()};
    pumps_.load(archive);
    for (Driven& driven : members_) {
        driven.operation.load(archive);
        driven.account = archive.get<Account>();
        driven.outage.dead = archive.get_list<std::uint8_t>();
        driven.outage.customers = archive.get<double>();
        SwitchState state;
        state.from_closed = archive.get_list<std::uint8_t>();
        state.to_closed = archive.get_list<std::uint8_t>();
        state.tap_position = archive.get_list<std::int32_t>();
        auto solution = std::make_shared<Solution>();
        solution->lanes = 1;
        for (Array<double>* values : {&solution->voltage, &solution->flows, &solution->extra, &solution->totals, &solution->fed}) *values = Array<double>(archive.get_list<double>());
        solution->convergence = Array<Convergence>(std::vector<Convergence>{archive.get<Convergence>()});
        driven.steps = {{study_of(state), solution, 0, archive.get<double>()}};
    }
    watch_.load(archive);
}

}  // namespace shahr::SHAHR_BACKEND::power
