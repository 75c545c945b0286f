#include "sim/import/epanet_import.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.h"

namespace shahr {
namespace {

const std::string small =
    "[JUNCTIONS]\n J1 10 5 day ;homes\n J2 12 0\n[RESERVOIRS]\n R 50\n[TANKS]\n T 40 2 1 6 10\n"
    "[PIPES]\n P1 R J1 100 200 120\n P2 J1 J2 200 150 110 0.5 CV\n P3 J2 T 50 150 110 CLOSED\n"
    "[PATTERNS]\n day 1 2\n day 0.5\n[OPTIONS]\n Units LPS\n[TIMES]\n Duration 2:30\n Hydraulic Timestep 30 MIN\n Start ClockTime 6 am\n";

City read(const std::string& text, ImportReport* report = nullptr) {
    ImportReport own;
    return import_epanet_text(text, "net.inp", report ? *report : own);
}

std::string refusal(const std::string& text) {
    try {
        read(text);
    } catch (const InputError& error) {
        return error.what();
    }
    return "was read";
}

TEST(Epanet, ReadsASmallNetworkInSi) {
    const City city = read(small);
    const WaterNetwork& w = city.water;
    ASSERT_EQ(w.nodes.id.vector(), (std::vector<std::string>{"J1", "J2", "R", "T"}));
    EXPECT_DOUBLE_EQ(w.demands.base_m3s.vector()[0], 0.005);
    EXPECT_EQ(w.demands.category.vector()[0], "homes");
    const auto factors = w.patterns.factor[WaterPatternId{0}];
    EXPECT_EQ(std::vector<double>(factors.begin(), factors.end()), (std::vector<double>{1, 2, 0.5}));
    EXPECT_DOUBLE_EQ(w.links.diameter_m.vector()[1], 0.15);
    EXPECT_EQ(w.links.check_valve.vector()[1], 1);
    EXPECT_EQ(w.links.status.vector()[2], WaterStatus::closed);
    EXPECT_EQ(w.settings.duration, std::chrono::minutes{150});
    EXPECT_EQ(w.settings.hydraulic_step, std::chrono::minutes{30});
    EXPECT_EQ(w.settings.start_clock, std::chrono::hours{6});
    EXPECT_NEAR(w.tanks.min_volume_m3.vector()[0], 78.54, 0.01);
}

TEST(Epanet, UsUnitsAreFeetInchesAndGallons) {
    std::string text = small;
    text.replace(text.find("LPS"), 3, "GPM");
    const WaterNetwork w = read(text).water;
    EXPECT_NEAR(w.demands.base_m3s.vector()[0], 5 * 6.30902e-5, 1e-9);
    EXPECT_DOUBLE_EQ(w.links.length_m.vector()[0], 30.48);
    EXPECT_DOUBLE_EQ(w.links.diameter_m.vector()[0], 200 * 0.0254);
}

TEST(Epanet, SectionsMayComeInAnyOrder) {
    const std::size_t pipes = small.find("[PIPES]"), patterns = small.find("[PATTERNS]");
    const City city = read(small.substr(pipes, patterns - pipes) + small.substr(0, pipes) + small.substr(patterns));
    EXPECT_EQ(city.water.links.from, read(small).water.links.from);
}

TEST(Epanet, WhatIsWrongIsSaidWithLineSectionAndId) {
    EXPECT_EQ(refusal("[JUNKTIONS]\n"), "net.inp:1: [JUNKTIONS] (no such section) did you mean \"JUNCTIONS\"?");
    EXPECT_EQ(refusal("J1 10\n"), "net.inp:1: J1 (stands before any section) a line like [JUNCTIONS] first");
    EXPECT_EQ(refusal(small + "[OPTIONS]\n Units FURLONG\n").substr(0, 52), "net.inp:22: [OPTIONS] UNITS = FURLONG (no such unit)");
    EXPECT_EQ(refusal(small + "[JUNCTIONS]\n J2 3\n"), "net.inp:22: [JUNCTIONS] 'J2' (there is a node of this id already, line 3) an id of its own");
    EXPECT_EQ(refusal(small + "[PIPES]\n P1 J1 J2 1 1 1\n"), "net.inp:22: [PIPES] 'P1' (there is a link of this id already, line 9) an id of its own");
    EXPECT_EQ(refusal(small + "[PIPES]\n P4 J1 J3 1 1 1\n"), "net.inp:22: [PIPES] node 'J3' (no such node) did you mean 'J1'?");
    EXPECT_EQ(refusal(small + "[PIPES]\n P4 J1 J2 -5 1 1\n"), "net.inp:22: [PIPES] length of P4 = -5 (not above 0) a number above 0");
    EXPECT_EQ(refusal(small + "[JUNCTIONS]\n J9 3\n"), "net.inp:22: [JUNCTIONS] 'J9' (no link leads to it) a pipe, pump or valve to it");
    EXPECT_EQ(refusal(small + "[JUNCTIONS]\n A 3\n B 3\n[PIPES]\n X A B 1 1 1\n"), "net.inp:22: [JUNCTIONS] 'A' (its part of the network has no reservoir and no tank) a link to a source");
    EXPECT_EQ(refusal(small + "[VALVES]\n V R J2 100 PRV 20\n"), "net.inp:22: [VALVES] V: PRV at the reservoir 'R' (a head that is given cannot be controlled) a length of pipe between them");
    EXPECT_EQ(refusal(small + "[PUMPS]\n U J1 J2 HEAD C\n"), "net.inp:22: [PUMPS] U: curve 'C' (no such curve) the id of one in [CURVES]");
    EXPECT_EQ(refusal(small + "[CONTROLS]\n LINK P1 CLOSED IF NODE T UNDER 3\n"), "net.inp:22: [CONTROLS] UNDER (not known) ABOVE or BELOW");
    EXPECT_EQ(refusal(small + "[RULES]\nRULE 1\nIF TANK T LEVEL ABOVE 3\n"), "net.inp:22: [RULES] rule 1 (without IF or without THEN) both");
    EXPECT_EQ(refusal("[JUNCTIONS]\n A 1\n B 2\n[PIPES]\n P A B 1 1 1\n"), "net.inp (no reservoir and no tank) a source of water");
}

TEST(Epanet, CodePagesAreToldApart) {
    const auto renamed = [](const std::string& id) {
        std::string text = small;
        for (std::size_t at = text.find("J2"); at != text.npos; at = text.find("J2", at + id.size())) text.replace(at, 2, id);
        return text;
    };
    ImportReport report;
    EXPECT_EQ(read(renamed("\xd3\xe7\xe5\xeb"), &report).water.nodes.id.vector()[1], "Узел");            // Windows-1251
    EXPECT_NE(to_text(report).find("Windows-1251"), std::string::npos);
    EXPECT_EQ(read(renamed("\xbd\xda\xb5\xe3\xb6\xfe")).water.nodes.id.vector()[1], "节点二");            // GB2312
    EXPECT_EQ(read("\xef\xbb\xbf" + renamed("节点")).water.nodes.id.vector()[1], "节点");                  // UTF-8 with its mark
}

TEST(Epanet, QualityIsLeftOutAndCounted) {
    ImportReport report;
    read(small + "[QUALITY]\n J1 0.5\n[LABELS]\n 1 2 \"a label\"\n", &report);
    EXPECT_NE(to_text(report).find("water quality"), std::string::npos);
}

}  // namespace
}  // namespace shahr
