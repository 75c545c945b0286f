#include <gtest/gtest.h>

#include "tests/kernels/building/boxes.h"

namespace shahr::SHAHR_BACKEND::building {
namespace {

DetailedZones detailed(const Envelopes& e, Index members = 1) {
    DetailedZones zones(lay_out(e, box_elements(e), members, box_air_heat));
    zones.start_at(20);
    return zones;
}

// W/K of the box's wall to the air outdoors: films of 2.5 convective, and of 4 + radiation outside.
double conductance(const Box& box, double outdoor_c) {
    double resistance = 0;
    for (std::size_t i = 0; i < box.thickness.size(); ++i) resistance += box.thickness[i] / box.conductivity[i];
    const double kelvin = outdoor_c + 273.15, outside = 4 + 0.9 * 4 * stefan_boltzmann * kelvin * kelvin * kelvin;
    return box.area_m2 / (1 / 2.5 + resistance + 1 / outside);
}

TEST(Balance, SteadyHeatLossIsThatOfTheResistances) {
    // One surface radiates to itself alone: its star is at its own temperature, and only convection warms it.
    Box box;
    box.heating_c = 20, box.infiltration_per_h = 0.5;
    Envelopes e;
    add_box(e, box);
    DetailedZones zones = detailed(e);
    const BoxRun r = run(zones, StillWeather(-5, 2000), 1);
    EXPECT_NEAR(r.at(ZoneRow::heating, 1999), 25 * (conductance(box, -5) + 0.5 * 50 * box_air_heat / 3600), 1e-3);
    EXPECT_NEAR(r.at(ZoneRow::air, 1999), 20, 1e-9);
    EXPECT_EQ(r.at(ZoneRow::cooling, 1999), 0);
}

TEST(Balance, PolishedWallsLeaveTheRadiantNodeATemperature) {
    Box box;
    box.heating_c = 20;
    Envelopes e;
    add_box(e, box);
    e.constructions.emissivity_inside[ConstructionId{0}] = 0;
    DetailedZones zones = detailed(e);
    EXPECT_NEAR(run(zones, StillWeather(-5, 2000), 1).at(ZoneRow::heating, 1999), 25 * conductance(box, -5), 1e-3);
}

TEST(Balance, PrescribedCoefficientsStandForAllThatPassesASurface) {
    Box box;
    box.heating_c = 20;
    Envelopes e;
    add_box(e, box);
    Constructions& c = e.constructions;
    c.emissivity_inside[ConstructionId{0}] = c.emissivity_outside[ConstructionId{0}] = 0;
    c.convection_inside_w_m2k[ConstructionId{0}] = 1.8, c.convection_outside_w_m2k[ConstructionId{0}] = 21.6;
    DetailedZones zones = detailed(e);
    EXPECT_NEAR(run(zones, StillWeather(-5, 2000), 1).at(ZoneRow::heating, 1999), 25 * 100 / (1 / 1.8 + 0.2 + 1.25 + 1 / 21.6), 1e-3);
}

TEST(Balance, PowerLimitHoldsAndTheZoneCools) {
    Box box;
    box.heating_c = 20, box.heating_w = 500;
    Envelopes e;
    add_box(e, box);
    DetailedZones zones = detailed(e);
    const BoxRun r = run(zones, StillWeather(-5, 2000), 1);
    EXPECT_DOUBLE_EQ(r.at(ZoneRow::heating, 1999), 500);
    EXPECT_NEAR(r.at(ZoneRow::air, 1999), -5 + 500 / conductance(box, -5), 1e-3);
}

TEST(Balance, WhatGoesInComesOutOrIsStored) {
    // Free, with a gain, from 20 degC: over the first hours the gain less the loss is what the air and the wall have taken up.
    Box box;
    box.gain_w = 1000, box.conductivity = {0.5, 1e-4};        // next to no loss
    Envelopes e;
    add_box(e, box);
    DetailedZones zones = detailed(e);
    const BoxRun r = run(zones, StillWeather(20, 200), 1);
    const double capacity = 50 * box_air_heat + 100 * (0.1 * 1400 * 1000);       // the light layer beyond barely warms
    const double rise = r.at(ZoneRow::air, 199) - r.at(ZoneRow::air, 99);
    EXPECT_NEAR(rise, 1000 * 3600.0 * 100 / capacity, 0.02 * rise);
}

TEST(Balance, AWallThinnerThanTheStepDecaysExponentially) {
    // Air alone, cooling through infiltration: implicit steps of a second follow exp(-t n).
    Box box;
    box.area_m2 = 1e-4, box.infiltration_per_h = 2;
    Envelopes e;
    add_box(e, box);
    DetailedZones zones = detailed(e);
    const BoxRun r = run(zones, StillWeather(0, 1800), 1, 1);
    EXPECT_NEAR(r.at(ZoneRow::air, 1799), 20 * 0.36788, 0.01);       // n t = 1
}

TEST(Balance, PartsOfAStepAreStepsOfTheirOwnAndItsResultsTheirMeans) {
    // Air alone, two changes an hour, from 20 to 0 degC: each part divides by 1 + 2 / parts.
    Box box;
    box.area_m2 = 1e-4, box.infiltration_per_h = 2;
    Envelopes e;
    add_box(e, box);
    DetailedZones whole = detailed(e), halves = detailed(e);
    EXPECT_NEAR(run(whole, StillWeather(0, 1), 1).at(ZoneRow::air, 0), 20.0 / 3, 1e-3);
    EXPECT_NEAR(run(halves, StillWeather(0, 1), 1, 3600, 2).at(ZoneRow::air, 0), (20.0 / 2 + 20.0 / 4) / 2, 1e-3);
}

TEST(Balance, NeighboursShareTheWallBetweenThem) {
    // A heated box within another: in the steady state the heat passes both walls one after the other.
    Box inner, outer;
    inner.heating_c = 20;
    Envelopes e;
    add_box(e, inner), add_box(e, outer);
    e.surfaces.boundary[SurfaceId{0}] = Boundary::zone;
    e.surfaces.adjacent[SurfaceId{0}] = ThermalZoneId{1};
    DetailedZones zones = detailed(e);
    const BoxRun r = run(zones, StillWeather(0, 3000), 2);
    const double heating = r.at(ZoneRow::heating, 2999, 0), between = r.at(ZoneRow::air, 2999, 1);
    EXPECT_GT(between, 1);
    EXPECT_LT(between, 19);
    // The outer zone's surfaces see each other: its air loses to one wall what the other gives; radiation adds to it.
    EXPECT_GT(heating, 100 * (20 - between) / (0.4 + 0.2 + 1.25 + 0.4));
    const double outside = 4 + 0.9 * 4 * stefan_boltzmann * 273.15 * 273.15 * 273.15, walls = 1 / outside + 0.2 + 1.25;
    EXPECT_LT(heating, 100 * 20 / (0.4 + 1.45 + walls));
    EXPECT_GT(heating, 100 * 20 / (0.4 + 1.45 + 0.8 + walls));
}

TEST(Balance, AMemberHasTheBitsThatItHasAlone) {
    Envelopes one, many;
    Box box;
    box.heating_c = 21, box.infiltration_per_h = 0.7, box.gain_w = 300;
    add_box(one, box);
    for (int i = 0; i < 13; ++i) {
        Box other = box;
        other.area_m2 = i == 7 ? box.area_m2 : 60 + i;
        add_box(many, other);
    }
    DetailedZones alone = detailed(one), together = detailed(many);
    SimpleZones simple_alone(one, box_elements(one), 1, box_air_heat), simple_together(many, box_elements(many), 1, box_air_heat);
    simple_alone.start_at(20), simple_together.start_at(20);
    const StillWeather weather(-3, 48);
    const BoxRun a = run(alone, weather, 1), b = run(together, weather, 13), c = run(simple_alone, weather, 1), d = run(simple_together, weather, 13);
    for (Index h = 0; h < 48; ++h) {
        EXPECT_EQ(a.at(ZoneRow::heating, h), b.at(ZoneRow::heating, h, 7));
        EXPECT_EQ(c.at(ZoneRow::heating, h), d.at(ZoneRow::heating, h, 7));
    }
}

TEST(SimpleZone, SteadyHeatLossIsThatOfItsConductances) {
    Box box;
    box.heating_c = 20, box.infiltration_per_h = 0.5;
    Envelopes e;
    add_box(e, box);
    SimpleZones zones(e, box_elements(e), 1, box_air_heat);
    zones.start_at(20);
    const BoxRun r = run(zones, StillWeather(-5, 3000), 1);
    // U with films of 0.13 and 0.04 m2K/W; between air and surfaces stands H_is = 3.45 x 4.5 x 20 W/K.
    const double wall = 1 / (1 / (100 / (0.17 + 0.2 + 1.25)) + 1 / (3.45 * 4.5 * 20)), infiltration = 0.5 * 50 * box_air_heat / 3600;
    EXPECT_NEAR(r.at(ZoneRow::heating, 2999), 25 * (wall + infiltration), 0.01);
    EXPECT_NEAR(r.at(ZoneRow::air, 2999), 20, 1e-9);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::building
