#include "kernels/base/lane_math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "kernels/base/parallel_for.h"

namespace shahr::SHAHR_BACKEND {

template <class L>
struct TakePower {
    View<const double> x, y;
    View<double> powers, logarithms;
    SHAHR_HD void operator()(Index call) const {
        strand<L>(powers, 1, call).set(0, to_power(strand<L>(x, 1, call)[0], strand<L>(y, 1, call)[0]));
        strand<L>(logarithms, 1, call).set(0, logarithm(strand<L>(x, 1, call)[0]));
    }
};

namespace {

template <class L>
std::vector<double> powers_of(const std::vector<double>& x, const std::vector<double>& y, std::vector<double>* logarithms = nullptr) {
    Array<double> ax(x), ay(y), out(ax.size()), logs(ax.size());
    parallel_for(calls<L>(ax.size()), TakePower<L>{ax, ay, out, logs});
    if (logarithms) *logarithms = logs.to_host();
    return out.to_host();
}

TEST(LaneMath, PowersAreNearAndTheSameInVectors) {
    std::mt19937_64 random(1);
    std::vector<double> x, y, logarithms;
    for (int i = 0; i < 64 * 300; ++i) {
        x.push_back(std::pow(10.0, 60.0 * static_cast<double>(random() >> 11) * 0x1p-53 - 30.0));
        y.push_back(6.0 * static_cast<double>(random() >> 11) * 0x1p-53 - 3.0);
    }
    const std::vector<double> one = powers_of<Single>(x, y, &logarithms);
    double worst = 0, worst_logarithm = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        worst = std::max(worst, std::abs(one[i] / std::pow(x[i], y[i]) - 1));
        worst_logarithm = std::max(worst_logarithm, std::abs(logarithms[i] - std::log(x[i])) / (1 + std::abs(std::log(x[i]))));
    }
    EXPECT_LT(worst, 1e-13);
    EXPECT_LT(worst_logarithm, 1e-15);
    EXPECT_EQ(one, powers_of<Batch>(x, y));
}

TEST(LaneMath, NothingHasNoPower) {
    const std::vector<double> p = powers_of<Single>({0.0, 1.0, 4.0}, {0.852, 0.852, 0.5});
    EXPECT_LT(p[0], 1e-200);
    EXPECT_EQ(p[1], 1.0);
    EXPECT_NEAR(p[2], 2.0, 1e-15);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND
