#include "sim/import/epw.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "sim/base/error.h"
#include "tests/sim/import/crafted_epw.h"

namespace shahr {
namespace {

using namespace std::chrono;

Weather read(const std::string& text) {
    ImportReport report;
    return read_epw_text(text, "x.epw", report);
}

std::string why_not(const std::string& text) {
    try {
        read(text);
    } catch (const InputError& e) {
        return e.what();
    }
    return "it was read";
}

TEST(Epw, WhatIsNoTextDoesNotReachTheScreen) {
    EXPECT_EQ(why_not("\x1b[2J\xff\n").substr(0, 46), "x.epw:1: header = ?[2J? (not an EPW file) LOCA");
}

TEST(Epw, YearOfHours) {
    const Weather w = read(crafted_epw());
    EXPECT_EQ(w.hours(), 8760u);
    EXPECT_EQ(w.place, "Nowhere");
    EXPECT_DOUBLE_EQ(w.latitude_deg, 38.5);
    EXPECT_DOUBLE_EQ(w.time_zone_h, 5);
    EXPECT_DOUBLE_EQ(w.dry_bulb_c[0], 1.1);            // 1 January, hour 1
    EXPECT_DOUBLE_EQ(w.relative_humidity[0], 0.5);
    EXPECT_DOUBLE_EQ(w.direct_normal_w_m2[11], 500);
    EXPECT_DOUBLE_EQ(w.sky_cover[5], 0.5);
}

TEST(Epw, RowsOfTheCalendar) {
    const Weather common = read(crafted_epw()), leap = read(crafted_epw({}, true));
    EXPECT_EQ(leap.hours(), 8784u);
    const auto day = [](int y, unsigned m, unsigned d) { return sys_days{year{y} / m / d}; };
    EXPECT_EQ(weather_row(common, day(2021, 1, 1), 0), 0u);
    EXPECT_EQ(weather_row(common, day(2021, 12, 31), 23), 8759u);
    EXPECT_EQ(weather_row(common, day(2024, 12, 31), 23), 8759u);
    EXPECT_EQ(weather_row(common, day(2024, 2, 29), 5), weather_row(common, day(2024, 2, 28), 5));   // taken twice
    EXPECT_EQ(weather_row(leap, day(2024, 2, 29), 5), weather_row(leap, day(2024, 2, 28), 5) + 24);
    EXPECT_EQ(weather_row(leap, day(2021, 3, 1), 0), weather_row(leap, day(2021, 2, 28), 0) + 48);   // left out
}

TEST(Epw, ShortGapsAreBridgedAndCounted) {
    ImportReport report;
    const auto spoil = [](int hour, EpwRow& row) {
        if (hour >= 10 && hour < 13) row[6] = "99.9";
        if (hour == 10) row[9] = "999999";
        row[12] = "9999";
        return true;
    };
    const Weather w = read_epw_text(crafted_epw(spoil), "x.epw", report);
    const double before = 1 + 1.0, after = 1 + 1.4;    // hours 10 and 14
    EXPECT_NEAR(w.dry_bulb_c[10], before + (after - before) / 4, 1e-12);
    EXPECT_NEAR(w.dry_bulb_c[12], before + 3 * (after - before) / 4, 1e-12);
    EXPECT_DOUBLE_EQ(w.pressure_pa[10], 92000);
    // Half covered, dew point 1 degC: the clear sky's emissivity 0.789 times 1.065, of 275.65 K.
    EXPECT_NEAR(w.infrared_w_m2[13], 0.789 * 1.0595 * 5.67e-8 * std::pow(275.55, 4), 3);
    const std::string said = to_text(report);
    EXPECT_NE(said.find("hours of dry bulb temperature"), said.npos) << said;
    EXPECT_NE(said.find("hours of horizontal infrared radiation"), said.npos) << said;
}

TEST(Epw, MistakesAreNamed) {
    const auto spoiled = [](int at, std::size_t field, const char* value) {
        return why_not(crafted_epw([=](int hour, EpwRow& row) {
            if (hour == at) row[field] = value;
            return true;
        }));
    };
    EXPECT_EQ(spoiled(3, 6, "cold"), "x.epw:12: dry bulb temperature = cold (no number) a number");
    EXPECT_EQ(spoiled(3, 6, "85"), "x.epw:12: dry bulb temperature = 85 (out of range) from -70 to 70, or 99.9 where it is missing");
    EXPECT_EQ(spoiled(3, 9, "92"), "x.epw:12: atmospheric pressure = 92 (out of range) from 31000 to 120000, or 999999 where it is missing");
    EXPECT_EQ(spoiled(12, 14, "9999"), "x.epw:21: direct normal radiation (missing, and not for a few hours only) a value");
    EXPECT_EQ(why_not(crafted_epw([](int hour, EpwRow&) { return hour != 25; })),
              "x.epw:34: month, day, hour = 1, 2, 3 (not the hour that follows) 1, 2, 2: every hour of a year, in order");
    EXPECT_EQ(why_not(crafted_epw([](int hour, EpwRow&) { return hour < 100; })),
              "x.epw:108: month, day, hour = 1, 5, 5 (missing: the file ends before) every hour of a year, in order");
    EXPECT_EQ(why_not("a,b\n1,2\n"), "x.epw:1: header = a (not an EPW file) LOCATION,city,state,country,source,WMO,latitude,longitude,time zone,elevation");
    EXPECT_EQ(why_not(crafted_epw({}, false, "LOCATION,N,-,T,T,9,38.5,268.7,5.0,800.0")), "x.epw:1: longitude = 268.7 (out of range) from -180 to 180");
    EXPECT_EQ(why_not(crafted_epw({}, false, "LOCATION,N,-,T,T,9,38.5,68.7,-7.0,800.0")),
              "x.epw:1: time zone = -7.0 (far from the sun's at longitude 68.7, 4.6 h) hours over universal time, east of Greenwich above 0");
}

TEST(Epw, RealYears) {
    const std::filesystem::path folder = std::filesystem::path(SHAHR_TEST_DATA) / "weather";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "SHAHR_TEST_DATA does not name the reference data";
    ImportReport report;
    const Weather denver = read_epw(folder / "USA_CO_Denver.Intl.AP.725650_TMY3.epw", report);
    double mean = 0, least = 99, most = -99, sun = 0;
    for (std::size_t h = 0; h < denver.hours(); ++h) {
        mean += denver.dry_bulb_c[h] / 8760;
        least = std::min(least, denver.dry_bulb_c[h]);
        most = std::max(most, denver.dry_bulb_c[h]);
        sun += denver.direct_normal_w_m2[h] / 1000;
    }
    EXPECT_NEAR(mean, 10.88, 0.005);
    EXPECT_EQ(least, -19.4);
    EXPECT_EQ(most, 40.0);
    EXPECT_NEAR(sun, 1978, 1);
    EXPECT_EQ(read_epw(folder / "CHN_Xinjiang.Uygur.Urumqi.514630_CSWD.epw", report).hours(), 8760u);
}

}  // namespace
}  // namespace shahr
