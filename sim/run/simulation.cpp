#include "sim/run/simulation.h"

#include <algorithm>
#include <chrono>

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

}  // namespace

Simulation::Simulation(const Scenario& scenario, std::vector<std::unique_ptr<Engine>> engines)
    : scenario_(&scenario), switches_(timetable(scenario.interventions, scenario.start, scenario.start + scenario.length)), now_(scenario.start) {
    for (auto& engine : engines) engines_.push_back({std::move(engine), scenario.start, 0});
    std::stable_sort(engines_.begin(), engines_.end(), [](const Driven& a, const Driven& b) { return a.engine->id() < b.engine->id(); });
}

void Simulation::start() {
    for (Driven& driven : engines_) {
        const Stopwatch watch(driven.wall_s);
        driven.engine->start(now_);
    }
    switch_interventions();
    record();
}

bool Simulation::step() {
    if (finished_) return false;
    Duration next = end();
    for (Driven& driven : engines_) {
        if (driven.at == now_) {
            const Stopwatch watch(driven.wall_s);
            const Duration until = end_of_step(driven);
            driven.engine->step({now_, until - now_});
            driven.at = until;
        }
        next = std::min(next, driven.at);
    }
    const Duration next_record = begin() + static_cast<std::int64_t>(records_) * scenario_->record_every;
    now_ = engines_.empty() ? std::min(next, next_record) : next;
    // The record first: it shows what led up to this moment.
    if (now_ >= next_record || now_ == end()) record();
    switch_interventions();
    return true;
}

Duration Simulation::end_of_step(const Driven& driven) const {
    const Duration period = driven.engine->period();
    Duration until = begin() + ((now_ - begin()) / period + 1) * period;
    for (std::size_t i = next_switch_; i < switches_.size() && switches_[i].at < until; ++i)
        if (engine_of(scenario_->interventions[switches_[i].intervention]) == driven.engine->id()) until = switches_[i].at;
    return std::min(until, end());
}

void Simulation::switch_interventions() {
    for (; next_switch_ < switches_.size() && switches_[next_switch_].at <= now_; ++next_switch_) {
        const Intervention& intervention = scenario_->interventions[switches_[next_switch_].intervention];
        for (Driven& driven : engines_)
            if (driven.engine->id() == engine_of(intervention)) driven.engine->set(intervention, switches_[next_switch_].on, 0);
    }
}

void Simulation::record() {
    Frame frame;
    {
        const Stopwatch watch(observing_s_);
        frame = observe(Request{});
    }
    const Stopwatch watch(recording_s_);
    for (FrameSink* sink : sinks_) sink->take(frame);
    for (Driven& driven : engines_) driven.engine->begin_interval(now_);
    ++records_;
    const auto idle = [](const Driven& driven) { return driven.engine->idle(); };
    finished_ = now_ >= end() || (scenario_->until_idle && std::all_of(engines_.begin(), engines_.end(), idle));
}

Frame Simulation::observe(const Request& request) const {
    Frame frame;
    frame.time = now_;
    for (const Driven& driven : engines_) driven.engine->observe(frame, request, 0);
    return frame;
}

void Simulation::save(Archive& archive) const {
    archive.put(now_.count());
    archive.put(records_);
    archive.put(next_switch_);
    archive.put(std::uint8_t{finished_});
    for (const Driven& driven : engines_) {
        archive.put(driven.engine->id());
        archive.put(driven.at.count());
        driven.engine->save(archive);
    }
}

void Simulation::load(Archive& archive) {
    now_ = Duration{archive.get<Duration::rep>()};
    records_ = archive.get<std::size_t>();
    next_switch_ = archive.get<std::size_t>();
    finished_ = archive.get<std::uint8_t>() != 0;
    for (Driven& driven : engines_) {
        if (archive.get<EngineId>() != driven.engine->id()) throw InputError("checkpoint (of other engines) one of this city, written by this version of the program");
        driven.at = Duration{archive.get<Duration::rep>()};
        driven.engine->load(archive);
    }
}

std::vector<Simulation::WallTime> Simulation::wall_times() const {
    std::vector<WallTime> times;
    for (const Driven& driven : engines_) times.push_back({std::string(driven.engine->name()), driven.wall_s});
    times.push_back({"observing", observing_s_});
    times.push_back({"recording", recording_s_});
    return times;
}

}  // namespace shahr
