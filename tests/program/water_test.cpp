// A water network as its user has it: an EPANET file in, a run with or without a scenario, the result file, what was said.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/base/hdf5.h"
#include "sim/results/reading.h"
#include "tests/program/program.h"

namespace shahr {
namespace {

// A reservoir feeds a ring of four and a tank behind it; J5 hangs on a single pipe.
const std::string town =
    "[JUNCTIONS]\nJ1 10 5 day\nJ2 12 3 day\nJ3 11 2 day\nJ4 13 2 day\nJ5 12 1 day\n[RESERVOIRS]\nR 60\n[TANKS]\nT 45 3 1 6 10\n"
    "[PIPES]\nP1 R J1 400 200 120\nP2 J1 J2 200 150 110\nP3 J2 J3 200 150 110\nP4 J3 J4 200 150 110\nP5 J4 J1 200 150 110\nP6 J3 T 100 150 110\nP7 J4 J5 100 100 110\n"
    "[PATTERNS]\nday 0.6 1.4\n[OPTIONS]\nUnits LPS\n[TIMES]\nDuration 12\nPattern Timestep 3:00\n";

class WaterRun : public ProgramTest {
protected:
    void import(const std::string& inp) {
        write("town.inp", inp);
        const Outcome outcome = run({"import", "town.inp", "-o", "town.city.h5"});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
    }
    std::string refusal(const std::string& inp) {
        write("town.inp", inp);
        const Outcome outcome = run({"import", "town.inp", "-o", "town.city.h5"});
        EXPECT_EQ(outcome.code, 2);
        EXPECT_FALSE(exists("town.city.h5"));
        return outcome.err;
    }
    void run_as_it_is() {
        const Outcome outcome = run({"run", "town.city.h5", "-o", "a.h5", "-q"});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
    }
    void run_scenario(const std::string& interventions, const std::string& name = "a", const std::string& keys = "") {
        write(name + ".toml", "city = \"town.city.h5\"\n" + keys + interventions);
        const Outcome outcome = run({"run", name + ".toml", "-o", name + ".h5", "-q"});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
    }
    double kpi(const std::string& name, const std::string& of = "a") const {
        for (const Kpi& kpi : ResultFile(folder_ / (of + ".h5")).kpis())
            if (kpi.name == name) return kpi.value;
        return std::nan("");
    }
    // "closed P3": what happened, and where.
    std::vector<std::string> events() const {
        const hdf5::File file = hdf5::File::open(folder_ / "a.h5");
        std::vector<std::string> kinds = file.root().array("events/kind").read_text(), ids = file.root().array("events/id").read_text();
        for (std::size_t i = 0; i < kinds.size(); ++i) kinds[i].append(" ").append(ids[i]);
        return kinds;
    }
    bool happened(const std::string& what) const {
        const std::vector<std::string> all = events();
        return std::find(all.begin(), all.end(), what) != all.end();
    }
};

std::string with(const std::string& from, const std::string& to) {
    std::string text = town;
    text.replace(text.find(from), from.size(), to);
    return text;
}

TEST_F(WaterRun, WhatIsWrongNamesLineSectionAndId) {
    EXPECT_EQ(refusal(town + "[FLOWS]\na b\n").substr(0, 31), "town.inp:26: [FLOWS] (no such s");
    EXPECT_NE(refusal(with("LPS", "FURLONGS")).find("town.inp:22: [OPTIONS] UNITS = FURLONGS (no such unit) CFS, GPM"), std::string::npos);
    EXPECT_NE(refusal(with("J3 11", "J2 11")).find("town.inp:4: [JUNCTIONS] 'J2' (there is a node of this id already, line 3)"), std::string::npos);
    EXPECT_NE(refusal(with("P4 J3", "P3 J3")).find("town.inp:15: [PIPES] 'P3' (there is a link of this id already, line 14)"), std::string::npos);
    EXPECT_NE(refusal(town + "[VALVES]\nV R J2 100 PSV 20\n").find("[VALVES] V: PSV at the reservoir 'R'"), std::string::npos);
    EXPECT_NE(refusal(town + "[PUMPS]\nU J1 J2 HEAD C\n[CURVES]\nC 0 10\nC 5 12\n").find("[PUMPS] U: head curve 'C' (the head does not fall as the flow grows)"), std::string::npos);
}

TEST_F(WaterRun, RussianAndChineseCodePagesAreReadAndSaid) {
    const auto said = [&](const std::string& title) {
        write("town.inp", "[TITLE]\n" + title + "\n" + town);
        const Outcome outcome = run({"import", "town.inp", "-o", "town.city.h5"});
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return outcome.out + outcome.err;
    };
    EXPECT_NE(said("\xc3\xee\xf0\xee\xe4 \xf3\xe7\xe5\xeb").find("read as Windows-1251"), std::string::npos);
    EXPECT_NE(said("\xb3\xc7\xca\xd0 \xbd\xda\xb5\xe3").find("read as GB18030"), std::string::npos);
}

TEST_F(WaterRun, WhatIsCutOffIsAnEventWithItsPlace) {
    import(with("P7 J4 J5 100 100 110", "P7 J4 J5 100 100 110 CLOSED"));
    run_as_it_is();
    EXPECT_TRUE(happened("cut_off J5"));
    EXPECT_TRUE(happened("negative_pressure J5"));
    EXPECT_NEAR(kpi("water_poor_service"), 12, 1e-9);
}

TEST_F(WaterRun, APumpOfConstantPowerStartsWhenItIsSwitchedOn) {
    import(with("P1 R J1 400 200 120\n", "") + "[PUMPS]\nU R J1 POWER 5\n[STATUS]\nU CLOSED\n[CONTROLS]\nLINK U OPEN AT TIME 2\n");
    run_as_it_is();
    EXPECT_TRUE(happened("opened U"));
    EXPECT_GT(kpi("water_supplied"), 100);
}

TEST_F(WaterRun, AZoneThatAControlClosesOffIsSaidAndIsOverWhenItOpens) {
    import(town + "[CONTROLS]\nLINK P7 CLOSED AT TIME 2\nLINK P7 OPEN AT TIME 5\n");
    run_as_it_is();
    EXPECT_TRUE(happened("closed P7"));
    EXPECT_TRUE(happened("cut_off J5"));
    EXPECT_TRUE(happened("cut_off_over "));
}

TEST_F(WaterRun, APumpThatCannotLiftStands) {
    import(with("P1 R J1 400 200 120\n", "") + "[PUMPS]\nU R J1 HEAD C\n[CURVES]\nC 5 1\n" + "[TANKS]\nT2 70 5 1 9 20\n[PIPES]\nP8 T2 J2 100 200 120\n");
    run_as_it_is();
    EXPECT_TRUE(happened("pump_cannot_lift U"));
}

TEST_F(WaterRun, ATankThatEmptiesGivesNoMore) {
    import(with("P1 R J1 400 200 120", "P1 R J1 400 200 120 CLOSED"));
    run_as_it_is();
    EXPECT_TRUE(happened("tank_empty T"));
    EXPECT_TRUE(happened("cut_off J1"));
    const double volume_m3 = std::acos(-1.0) / 4 * 10 * 10 * 2;
    EXPECT_NEAR(kpi("water_stored"), -volume_m3, 0.1);
}

TEST_F(WaterRun, WhomAShutPipeLeavesToAnEmptyTankIsNotServed) {
    import(town);
    run_scenario("[[close_water_link]]\nid = \"P1\"\n");
    EXPECT_TRUE(happened("tank_empty T"));
    EXPECT_TRUE(happened("cut_off J1"));
    const double volume_m3 = std::acos(-1.0) / 4 * 10 * 10 * 2;
    EXPECT_NEAR(kpi("water_delivered"), volume_m3, 0.1);
    EXPECT_LT(kpi("water_service"), 0.5);
    EXPECT_EQ(kpi("water_unbalanced"), 0);
    EXPECT_LT(std::abs(kpi("water_balance_error")), 1e-6);
}

TEST_F(WaterRun, RulesThatContradictEachOtherComeToAnEnd) {
    import(town + "[RULES]\nRULE a\nIF LINK P7 STATUS IS OPEN\nTHEN PIPE P7 STATUS IS CLOSED\nRULE b\nIF LINK P7 STATUS IS CLOSED\nTHEN PIPE P7 STATUS IS OPEN\n");
    run_as_it_is();
    const std::vector<std::string> all = events();
    EXPECT_GT(std::count(all.begin(), all.end(), "closed P7"), 10);
    EXPECT_LT(std::abs(kpi("water_balance_error")), 1e-6);
}

TEST_F(WaterRun, ABurstLosesWaterUntilItsSegmentIsShut) {
    import(town);
    run_scenario("[water]\ndemand = \"pressure\"\nrequired_pressure = 20\n[[burst_pipe]]\nid = \"P4\"\nhole_diameter = 0.05\nbegin = \"02:00\"\nisolate_after = \"3h\"\n");
    EXPECT_GT(kpi("water_leaked"), 100);
    EXPECT_TRUE(happened("closed P4"));
    EXPECT_GE(kpi("water_unserved"), 0);
    EXPECT_LT(std::abs(kpi("water_balance_error")), 1e-6);
    run_scenario("[water]\ndemand = \"pressure\"\nrequired_pressure = 20\n[[burst_pipe]]\nid = \"P4\"\nhole_diameter = 0.05\nbegin = \"02:00\"\n", "b");
    EXPECT_GT(kpi("water_leaked", "b"), 2 * kpi("water_leaked"));
    const Outcome compared = run({"compare", "a.h5", "b.h5"});
    EXPECT_EQ(compared.code, 0) << compared.err;
    EXPECT_NE(compared.out.find("water_leaked"), std::string::npos);
}

TEST_F(WaterRun, WhoIsShutOffIsNotServed) {
    import(town);
    run_scenario("[[close_water_link]]\nid = \"P7\"\nsegment = true\nbegin = \"03:00\"\nend = \"06:00\"\n");
    EXPECT_NEAR(kpi("water_unserved"), 0.001 * 1.4 * 3 * 3600, 1e-6);
    EXPECT_NEAR(kpi("water_poor_service"), 3, 1e-9);
}

TEST_F(WaterRun, ARingWithoutWaterStandsStill) {
    import(town);
    run_scenario("[[close_water_link]]\nid = \"P1\"\nbegin = \"01:00\"\n[[close_water_link]]\nid = \"P6\"\nbegin = \"01:00\"\n");
    EXPECT_TRUE(happened("cut_off J1"));
    EXPECT_EQ(kpi("water_unbalanced"), 0);
    EXPECT_NEAR(kpi("water_delivered"), 0.013 * 0.6 * 3600, 1e-3);
    EXPECT_LT(std::abs(kpi("water_balance_error")), 1e-6);
}

TEST_F(WaterRun, DemandIsScaledInItsTime) {
    import(town);
    run_as_it_is();
    const double base = kpi("water_delivered");
    run_scenario("[[scale_water_demand]]\nfactor = 1.5\nbegin = \"00:00\"\nend = \"03:00\"\n", "b");
    EXPECT_NEAR(kpi("water_delivered", "b") - base, 0.5 * 0.013 * 0.6 * 3 * 3600, 1e-6);
}

// Mains that are made up only for the run can be broken by their ids, too.
TEST_F(WaterRun, AMainOfTheRiverTownBursts) {
    const Outcome outcome = run({"run", scenario("pipe_burst.toml"), "-o", "a.h5", "-q"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_TRUE(happened("closed main/23-414"));
    EXPECT_GT(kpi("water_leaked"), 1000);
    EXPECT_GT(kpi("water_unserved"), 500);
    EXPECT_LT(kpi("water_service"), 0.9);
    EXPECT_LT(std::abs(kpi("water_balance_error")), 1e-6);
    const Outcome wrong = run({"run", scenario("pipe_burst.toml"), "--set", "water.network=none", "-o", "b.h5", "-q"});
    EXPECT_EQ(wrong.code, 2);
    EXPECT_NE(wrong.err.find("id = \"main/23-414\" (no such pipe, pump or valve in the city)"), std::string::npos) << wrong.err;
}

TEST_F(WaterRun, GoesOnAfterAnInterruptWithTheSameBits) {
    std::string long_run = with("Duration 12", "Duration 1200");
    import(long_run + "Hydraulic Timestep 0:05\nReport Timestep 0:05\n");
    write("a.toml", "city = \"town.city.h5\"\n[[burst_pipe]]\nid = \"P3\"\nhole_diameter = 0.02\n[[scale_water_demand]]\nfactor = 1.2\nbegin = \"06:00\"\nend = \"09:00\"\ndaily = true\n");
    const Arguments whole = {"run", "a.toml", "-o", "a.h5", "--log-format", "json"};
    ASSERT_EQ(run(whole).code, 0);
    const std::string expected = read("a.h5");
    std::filesystem::remove(folder_ / "a.h5");
    const pid_t child = start(whole);
    ASSERT_TRUE(has_said("\"progress\""));
    kill(child, SIGINT);
    if (wait_for(child).code == 0) GTEST_SKIP() << "it was quicker than the signal";
    Arguments resumed = whole;
    resumed.push_back("--resume");
    const Outcome outcome = run(resumed);
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_TRUE(read("a.h5") == expected);
}

}  // namespace
}  // namespace shahr
