#include "sim/run/simulation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "fake_engine.h"

namespace shahr {
namespace {

using namespace std::chrono_literals;
using Log = std::vector<std::string>;

Scenario run_of(Duration length, Duration record_every) {
    Scenario scenario;
    scenario.start = 100ms;
    scenario.length = length;
    scenario.record_every = record_every;
    return scenario;
}

Intervention closure(std::string label, Duration begin, Duration end, bool daily = false) {
    return {std::move(label), "test:1", 0, begin, end, daily, CloseRoad{}};
}

std::vector<std::unique_ptr<Engine>> engines(Log& log, Duration traffic, Duration power = 0ms, Duration idle_from = Duration::max()) {
    std::vector<std::unique_ptr<Engine>> all;
    all.push_back(std::make_unique<FakeEngine>(EngineId::traffic, traffic, log, idle_from));
    if (power > 0ms) all.push_back(std::make_unique<FakeEngine>(EngineId::power, power, log));
    return all;
}

TEST(Simulation, EachEngineStepsAtItsPeriodInTheOrderOfTheirIds) {
    Log log;
    const Scenario scenario = run_of(5ms, 5ms);
    Simulation simulation(scenario, engines(log, 2ms, 4ms));
    simulation.start();
    while (simulation.step()) {
    }
    EXPECT_EQ(log, (Log{"power start 100", "traffic start 100", "power 100+4", "traffic 100+2", "traffic 102+2", "power 104+1", "traffic 104+1"}));
    EXPECT_EQ(simulation.now(), 105ms);
}

// Traffic every 4 ms, power every 5 ms, and a road that is closed from 103 to 107 ms.
Log log_of_a_closure() {
    Log log;
    Scenario scenario = run_of(10ms, 10ms);
    scenario.interventions = {closure("a", 103ms, 107ms)};
    Simulation simulation(scenario, engines(log, 4ms, 5ms));
    simulation.start();
    while (simulation.step()) {
    }
    return log;
}

TEST(Simulation, AStepEndsWhereAnInterventionBeginsOrEnds) {
    Log log = log_of_a_closure();
    log.erase(std::remove_if(log.begin(), log.end(), [](const std::string& line) { return line.starts_with("power"); }), log.end());
    EXPECT_EQ(log, (Log{"traffic start 100", "traffic 100+3", "traffic on a at 103", "traffic 103+1", "traffic 104+3", "traffic off a at 107", "traffic 107+1", "traffic 108+2"}));
}

TEST(Simulation, OthersAreNotCutByAnInterventionThatIsNotTheirs) {
    const Log log = log_of_a_closure();
    EXPECT_EQ(std::count(log.begin(), log.end(), "power 100+5"), 1);
    EXPECT_EQ(std::count(log.begin(), log.end(), "power 105+5"), 1);
}

TEST(Simulation, RecordsFromTheStartToTheEnd) {
    Log log;
    const Scenario scenario = run_of(10ms, 4ms);
    Simulation simulation(scenario, engines(log, 2ms));
    KeepFrames kept;
    simulation.add_sink(kept);
    simulation.start();
    while (simulation.step()) {
    }
    std::vector<Duration> times;
    for (const Frame& frame : kept.frames) times.push_back(frame.time);
    EXPECT_EQ(times, (std::vector<Duration>{100ms, 104ms, 108ms, 110ms}));
}

TEST(Simulation, EachGroupIsRecordedAtItsOwnTimes) {
    Log log;
    Scenario scenario = run_of(12ms, 4ms);
    scenario.record["power"] = 0ms;
    Simulation simulation(scenario, engines(log, 2ms, 3ms));
    KeepFrames kept;
    simulation.add_sink(kept);
    simulation.start();
    while (simulation.step()) {
    }
    std::vector<std::pair<std::string, int>> records;
    for (const Frame& frame : kept.frames)
        for (const Field& field : frame.fields) records.emplace_back(field.group, static_cast<int>(frame.time.count()));
    EXPECT_EQ(records, (std::vector<std::pair<std::string, int>>{{"power", 100}, {"traffic", 100}, {"power", 103}, {"traffic", 104}, {"power", 106}, {"traffic", 108}, {"power", 109}, {"power", 112}, {"traffic", 112}}));
}

TEST(Simulation, AGroupThatNoEngineFillsIsAMistake) {
    Log log;
    Scenario scenario = run_of(12ms, 4ms);
    scenario.record["powr"] = 0ms;
    EXPECT_THROW(Simulation(scenario, engines(log, 2ms)), InputError);
}

TEST(Simulation, GrantsBlocksUpToInterventionsAndToLongerIntervals) {
    Log log;
    Scenario scenario = run_of(20ms, 0ms);
    scenario.record["traffic"] = 10ms;
    scenario.interventions = {closure("a", 106ms, 200ms)};
    std::vector<std::unique_ptr<Engine>> all = engines(log, 2ms, 2ms);
    for (auto& engine : all) static_cast<FakeEngine&>(*engine).most_steps = 4;
    Simulation simulation(scenario, std::move(all));
    KeepFrames kept;
    simulation.add_sink(kept);
    simulation.start();
    while (simulation.step()) {
    }
    std::erase_if(log, [](const std::string& line) { return line.starts_with("power"); });
    EXPECT_EQ(log, (Log{"traffic start 100", "traffic 100+2x3", "traffic on a at 106", "traffic 106+2x2", "traffic 110+2x4", "traffic 118+2"}));
    std::vector<Duration> times;
    for (const Frame& frame : kept.frames) times.push_back(frame.time);
    EXPECT_EQ(times, (std::vector<Duration>{100ms, 102ms, 104ms, 106ms, 108ms, 110ms, 112ms, 114ms, 116ms, 118ms, 120ms}));
}

TEST(Simulation, ARunOfNoLengthIsItsFirstRecord) {
    Log log;
    const Scenario scenario = run_of(0ms, 4ms);
    Simulation simulation(scenario, engines(log, 2ms));
    KeepFrames kept;
    simulation.add_sink(kept);
    simulation.start();
    EXPECT_TRUE(simulation.finished());
    EXPECT_FALSE(simulation.step());
    EXPECT_EQ(kept.frames.size(), 1u);
}

TEST(Simulation, WithoutALengthItEndsAtTheRecordThatShowsNothingLeft) {
    Log log;
    Scenario scenario = run_of(1000ms, 4ms);
    scenario.until_idle = true;
    Simulation simulation(scenario, engines(log, 1ms, 0ms, 105ms));
    simulation.start();
    while (simulation.step()) {
    }
    EXPECT_EQ(simulation.now(), 108ms);
}

TEST(Simulation, ACityWithoutEnginesStillHasATime) {
    const Scenario scenario = run_of(10ms, 4ms);
    Simulation simulation(scenario, {});
    simulation.start();
    while (simulation.step()) {
    }
    EXPECT_EQ(simulation.now(), 110ms);
}

// Laid aside after any step and taken up by another simulation, a run gives the records of an uninterrupted one.
TEST(Simulation, GoesOnWithTheSameBits) {
    Scenario scenario = run_of(20ms, 4ms);
    scenario.interventions = {closure("a", 103ms, 107ms), closure("b", 105ms, 111ms)};
    Log log;
    KeepFrames whole;
    Simulation uninterrupted(scenario, engines(log, 2ms, 5ms));
    uninterrupted.add_sink(whole);
    uninterrupted.start();
    int steps = 0;
    while (uninterrupted.step()) ++steps;
    ASSERT_GT(steps, 10);
    for (int laid_aside_after = 0; laid_aside_after < steps; ++laid_aside_after) {
        KeepFrames parts;
        Archive archive;
        Simulation first(scenario, engines(log, 2ms, 5ms));
        first.add_sink(parts);
        first.start();
        for (int i = 0; i < laid_aside_after; ++i) first.step();
        first.save(archive);
        Simulation second(scenario, engines(log, 2ms, 5ms));
        second.add_sink(parts);
        second.load(archive);
        while (second.step()) {
        }
        ASSERT_EQ(parts.frames.size(), whole.frames.size()) << laid_aside_after;
        for (std::size_t i = 0; i < whole.frames.size(); ++i) {
            EXPECT_EQ(parts.frames[i].time, whole.frames[i].time);
            ASSERT_EQ(parts.frames[i].fields.size(), whole.frames[i].fields.size());
            for (std::size_t f = 0; f < whole.frames[i].fields.size(); ++f) EXPECT_EQ(parts.frames[i].fields[f].values, whole.frames[i].fields[f].values) << laid_aside_after << " " << i;
        }
    }
}

TEST(Timetable, HoldsWhatIsWithinTheRun) {
    const std::vector<Intervention> all = {closure("before", 0h, 5h), closure("at start", 5h, 7h), closure("across the end", 9h, 12h), closure("after", 10h, 11h)};
    const auto switches = timetable(all, 6h, 10h);
    ASSERT_EQ(switches.size(), 3u);
    EXPECT_EQ(switches[0].at, 6h);
    EXPECT_EQ(switches[0].intervention, 1u);
    EXPECT_EQ(switches[1].at, 7h);
    EXPECT_FALSE(switches[1].on);
    EXPECT_EQ(switches[2].intervention, 2u);
}

TEST(Timetable, DailyOnesRepeatAlsoOverMidnight) {
    const std::vector<Intervention> night = {closure("night", 22h, 29h, true)};
    const auto switches = timetable(night, 4h, 54h);
    std::vector<std::pair<Duration, bool>> times;
    for (const Switch& s : switches) times.emplace_back(s.at, s.on);
    EXPECT_EQ(times, (std::vector<std::pair<Duration, bool>>{{4h, true}, {5h, false}, {22h, true}, {29h, false}, {46h, true}, {53h, false}}));
}

TEST(Timetable, DemandIsScaledBeforeTheRun) {
    const std::vector<Intervention> all = {{"", "test:1", 0, 6h, 7h, false, ScaleDemand{2}}};
    EXPECT_TRUE(timetable(all, 6h, 10h).empty());
}

}  // namespace
}  // namespace shahr
