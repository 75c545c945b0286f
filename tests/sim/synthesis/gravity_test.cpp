#include "sim/synthesis/gravity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/random.h"

namespace shahr {

TEST(Gravity, RowsAndColumnsAddUpToTheTotals) {
    constexpr std::size_t n = 50;
    Draws draws{7, 0, 0};
    std::vector<double> productions(n), attractions(n), deterrence(n * n);
    for (double& p : productions) p = draws.between(0, 1000);
    for (double& a : attractions) a = draws.between(0, 10);
    for (double& f : deterrence) f = std::exp(-draws.between(0, 6));
    const TripMatrix matrix = balance(productions, attractions, deterrence);
    EXPECT_LT(matrix.residual, 1e-6);

    double all = 0, offered = 0;
    for (std::size_t i = 0; i < n; ++i) all += productions[i], offered += attractions[i];
    for (std::size_t i = 0; i < n; ++i) {
        double row = 0, column = 0;
        for (std::size_t j = 0; j < n; ++j) row += matrix.trips[i * n + j], column += matrix.trips[j * n + i];
        EXPECT_NEAR(row, productions[i], 1e-6 * all / n);
        EXPECT_NEAR(column, attractions[i] * all / offered, 1e-6 * all / n);
    }
}

// Two zones, by hand: f = [1 q; q 1] and equal totals of 1 give T = [1 q; q 1] / (1 + q).
TEST(Gravity, TwoZonesByHand) {
    const double q = 0.25;
    const TripMatrix matrix = balance(std::vector{1.0, 1.0}, std::vector{3.0, 3.0}, std::vector{1.0, q, q, 1.0});
    EXPECT_NEAR(matrix.trips[0], 1 / (1 + q), 1e-9);
    EXPECT_NEAR(matrix.trips[1], q / (1 + q), 1e-9);
}

TEST(Gravity, SaysHowFarItCameWhereTheTotalsCannotBeMet) {
    // Both zones may go to the first only, which offers half of what is asked.
    const TripMatrix matrix = balance(std::vector{1.0, 1.0}, std::vector{1.0, 1.0}, std::vector{1.0, 0.0, 1.0, 0.0}, 50);
    EXPECT_GT(matrix.residual, 0.1);
    EXPECT_EQ(matrix.iterations, 50);
}

TEST(Gravity, NoTripsWithoutAttractions) {
    const TripMatrix matrix = balance(std::vector{5.0}, std::vector{0.0}, std::vector{1.0});
    EXPECT_EQ(matrix.trips, std::vector<double>{0.0});
}

}  // namespace shahr
