#include "sim/synthesis/climate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "sim/base/error.h"

namespace shahr {
namespace {

using namespace std::chrono;

// Of each month.
Monthly means_of(const Weather& w, const std::vector<double>& column) {
    Monthly means{};
    for (unsigned m = 1; m <= 12; ++m) {
        const std::size_t begin = weather_row(w, sys_days{year{2001} / month{m} / 1}, 0), end = weather_row(w, sys_days{year{2001} / month{m} / last}, 23) + 1;
        means[m - 1] = std::accumulate(column.begin() + static_cast<std::ptrdiff_t>(begin), column.begin() + static_cast<std::ptrdiff_t>(end), 0.0) / static_cast<double>(end - begin);
    }
    return means;
}

TEST(Climate, TheYearHasTheNormalsOfItsMonths) {
    const Climate climate = read_climate("almaty");
    const Weather w = synthesise_weather(climate, 7);
    ASSERT_EQ(w.hours(), 8760u);
    const Monthly temperature = means_of(w, w.dry_bulb_c), wind = means_of(w, w.wind_mps), humidity = means_of(w, w.relative_humidity);
    for (std::size_t m = 0; m < 12; ++m) {
        EXPECT_NEAR(temperature[m], climate.temperature_c[m], 0.01) << m;
        EXPECT_NEAR(wind[m], climate.wind_mps[m], 0.01) << m;
        EXPECT_NEAR(humidity[m], climate.relative_humidity[m], 0.05) << m;
    }
}

TEST(Climate, ItsDaysVaryAndRememberTheOneBefore) {
    const Climate climate = read_climate("almaty");
    const Weather w = synthesise_weather(climate, 1);
    std::vector<double> mean;
    for (std::size_t day = 0; day < 365; ++day) mean.push_back(std::accumulate(w.dry_bulb_c.begin() + static_cast<std::ptrdiff_t>(24 * day), w.dry_bulb_c.begin() + static_cast<std::ptrdiff_t>(24 * day + 24), 0.0) / 24);
    double step = 0;                           // mean square from day to day: 2 (1 - 0.7) of the variance of 16 K2
    for (std::size_t day = 1; day < 365; ++day) step += (mean[day] - mean[day - 1]) * (mean[day] - mean[day - 1]) / 364;
    EXPECT_NEAR(step, 2 * 0.3 * 16, 3);
    EXPECT_LT(*std::min_element(w.dry_bulb_c.begin(), w.dry_bulb_c.end()), -12);
    EXPECT_GT(*std::max_element(w.dry_bulb_c.begin(), w.dry_bulb_c.end()), 32);
}

TEST(Climate, ItsDaysAreCloudedAsItsSunshineSays) {
    const Climate climate = read_climate("almaty");
    const Weather w = synthesise_weather(climate, 3);
    const Monthly cover = means_of(w, w.sky_cover), direct = means_of(w, w.direct_normal_w_m2);
    // Possible at 43.2 degrees north: 9.3 hours a day in January, 14.9 in July.
    EXPECT_NEAR(cover[0], 1 - 115 / (31 * 9.3), 0.06);
    EXPECT_NEAR(cover[6], 1 - 298 / (31 * 14.9), 0.06);
    EXPECT_GT(direct[6], 2 * direct[0]);
    for (std::size_t h = 0; h < w.hours(); ++h) {
        EXPECT_GE(w.direct_normal_w_m2[h], 0);
        EXPECT_GE(w.diffuse_horizontal_w_m2[h], 0);
        EXPECT_LT(w.direct_normal_w_m2[h] + w.diffuse_horizontal_w_m2[h], 1413 * 1.2);
        EXPECT_LE(w.dew_point_c[h], w.dry_bulb_c[h] + 1e-9);
    }
    EXPECT_EQ(w.direct_normal_w_m2[0] + w.diffuse_horizontal_w_m2[0], 0);    // midnight
}

TEST(Climate, TheSeedDrawsTheYear) {
    const Climate climate = read_climate("almaty");
    EXPECT_EQ(synthesise_weather(climate, 5).dry_bulb_c, synthesise_weather(climate, 5).dry_bulb_c);
    EXPECT_NE(synthesise_weather(climate, 5).dry_bulb_c, synthesise_weather(climate, 6).dry_bulb_c);
}

TEST(Climate, NamesWhatIsWrong) {
    const auto message_of = [](const std::string& name, const auto& read) -> std::string {
        try {
            read(name);
        } catch (const InputError& e) {
            return e.what();
        }
        return "";
    };
    EXPECT_NE(message_of("almati", [](const std::string& name) { read_climate(name); }).find("no such climate"), std::string::npos);
    const std::string eleven = "title = \"x\"\nsource = \"y\"\nlatitude_deg = 40\nlongitude_deg = 60\ntime_zone_h = 4\nelevation_m = 0\ntemperature_c = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]\n";
    EXPECT_NE(message_of(eleven, [](const std::string& text) { read_climate_text(text, "x.toml"); }).find("x.toml:7: temperature_c"), std::string::npos);
}

}  // namespace
}  // namespace shahr
