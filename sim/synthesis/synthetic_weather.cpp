// A year of hours from monthly normals. Days: the clearness of the air after Graham, Hollands, Huget, "A time-series model for
// Kt with application to global synthetic weather generation", Solar Energy 40(2), 1988, over the distribution of Bendt,
// Collares-Pereira, Rabl 1981; temperatures by a first-order autoregression, as Richardson, Water Resources Research 17(1), 1981.
// Hours: clearness after Aguiar, Collares-Pereira, "TAG: a time-dependent, autoregressive, Gaussian model for generating synthetic
// hourly radiation", Solar Energy 49(3), 1992; the diffuse part after Erbs, Klein, Duffie, Solar Energy 28(4), 1982.
#include <fmt/format.h>

#include <numbers>

#include "sim/base/random.h"
#include "sim/city/humid_air.h"
#include "sim/synthesis/climate.h"

namespace shahr {
namespace {

constexpr std::size_t days = 365, hours = 24 * days;
constexpr std::array<std::size_t, 13> month_begin = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
constexpr std::uint64_t purpose_clearness = 0xC1EA, purpose_hours = 0xC1EB, purpose_temperature = 0xC1EC, purpose_wind = 0xC1ED;
constexpr double pi = std::numbers::pi, degree = pi / 180, solar_constant_w_m2 = 1367;

std::size_t month_of(std::size_t day) {
    std::size_t m = 0;
    while (month_begin[m + 1] <= day) ++m;
    return m;
}

// Linear between the middles of the months.
double along_the_year(const Monthly& at_middles, std::size_t day) {
    const double d = static_cast<double>(day) + 0.5;
    const auto middle = [](std::size_t m) { return (static_cast<double>(month_begin[m % 12] + month_begin[m % 12 + 1])) / 2 + (m >= 12 ? static_cast<double>(days) : 0.0); };
    const std::size_t month = month_of(day);
    const std::size_t before = d >= middle(month) ? month : (month + 11) % 12;
    const double from = before == 11 && d < middle(0) ? middle(11) - static_cast<double>(days) : middle(before);
    const double to = before == 11 && d < middle(0) ? middle(0) : middle(before + 1);
    const double w = (d - from) / (to - from);
    return at_middles[before] * (1 - w) + at_middles[(before + 1) % 12] * w;
}

// The mean of a month's days, of a value of the day.
template <class F>
Monthly monthly_means(F&& of_day) {
    Monthly means{};
    for (std::size_t m = 0; m < 12; ++m) {
        for (std::size_t day = month_begin[m]; day < month_begin[m + 1]; ++day) means[m] += of_day(day);
        means[m] /= static_cast<double>(month_begin[m + 1] - month_begin[m]);
    }
    return means;
}

// The sun of a day: Spencer 1971.
struct Sun {
    double declination, equation_of_time_h, normal_w_m2, sin_latitude, cos_latitude, clock_offset_h;

    Sun(const Climate& c, std::size_t day) : clock_offset_h((c.longitude_deg - 15 * c.time_zone_h) / 15) {
        const double g = 2 * pi * static_cast<double>(day) / static_cast<double>(days);
        declination = 0.006918 - 0.399912 * std::cos(g) + 0.070257 * std::sin(g) - 0.006758 * std::cos(2 * g) + 0.000907 * std::sin(2 * g) - 0.002697 * std::cos(3 * g) + 0.00148 * std::sin(3 * g);
        equation_of_time_h = 229.18 / 60 * (0.000075 + 0.001868 * std::cos(g) - 0.032077 * std::sin(g) - 0.014615 * std::cos(2 * g) - 0.04089 * std::sin(2 * g));
        normal_w_m2 = solar_constant_w_m2 * (1.00011 + 0.034221 * std::cos(g) + 0.00128 * std::sin(g) + 0.000719 * std::cos(2 * g) + 0.000077 * std::sin(2 * g));
        sin_latitude = std::sin(c.latitude_deg * degree), cos_latitude = std::cos(c.latitude_deg * degree);
    }
    double sunset_angle() const { return std::acos(std::clamp(-sin_latitude / cos_latitude * std::tan(declination), -1.0, 1.0)); }
    double day_length_h() const { return sunset_angle() / pi * 24; }
    double sunrise_h() const { return 12 - sunset_angle() / pi * 12 - clock_offset_h - equation_of_time_h; }
    double sine_of_height(double angle) const { return sin_latitude * std::sin(declination) + cos_latitude * std::cos(declination) * std::cos(angle); }

    // The lit part of a clock hour: W/m2 outside the atmosphere on the horizontal, mean over the whole hour, and the sine of the
    // sun's height in the middle of that part; 0 by night.
    struct Lit {
        double horizontal_w_m2 = 0, sine = 0;
    };
    Lit in_hour(std::size_t hour) const {
        const double begin = (static_cast<double>(hour) + clock_offset_h + equation_of_time_h - 12) * pi / 12, set = sunset_angle();
        const double from = std::max(begin, -set), to = std::min(begin + pi / 12, set);
        if (from >= to) return {};
        const double integral = sin_latitude * std::sin(declination) * (to - from) + cos_latitude * std::cos(declination) * (std::sin(to) - std::sin(from));
        return {std::max(normal_w_m2 * integral * 12 / pi, 0.0), std::max(sine_of_height((from + to) / 2), 1e-3)};
    }
};

// How much of the sunlight outside the atmosphere arrives, day by day: the month's mean holds, the days follow the first-order
// Gaussian series of Graham et al. (coefficient 0.29), mapped onto the exponential distribution between 0.05 and the clearest day's
// value; both as Duffie and Beckman, Solar Engineering of Thermal Processes, eq. 2.9.5 to 2.9.7.
class Clearness {
public:
    Clearness(const Monthly& mean, std::uint64_t seed) {
        Draws draws(seed, purpose_clearness, 0);
        std::array<double, days> gaussian;
        double x = draws.normal(0, 1);
        for (double& of_day : gaussian) of_day = x = persistence * x + draws.normal(0, std::sqrt(1 - persistence * persistence));
        for (std::size_t m = 0; m < 12; ++m) draw_month(m, mean[m], gaussian);
    }
    double operator[](std::size_t day) const { return of_day_[day]; }

private:
    static constexpr double persistence = 0.29, least = 0.05;

    // A shift of all the month's Gaussian values makes its mean right, so that no day leaves the distribution's bounds.
    void draw_month(std::size_t m, double mean, const std::array<double, days>& gaussian) {
        const double most = 0.6313 + 0.267 * mean - 11.9 * std::pow(mean - 0.75, 8), width = most - least;
        const double xi = width / (most - mean), gamma = -1.498 + (1.184 * xi - 27.182 * std::exp(-1.5 * xi)) / width;
        double low = -6, high = 6;
        for (int i = 0; i < 50; ++i) {
            const double shift = (low + high) / 2;
            double sum = 0;
            for (std::size_t day = month_begin[m]; day < month_begin[m + 1]; ++day) {
                const double share = 0.5 * std::erfc(-(gaussian[day] + shift) / std::numbers::sqrt2);
                of_day_[day] = std::log((1 - share) * std::exp(gamma * least) + share * std::exp(gamma * most)) / gamma;
                sum += of_day_[day];
            }
            (sum < mean * static_cast<double>(month_begin[m + 1] - month_begin[m]) ? low : high) = shift;
        }
    }

    std::array<double, days> of_day_{};
};

// Angstrom's formula with Prescott's coefficients: Allen et al., FAO Irrigation and Drainage Paper 56, eq. 35.
constexpr double overcast_share = 0.25, sunny_share = 0.50;

Monthly mean_clearness(const Climate& c) {
    const Monthly day_length = monthly_means([&](std::size_t day) { return Sun(c, day).day_length_h(); });
    Monthly mean{};
    for (std::size_t m = 0; m < 12; ++m) {
        const double possible = day_length[m] * static_cast<double>(month_begin[m + 1] - month_begin[m]);
        mean[m] = overcast_share + sunny_share * std::min(c.sunshine_h[m] / possible, 0.95);
    }
    return mean;
}

// Of a day's sunlight the hours: TAG's mean and deviation, with the day's sum kept.
void shine(const Climate& c, std::size_t day, double clearness, double& memory, Draws& draws, Weather& to) {
    const Sun sun(c, day);
    const double k = clearness;
    const double lambda = -0.19 + 1.12 * k + 0.24 * std::exp(-8 * k), epsilon = 0.32 - 1.6 * (k - 0.5) * (k - 0.5), kappa = 0.19 + 2.27 * k * k - 2.51 * k * k * k;
    const double spread = 0.14 * std::exp(-20 * (k - 0.35) * (k - 0.35)), rise = 3 * (k - 0.45) * (k - 0.45) + 16 * std::pow(k, 5);
    const double phi = 0.38 + 0.06 * std::cos(7.4 * k - 2.5);
    constexpr double clearest = 0.85;
    std::array<double, 24> index{};
    double outside = 0, inside = 0;
    for (std::size_t h = 0; h < 24; ++h) {
        const auto lit = sun.in_hour(h);
        if (lit.horizontal_w_m2 <= 0) continue;
        memory = phi * memory + draws.normal(0, std::sqrt(1 - phi * phi));
        index[h] = std::clamp(lambda + epsilon * std::exp(-kappa / lit.sine) + spread * std::exp(rise * (1 - lit.sine)) * memory, 0.02, clearest);
        outside += lit.horizontal_w_m2, inside += index[h] * lit.horizontal_w_m2;
    }
    for (std::size_t h = 0; h < 24; ++h) {
        const auto lit = sun.in_hour(h);
        const double t = inside > 0 ? std::min(index[h] * k * outside / inside, clearest) : 0, global = t * lit.horizontal_w_m2;
        const double diffuse_share = t <= 0.22 ? 1 - 0.09 * t : t <= 0.80 ? 0.9511 - 0.1604 * t + 4.388 * t * t - 16.638 * t * t * t + 12.336 * t * t * t * t : 0.165;
        const double direct = lit.sine > 0 ? std::min(global * (1 - diffuse_share) / lit.sine, clearest * sun.normal_w_m2) : 0;
        to.direct_normal_w_m2.push_back(direct);
        to.diffuse_horizontal_w_m2.push_back(global - direct * lit.sine);
    }
}

// Of the hour's end, degC over the day's mean: half cosines between the lowest at sunrise and the highest three hours after noon
// (De Wit, Goudriaan, van Laar 1978), where `half` is half the difference of the two on the day before, this day and the next.
double swing_at(double clock_h, double sunrise_h, const std::array<double, 3>& half) {
    constexpr double warmest_h = 15;
    const auto between = [](double from, double to, double share) { return (from + to) / 2 + (from - to) / 2 * std::cos(pi * share); };
    if (clock_h < sunrise_h) return between(half[0], -half[1], (clock_h + 24 - warmest_h) / (sunrise_h + 24 - warmest_h));
    if (clock_h < warmest_h) return between(-half[1], half[1], (clock_h - sunrise_h) / (warmest_h - sunrise_h));
    return between(half[1], -half[2], (clock_h - warmest_h) / (sunrise_h + 24 - warmest_h));
}

std::vector<double> temperatures(const Climate& c, const Clearness& clearness, const Monthly& mean_clearness, std::uint64_t seed) {
    // Of daily means from one day to the next; the years of Urumqi (CSWD) and Denver (TMY3) have 0.76 and 0.65.
    constexpr double persistence = 0.7;
    Draws draws(seed, purpose_temperature, 0);
    std::array<double, days> anomaly, half, sunrise_h;
    Monthly range{};
    for (std::size_t m = 0; m < 12; ++m) range[m] = c.high_c[m] - c.low_c[m];
    double x = draws.normal(0, 1);
    for (std::size_t day = 0; day < days; ++day) {
        x = persistence * x + draws.normal(0, std::sqrt(1 - persistence * persistence));
        sunrise_h[day] = Sun(c, day).sunrise_h();
        anomaly[day] = x * along_the_year(c.day_to_day_k, day);
        // Clear days swing more: half of the range goes with the clearness.
        half[day] = along_the_year(range, day) / 2 * (0.5 + 0.5 * clearness[day] / mean_clearness[month_of(day)]);
    }
    Monthly knots = c.temperature_c;
    std::vector<double> hourly(hours);
    // The course of the year is moved until the months' means, with what was drawn, are the normals.
    for (int sweep = 0; sweep < 60; ++sweep) {
        for (std::size_t h = 0; h < hours; ++h) {
            const std::size_t day = h / 24, before = (day + days - 1) % days, after = (day + 1) % days;
            hourly[h] = along_the_year(knots, day) + anomaly[day] + swing_at(static_cast<double>(h % 24) + 1, sunrise_h[day], {half[before], half[day], half[after]});
        }
        const Monthly means = monthly_means([&](std::size_t day) {
            double sum = 0;
            for (std::size_t h = 24 * day; h < 24 * day + 24; ++h) sum += hourly[h];
            return sum / 24;
        });
        for (std::size_t m = 0; m < 12; ++m) knots[m] += c.temperature_c[m] - means[m];
    }
    return hourly;
}

// Rayleigh's distribution over a first-order Gaussian series of hours (coefficient 0.85; Urumqi 0.87, Denver 0.69), a quarter
// stronger in the afternoon; each month's mean is the normal.
std::vector<double> winds(const Climate& c, std::uint64_t seed) {
    constexpr double persistence = 0.85;
    Draws draws(seed, purpose_wind, 0);
    std::vector<double> hourly(hours);
    double x = draws.normal(0, 1);
    for (std::size_t h = 0; h < hours; ++h) {
        x = persistence * x + draws.normal(0, std::sqrt(1 - persistence * persistence));
        hourly[h] = std::sqrt(-std::log(std::max(0.5 * std::erfc(x / std::numbers::sqrt2), 1e-9))) * (1 + 0.25 * std::cos((static_cast<double>(h % 24) + 1 - 15) * pi / 12));
    }
    const Monthly means = monthly_means([&](std::size_t day) {
        double sum = 0;
        for (std::size_t h = 24 * day; h < 24 * day + 24; ++h) sum += hourly[h];
        return sum / 24;
    });
    for (std::size_t h = 0; h < hours; ++h) hourly[h] *= c.wind_mps[month_of(h / 24)] / means[month_of(h / 24)];
    return hourly;
}

// Vapour stays the same through a day; it is as much as gives the month's mean humidity, but no more than the air holds.
void moisten(const Climate& c, std::size_t day, Weather& to) {
    double dryness = 0;
    for (std::size_t h = 24 * day; h < 24 * day + 24; ++h) dryness += 1 / vapour_pressure(to.dry_bulb_c[h]) / 24;
    const double vapour = c.relative_humidity[month_of(day)] / dryness;
    for (std::size_t h = 24 * day; h < 24 * day + 24; ++h) {
        const double saturated = vapour_pressure(to.dry_bulb_c[h]);
        to.relative_humidity.push_back(std::min(vapour / saturated, 1.0));
        to.dew_point_c.push_back(dew_point_at(std::min(vapour, saturated)));
    }
}

}  // namespace

Weather synthesise_weather(const Climate& c, std::uint64_t seed) {
    Weather to;
    to.source = fmt::format("made of the monthly normals of {}, seed {}", c.title, seed);
    to.place = c.title;
    to.latitude_deg = c.latitude_deg, to.longitude_deg = c.longitude_deg;
    to.time_zone_h = c.time_zone_h, to.elevation_m = c.elevation_m;
    const Monthly mean = mean_clearness(c);
    const Clearness clearness(mean, seed);
    to.dry_bulb_c = temperatures(c, clearness, mean, seed);
    to.wind_mps = winds(c, seed);
    Draws draws(seed, purpose_hours, 0);
    double memory = 0;
    for (std::size_t day = 0; day < days; ++day) {
        shine(c, day, clearness[day], memory, draws, to);
        moisten(c, day, to);
        const double cover = std::clamp(1 - (clearness[day] - overcast_share) / sunny_share, 0.0, 1.0);
        for (std::size_t h = 24 * day; h < 24 * day + 24; ++h) {
            to.sky_cover.push_back(cover);
            to.infrared_w_m2.push_back(sky_infrared(to.dry_bulb_c[h], to.dew_point_c[h], cover));
        }
    }
    to.pressure_pa.assign(hours, standard_pressure(c.elevation_m));
    for (std::vector<double>* none : {&to.wind_from_deg, &to.rain_mm, &to.snow_depth_m}) none->assign(hours, 0);
    return to;
}

}  // namespace shahr
