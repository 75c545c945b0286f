#include "sim/results/compare.h"

#include <gtest/gtest.h>

#include <limits>

namespace shahr {
namespace {

Kpi kpi(std::string name, bool lower, double value, std::string unit = "s") {
    return {std::move(name), "", std::move(unit), lower, value};
}

TEST(Compare, TellsBetterFromWorseByTheSense) {
    const std::vector<std::vector<Kpi>> results = {{kpi("delay", true, 100), kpi("speed", false, 10), kpi("jam", true, 0)},
                                                   {kpi("delay", true, 80), kpi("speed", false, 9), kpi("jam", true, 0)}};
    const auto rows = compare(results);
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].changes[0].absolute, -20);
    EXPECT_EQ(rows[0].changes[0].percent, -20);
    EXPECT_EQ(rows[0].changes[0].verdict, Verdict::better);
    EXPECT_EQ(rows[1].changes[0].verdict, Verdict::worse);
    EXPECT_EQ(rows[2].changes[0].verdict, Verdict::same);
    EXPECT_FALSE(rows[2].changes[0].percent);
}

TEST(Compare, ShowsWhatOneOfThemDoesNotHave) {
    const std::vector<std::vector<Kpi>> results = {{kpi("delay", true, 100)}, {kpi("leakage", true, 5)}, {kpi("delay", true, 90)}};
    const auto rows = compare(results);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_FALSE(rows[0].values[1]);
    EXPECT_EQ(rows[0].changes[0].verdict, Verdict::unknown);
    EXPECT_EQ(rows[0].changes[1].verdict, Verdict::better);
    EXPECT_EQ(rows[1].name, "leakage");
    EXPECT_FALSE(rows[1].values[0]);
}

TEST(Compare, AnUndefinedMeanIsNeitherBetterNorWorse) {
    const std::vector<std::vector<Kpi>> results = {{kpi("delay", true, 100)}, {kpi("delay", true, std::numeric_limits<double>::quiet_NaN())}};
    EXPECT_EQ(compare(results)[0].changes[0].verdict, Verdict::unknown);
}

TEST(Compare, OfOneNameButAnotherUnitIsAnother) {
    const std::vector<std::vector<Kpi>> results = {{kpi("delay", true, 100, "s")}, {kpi("delay", true, 2, "min")}};
    EXPECT_EQ(compare(results).size(), 2u);
}

}  // namespace
}  // namespace shahr
