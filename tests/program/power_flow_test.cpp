// A MATPOWER case and a folder of pandapower's tables as a user runs them: import, then run, then read the file.
#include <gtest/gtest.h>

#include <cmath>

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

TEST_F(PowerFlow, WhatIsWrongIsOneSentence) {
    case_file("code.m", "mpc.bus = sort(mpc.bus);\n");
    Outcome outcome = run({"import", "code.m"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("code.m:9: sort (cannot be evaluated"), std::string::npos) << outcome.err;
    case_file("two.m", "mpc.bus(2, 2) = 3;\nmpc.gen(2, :) = [5 0 0 9 -9 1.01 10 1 9 0];\n");
    outcome = run({"import", "two.m"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("a second slack in one island, at 1.01 pu"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace shahr
