#include "sim/city/water_reach.h"

#include <gtest/gtest.h>

#include "sim/import/epanet_import.h"

namespace shahr {
namespace {

TEST(WaterReach, WhatHangsOnShutLinksIsNotJoined) {
    ImportReport report;
    const WaterNetwork net = import_epanet_text("[JUNCTIONS]\nA 1\nB 1\nC 1\n[RESERVOIRS]\nR 9\n[PIPES]\n1 R A 1 1 1\n2 A B 1 1 1\n3 B C 1 1 1\n4 A C 1 1 1\n[OPTIONS]\nUnits LPS\n", "net.inp", report).water;
    const auto joined = [&](std::vector<std::uint8_t> shut) { return joined_to_a_source(net, shut); };
    EXPECT_EQ(joined({0, 0, 0, 0}), (std::vector<std::uint8_t>{1, 1, 1, 1}));
    EXPECT_EQ(joined({0, 1, 0, 0}), (std::vector<std::uint8_t>{1, 1, 1, 1}));
    EXPECT_EQ(joined({0, 1, 1, 0}), (std::vector<std::uint8_t>{1, 0, 1, 1}));
    EXPECT_EQ(joined({1, 0, 0, 0}), (std::vector<std::uint8_t>{0, 0, 0, 1}));
}

}  // namespace
}  // namespace shahr
