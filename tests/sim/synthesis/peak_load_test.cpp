#include "sim/synthesis/peak_load.h"

#include <gtest/gtest.h>

namespace shahr {
namespace {

TEST(PeakLoad, FollowsTheTableOfDwellings) {
    EXPECT_DOUBLE_EQ(design_kw_per_dwelling(1, false), 4.5);
    EXPECT_DOUBLE_EQ(design_kw_per_dwelling(40, false), 1.2);
    EXPECT_DOUBLE_EQ(design_kw_per_dwelling(50, false), 1.125);
    EXPECT_DOUBLE_EQ(design_kw_per_dwelling(5000, true), 1.19);
}

// Twenty flats with gas stoves: between 18 (1.65) and 24 (1.4).
TEST(PeakLoad, OfABlockAndItsShop) {
    ConnectedLoad block;
    block.gas_dwellings = 20;
    const double flats_w = 20 * (1.65 - 0.25 / 3) * 1000;
    EXPECT_NEAR(design_load_w(block), flats_w, 1e-6);
    ConnectedLoad with_shop = block;
    with_shop.service_w = 50e3;
    EXPECT_NEAR(design_load_w(with_shop), 50e3 + 0.6 * flats_w, 1e-6);
}

TEST(PeakLoad, TheSumIsLessThanItsParts) {
    ConnectedLoad one;
    one.gas_dwellings = 30, one.electric_dwellings = 10, one.service_w = 5e3, one.cars = 4;
    ConnectedLoad ten;
    for (int i = 0; i < 10; ++i) ten += one;
    EXPECT_LT(design_load_w(ten), 8 * design_load_w(one));
    EXPECT_GT(design_load_w(ten), 3 * design_load_w(one));
}

TEST(PeakLoad, ReactivePowerMakesTheApparentOneGreater) {
    ConnectedLoad load;
    load.service_w = 100e3;
    load.reactive_var = 75e3;
    EXPECT_NEAR(design_load_va(load), 125e3, 1e-6);
    EXPECT_EQ(design_load_va({}), 0);
}

}  // namespace
}  // namespace shahr
