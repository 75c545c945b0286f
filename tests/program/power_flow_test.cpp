// A MATPOWER case and a folder of pandapower's tables as a user runs them: import, then run, then read the file.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "sim/base/hdf5.h"
#include "sim/results/reading.h"
#include "tests/program/program.h"

namespace shahr {
namespace {

class PowerFlow : public ProgramTest {
protected:
    void case_file(const std::string& name, const std::string& code) {
        write(name, "function mpc = small\nmpc.version = '2';\nmpc.baseMVA = 10;\nmpc.bus = [\n 1 3 0 0 0 0 1 1 0 10 1 1.1 0.9;\n 5 1 1 0.5 0 0 1 1 0 10 1 1.1 0.9];\n"
                    "mpc.gen = [1 0 0 9 -9 1.02 10 1 9 0];\nmpc.branch = [1 5 0.05 0.1 0 5 0 0 0 0 1];\n" + code);
    }
    // "trip 15; ": what happened, and at which minute.
    std::string events(const std::string& result) const {
        const hdf5::File file = hdf5::File::open(folder_ / result);
        const std::vector<std::string> kinds = file.root().array("events/kind").read_text();
        const std::vector<double> times_s = file.root().array("events/time").read<double>();
        std::string told;
        for (std::size_t i = 0; i < kinds.size(); ++i) told += fmt::format("{} {:.0f}; ", kinds[i], times_s[i] / 60);
        return told;
    }
};

TEST_F(PowerFlow, ImportThenRunIsAPowerFlow) {
    case_file("small.m", "");
    Outcome outcome = run({"import", "small.m"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    outcome = run({"run", "small.city.h5", "-o", "small.h5"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("voltage_min"), std::string::npos) << outcome.out;
    // V^4 + (2 (r p + x q) - V0^2) V^2 + |z|^2 |s|^2 = 0
    const double half = 1.02 * 1.02 / 2 - (0.05 * 0.1 + 0.1 * 0.05), expected = std::sqrt(half + std::sqrt(half * half - 0.0125 * 0.0125));
    double least = 0;
    for (const Kpi& kpi : ResultFile(folder_ / "small.h5").kpis())
        if (kpi.name == "voltage_min") least = kpi.value;
    EXPECT_NEAR(least, expected, 1e-9);
}

TEST_F(PowerFlow, ACaseWithoutASolutionSaysSo) {
    case_file("heavy.m", "mpc.bus(2, 3) = 60;\n");
    ASSERT_EQ(run({"import", "heavy.m"}).code, 0);
    const Outcome outcome = run({"run", "heavy.city.h5", "-o", "heavy.h5"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE((outcome.out + outcome.err).find("did not converge"), std::string::npos) << outcome.out << outcome.err;
}

// The feeder's head trips for its overload 15 minutes after the hour, the crew is there 30 minutes later and closes the tie, which
// is off in the case; after the repair the normal state is back, and trips again.
TEST_F(PowerFlow, AnOverloadTripsAndACrewRestoresTheSupply) {
    write("feeder.m", "function mpc = feeder\nmpc.version = '2';\nmpc.baseMVA = 10;\nmpc.bus = [\n 1 3 0 0 0 0 1 1 0 10 1 1.1 0.9;\n 2 1 1 0.5 0 0 1 1 0 10 1 1.1 0.9;\n 3 1 1 0.5 0 0 1 1 0 10 1 1.1 0.9];\n"
                      "mpc.gen = [1 0 0 9 -9 1.02 10 1 9 0];\nmpc.branch = [1 2 0.01 0.02 0 2 0 0 0 0 1; 2 3 0.01 0.02 0 5 0 0 0 0 1; 3 1 0.01 0.02 0 5 0 0 0 0 0];\n");
    ASSERT_EQ(run({"import", "feeder.m"}).code, 0);
    write("trip.toml", "city = \"feeder.city.h5\"\nlength = \"6h\"\nrecord_every = \"1h\"\n[power]\nstep = \"1h\"\ntrip_loading = 1\ntrip_delay = \"15min\"\n"
                       "restoration = true\ncrew_time = \"30min\"\nrepair_time = \"4h\"\n");
    const Outcome outcome = run({"run", "trip.toml", "-o", "trip.h5"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const ResultFile result(folder_ / "trip.h5");
    EXPECT_EQ(events("trip.h5"), "overload 0; trip 15; supply_lost 15; tie_closed 45; supply_back 45; repaired 285; trip 300; supply_lost 300; tie_closed 330; supply_back 330; ");
    std::map<std::string, double> found;
    for (const Kpi& kpi : result.kpis()) found[kpi.name] = kpi.value;
    EXPECT_NEAR(found["saidi"], 1, 1e-9);
    EXPECT_NEAR(found["saifi"], 2, 1e-9);
    EXPECT_NEAR(found["power_not_served"], 2e6 * 3600, 1);
    EXPECT_NEAR(found["overload"], 0.5, 1e-9);
}

TEST_F(PowerFlow, AFailedCableOfTheMadeUpGridIsTakenOver) {
    const Outcome outcome = run({"run", scenario("feeder_trip.toml"), "-o", "fault.h5", "-q"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(events("fault.h5"), "supply_lost 1040; tie_closed 1085; supply_back 1085; ");
}

TEST_F(PowerFlow, WhatIsWrongIsOneSentence) {
    case_file("code.m", "mpc.bus = sort(mpc.bus);\n");
    Outcome outcome = run({"import", "code.m"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("code.m:9: sort (cannot be evaluated"), std::string::npos) << outcome.err;
    case_file("two.m", "mpc.bus(2, 2) = 3;\nmpc.gen(2, :) = [5 0 0 9 -9 1.01 10 1 9 0];\n");
    outcome = run({"import", "two.m"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("a second slack in one island, at 1.01 pu"), std::string::npos) << outcome.err;
    case_file("isolated.m", "mpc.branch(1, 11) = 0;\n");
    outcome = run({"import", "isolated.m"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("isolated.m:6: power_loads row 0 '5': bus '5' (isolated"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace shahr
