#include "sim/run/simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include "sim/base/error.h"
#include "sim/base/nearest.h"
#include "sim/scenario/quantity.h"

namespace shahr {
namespace {

// Adds the wall time of its life to a sum.
class Stopwatch {
public:
    explicit Stopwatch(double& sum_s) : sum_s_(&sum_s), begin_(std::chrono::steady_clock::now()) {}
    ~Stopwatch() { *sum_s_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

private:
    double* sum_s_;
    std::chrono::steady_clock::time_point begin_;
};

Duration interval_of(const Scenario& scenario, std::string_view group) {
    const auto own = scenario.record.find(group);
    return own == scenario.record.end() ? scenario.record_every : own->second;
}

void put(Archive& archive, const Event& event) {
    archive.put(event.time.count());
    archive.put(event.rows);
    archive.put(event.row);
    for (const std::string* text : {&event.engine, &event.kind, &event.text}) archive.put(std::span<const char>(*text));
}

// What is addressed to the power grid, the networks whose pumps hang on it see at once.
bool follows(EngineId engine, EngineId addressed) {
    return engine == addressed || (addressed == EngineId::power && (engine == EngineId::water || engine == EngineId::heat));
}

Event get_event(Archive& archive) {
    Event event;
    event.time = Duration{archive.get<Duration::rep>()};
    event.rows = archive.get<RowKind>();
    event.row = archive.get<std::int32_t>();
    for (std::string* text : {&event.engine, &event.kind, &event.text}) {
        const auto letters = archive.get_list<char>();
        text->assign(letters.begin(), letters.end());
    }
    return event;
}

}  // namespace

Simulation::Simulation(const Scenario& scenario, std::vector<std::unique_ptr<Engine>> engines)
    : scenario_(&scenario), switches_(timetable(scenario.interventions, scenario.start, scenario.start + scenario.length)), now_(scenario.start) {
    for (auto& engine : engines) engines_.push_back({std::move(engine), scenario.start, 0});
    std::stable_sort(engines_.begin(), engines_.end(), [](const Driven& a, const Driven& b) { return a.engine->id() < b.engine->id(); });
    for (std::size_t i = 0; i < engines_.size(); ++i)
        for (const std::string_view name : engines_[i].engine->groups()) groups_.push_back({i, std::string(name), interval_of(scenario, name), scenario.start});
    check_groups();
}

void Simulation::check_groups() const {
    std::vector<std::string_view> known;
    for (const Group& group : groups_) known.push_back(group.name);
    for (const auto& [name, every] : scenario_->record)
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw InputError(fmt::format("{}: record.{} = \"{}\" (no engine of this run fills such a group) {}", scenario_->file, name, duration_text(every), known.empty() ? "leave it out" : did_you_mean(name, known)));
}

void Simulation::start() {
    for (Driven& driven : engines_) {
        const Stopwatch watch(driven.wall_s);
        driven.engine->start(now_);
    }
    switch_interventions();
    take_events();
    record();
}

bool Simulation::step() {
    if (finished_) return false;
    Duration next = end();
    const int steps = steps_in_block();
    for (Driven& driven : engines_) {
        if (driven.at == now_) {
            const Stopwatch watch(driven.wall_s);
            const Duration dt = end_of_step(driven) - now_;
            driven.engine->step({now_, dt, steps});
            driven.at = now_ + steps * dt;
        }
        next = std::min(next, driven.at);
    }
    if (steps > 1) record_within_block(now_, (next - now_) / steps, steps);
    now_ = next;
    take_events();
    // The record first: it shows what led up to this moment.
    record();
    switch_interventions();
    return true;
}

Duration Simulation::next_switch_of(const Driven& driven) const {
    for (std::size_t i = next_switch_; i < switches_.size(); ++i)
        if (follows(driven.engine->id(), engine_of(scenario_->interventions[switches_[i].intervention]))) return switches_[i].at;
    return end();
}

Duration Simulation::end_of_step(const Driven& driven) const {
    const Duration wanted = driven.engine->end_of_step(begin(), now_);
    return std::max(now_ + Duration{1}, std::min({wanted, next_switch_of(driven), end()}));
}

// How many steps all engines can take from here at once.
int Simulation::steps_in_block() const {
    if (engines_.empty()) return 1;
    const Duration dt = engines_.front().engine->period();
    std::int64_t steps = std::numeric_limits<int>::max();
    for (const Driven& driven : engines_) {
        if (driven.at != now_ || driven.engine->period() != dt || end_of_step(driven) - now_ != dt) return 1;
        steps = std::min({steps, std::int64_t{driven.engine->max_block()}, (next_switch_of(driven) - now_) / dt});
    }
    for (const Group& group : groups_)
        if (group.every > dt) steps = std::min(steps, (group.due - now_) / dt);
    return static_cast<int>(std::max<std::int64_t>(1, steps));
}

void Simulation::switch_interventions() {
    for (; next_switch_ < switches_.size() && switches_[next_switch_].at <= now_; ++next_switch_) {
        const Intervention& intervention = scenario_->interventions[switches_[next_switch_].intervention];
        for (Driven& driven : engines_)
            if (driven.engine->id() == engine_of(intervention)) driven.engine->set(intervention, switches_[next_switch_].on, 0);
    }
}

void Simulation::take_events() {
    for (Driven& driven : engines_) driven.engine->take_events(events_);
}

// The groups that are due now, each with its engine's state at this very moment.
void Simulation::record() {
    Frame frame;
    frame.time = now_;
    std::vector<Group*> recorded;
    {
        const Stopwatch watch(observing_s_);
        for (Group& group : groups_) {
            const Driven& driven = engines_[group.engine];
            if (driven.at != now_ || (now_ < group.due && now_ != end())) continue;
            driven.engine->observe(frame, {.group = group.name}, 0);
            recorded.push_back(&group);
        }
    }
    finished_ = now_ >= end();
    if (recorded.empty()) return;
    pass_on(frame);
    for (Group* group : recorded) {
        engines_[group->engine].engine->begin_interval(now_, group->name);
        group->due = group->every > Duration{0} ? begin() + ((now_ - begin()) / group->every + 1) * group->every : now_ + Duration{1};
    }
    const auto idle = [](const Driven& driven) { return driven.engine->idle(); };
    finished_ = finished_ || (scenario_->until_idle && std::all_of(engines_.begin(), engines_.end(), idle));
}

// All steps of a block but the last, for the groups that are recorded at each.
void Simulation::record_within_block(Duration begin, Duration dt, int steps) {
    for (int step = 0; step + 1 < steps; ++step) {
        Frame frame;
        frame.time = begin + (step + 1) * dt;
        {
            const Stopwatch watch(observing_s_);
            for (const Group& group : groups_)
                if (group.every <= dt) engines_[group.engine].engine->observe(frame, {.group = group.name, .step = step}, 0);
        }
        if (!frame.fields.empty()) pass_on(frame);
    }
}

void Simulation::pass_on(const Frame& frame) {
    const Stopwatch watch(recording_s_);
    for (FrameSink* sink : sinks_) sink->take(frame);
}

Frame Simulation::observe(const Request& request) const {
    Frame frame;
    frame.time = now_;
    for (const Driven& driven : engines_) driven.engine->observe(frame, request, 0);
    return frame;
}

std::vector<Kpi> Simulation::indicators() const {
    std::vector<Kpi> all;
    for (const Driven& driven : engines_) driven.engine->indicators(all, 0);
    return all;
}

void Simulation::save(Archive& archive) const {
    archive.put(now_.count());
    archive.put(next_switch_);
    archive.put(std::uint8_t{finished_});
    for (const Group& group : groups_) archive.put(group.due.count());
    archive.put(events_.size());
    for (const Event& event : events_) put(archive, event);
    for (const Driven& driven : engines_) {
        archive.put(driven.engine->id());
        archive.put(driven.at.count());
        driven.engine->save(archive);
    }
}

void Simulation::load(Archive& archive) {
    now_ = Duration{archive.get<Duration::rep>()};
    next_switch_ = archive.get<std::size_t>();
    finished_ = archive.get<std::uint8_t>() != 0;
    for (Group& group : groups_) group.due = Duration{archive.get<Duration::rep>()};
    events_.resize(archive.get<std::size_t>());
    for (Event& event : events_) event = get_event(archive);
    for (Driven& driven : engines_) {
        if (archive.get<EngineId>() != driven.engine->id()) throw InputError("checkpoint (of other engines) one of this city, written by this version of the program");
        driven.at = Duration{archive.get<Duration::rep>()};
        driven.engine->load(archive);
    }
}

std::vector<WallTime> Simulation::wall_times() const {
    std::vector<WallTime> times;
    for (const Driven& driven : engines_) times.push_back({std::string(driven.engine->name()), driven.wall_s, driven.engine->wall_times()});
    times.push_back({"observing", observing_s_, {}});
    times.push_back({"recording", recording_s_, {}});
    return times;
}

}  // namespace shahr
