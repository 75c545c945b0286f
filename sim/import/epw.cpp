#include "sim/import/epw.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>
#include <vector>

#include "sim/base/error.h"
#include "sim/city/humid_air.h"

namespace shahr {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t longest_gap_h = 6;

// One data column: its place in a row, its range, and the code from which on a value is none.
struct EpwColumn {
    std::string_view name;
    std::size_t place;
    double least, most, none_from;
    double factor;                             // to our unit
};
enum ColumnOf { dry_bulb, dew_point, humidity, pressure, infrared, global, direct, diffuse, wind_from, wind, cover, opaque_cover, snow, rain, column_count };
constexpr std::array<EpwColumn, column_count> columns = {{
    {"dry bulb temperature", 6, -70, 70, 99.9, 1},
    {"dew point temperature", 7, -70, 70, 99.9, 1},
    {"relative humidity", 8, 0, 110, 999, 0.01},
    {"atmospheric pressure", 9, 31000, 120000, 999999, 1},
    {"horizontal infrared radiation", 12, 0, 700, 9999, 1},
    {"global horizontal radiation", 13, 0, 1500, 9999, 1},
    {"direct normal radiation", 14, 0, 1500, 9999, 1},
    {"diffuse horizontal radiation", 15, 0, 1500, 9999, 1},
    {"wind direction", 20, 0, 360, 999, 1},
    {"wind speed", 21, 0, 60, 999, 1},
    {"total sky cover", 22, 0, 10, 99, 0.1},
    {"opaque sky cover", 23, 0, 10, 99, 0.1},
    {"snow depth", 30, 0, 900, 999, 0.01},
    {"liquid precipitation depth", 33, 0, 900, 999, 1},
}};
constexpr std::size_t least_fields = 29;       // older files end before snow and rain

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find(',', begin), line.size());
        fields.push_back(trimmed(line.substr(begin, end - begin)));
        begin = end + 1;
    }
    return fields;
}

// Is it the same word, whatever its case?
bool is_word(std::string_view text, std::string_view upper) {
    return std::equal(text.begin(), text.end(), upper.begin(), upper.end(), [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; });
}

using Values = std::array<std::vector<double>, column_count>;

class EpwFile {
public:
    EpwFile(std::string_view text, std::string name) : rest_(text), name_(std::move(name)) {}

    void read(Weather& to, Values& values) {
        read_location(to);
        while (true) {
            if (!next_line()) fail("header (ends without DATA PERIODS) eight lines of header, the last of them DATA PERIODS, before the hours");
            if (is_word(fields_.front(), "DATA PERIODS")) break;
            if (line_ > 100) fail("header (no DATA PERIODS within 100 lines) eight lines of header, the last of them DATA PERIODS");
        }
        if (fields_.size() > 2 && number("records per hour", fields_[2], 1, 60) != 1) fail(fmt::format("records per hour = {} (not hourly) 1", fields_[2]));
        read_hours(values);
    }
    std::size_t first_row_line() const { return first_row_line_; }

private:
    bool next_line() {
        while (!rest_.empty()) {
            const std::size_t end = std::min(rest_.find('\n'), rest_.size());
            const std::string_view text = trimmed(rest_.substr(0, end));
            rest_.remove_prefix(std::min(end + 1, rest_.size()));
            ++line_;
            if (text.empty()) continue;
            fields_ = fields_of(text);
            return true;
        }
        return false;
    }

    void read_location(Weather& to) {
        constexpr std::string_view right = "LOCATION,city,state,country,source,WMO,latitude,longitude,time zone,elevation";
        if (!next_line() || !is_word(fields_.front(), "LOCATION")) fail(fmt::format("header = {} (not an EPW file) {}", fields_.empty() ? "" : fields_.front().substr(0, 40), right));
        if (fields_.size() < 10) fail(fmt::format("LOCATION ({} values) {}", fields_.size(), right));
        to.place = std::string(fields_[1]);
        to.latitude_deg = number("latitude", fields_[6], -90, 90);
        to.longitude_deg = number("longitude", fields_[7], -180, 180);
        to.time_zone_h = number("time zone", fields_[8], -12, 14);
        to.elevation_m = number("elevation", fields_[9], -1000, 9999);
        if (std::abs(to.longitude_deg / 15 - to.time_zone_h) > 4)
            fail(fmt::format("time zone = {} (far from the sun's at longitude {}, {:.1f} h) hours over universal time, east of Greenwich above 0", fields_[8], fields_[7], to.longitude_deg / 15));
    }

    void read_hours(Values& values) {
        constexpr std::array<int, 12> common = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        int month = 1, day = 1, hour = 1;
        while (next_line()) {
            if (first_row_line_ == 0) first_row_line_ = line_;
            if (month > 12) fail("row (after the end of the year) 8760 hours, or 8784 with a 29 February");
            if (fields_.size() < least_fields) fail(fmt::format("row (has {} values) {} or more", fields_.size(), least_fields));
            const int is_month = whole("month", fields_[1], 1, 12), is_day = whole("day", fields_[2], 1, 31), is_hour = whole("hour", fields_[3], 1, 24);
            const bool leap_day = month == 3 && day == 1 && hour == 1 && is_month == 2 && is_day == 29;
            if (leap_day) month = 2, day = 29;
            if (is_month != month || is_day != day || is_hour != hour)
                fail(fmt::format("month, day, hour = {}, {}, {} (not the hour that follows) {}, {}, {}: every hour of a year, in order", is_month, is_day, is_hour, month, day, hour));
            for (std::size_t c = 0; c < column_count; ++c) values[c].push_back(value(columns[c]));
            const int last_day = month == 2 && day == 29 ? 29 : common[static_cast<std::size_t>(month - 1)];
            if (++hour > 24) hour = 1, ++day;
            if (day > last_day && hour == 1) day = 1, ++month;
        }
        if (month <= 12) fail(fmt::format("month, day, hour = {}, {}, {} (missing: the file ends before) every hour of a year, in order", month, day, hour));
    }

    double value(const EpwColumn& column) const {
        if (column.place >= fields_.size()) return missing;
        const std::string_view text = fields_[column.place];
        if (text.empty()) return missing;
        const double x = any_number(column.name, text);
        if (x >= column.none_from) return missing;
        // A range of 0 to 1 tenth below zero and the like is rounding; more is a mistake.
        if (x < column.least || x > column.most) fail(fmt::format("{} = {} (out of range) from {} to {}, or {} where it is missing", column.name, text, column.least, column.most, column.none_from));
        return x * column.factor;
    }

    double any_number(std::string_view name, std::string_view text) const {
        double x = 0;
        if (text.starts_with('+')) text.remove_prefix(1);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), x);
        if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(x)) fail(fmt::format("{} = {} (no number) a number", name, text));
        return x;
    }
    double number(std::string_view name, std::string_view text, double least, double most) const {
        const double x = any_number(name, text);
        if (x < least || x > most) fail(fmt::format("{} = {} (out of range) from {} to {}", name, text, least, most));
        return x;
    }
    int whole(std::string_view name, std::string_view text, int least, int most) const {
        const double x = number(name, text, least, most);
        if (x != std::floor(x)) fail(fmt::format("{} = {} (not a whole number) from {} to {}", name, text, least, most));
        return static_cast<int>(x);
    }
    // What stands in a file that is no text may be no text either.
    [[noreturn]] void fail(std::string what) const {
        std::replace_if(what.begin(), what.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
        throw InputError(fmt::format("{}:{}: {}", name_, std::max<std::size_t>(line_, 1), what));
    }

    std::string_view rest_;
    std::string name_;
    std::size_t line_ = 0, first_row_line_ = 0;
    std::vector<std::string_view> fields_;
};

// Short gaps become straight lines between what stands around them, over the turn of the year too.
std::int64_t bridge_gaps(std::vector<double>& values) {
    const std::size_t n = values.size();
    const std::size_t first = static_cast<std::size_t>(std::find_if(values.begin(), values.end(), [](double x) { return !std::isnan(x); }) - values.begin());
    std::int64_t bridged = 0;
    for (std::size_t i = 1, before = first; i <= n && first < n; ++i) {
        const std::size_t at = (first + i) % n;
        if (std::isnan(values[at])) continue;
        const std::size_t gap = (at + n - before) % n;
        for (std::size_t k = 1; k < gap && gap <= longest_gap_h + 1; ++k, ++bridged) {
            const double share = static_cast<double>(k) / static_cast<double>(gap);
            values[(before + k) % n] = values[before] + share * (values[at] - values[before]);
        }
        before = at;
    }
    return bridged;
}

template <class F>
std::int64_t fill(std::vector<double>& values, F&& with) {
    std::int64_t n = 0;
    for (std::size_t h = 0; h < values.size(); ++h)
        if (std::isnan(values[h])) values[h] = with(h), ++n;
    return n;
}

void make_up(Values& v, double elevation_m, ImportReport& report) {
    for (const ColumnOf c : {dry_bulb, dew_point, humidity, pressure, infrared, wind, wind_from, cover, opaque_cover})
        report.guessed(bridge_gaps(v[c]), fmt::format("hours of {}", columns[c].name), "linearly between the hours around a gap");
    const auto guessed = [&](ColumnOf c, const char* how, auto&& with) {
        const std::int64_t n = fill(v[c], with);
        if (n > 0) report.guessed(n, fmt::format("hours of {}", columns[c].name), how);
    };
    guessed(pressure, "from the height of the place", [&](std::size_t) { return standard_pressure(elevation_m); });
    guessed(humidity, "from the dew point", [&](std::size_t h) { return vapour_pressure(v[dew_point][h]) / vapour_pressure(v[dry_bulb][h]); });
    guessed(dew_point, "from the humidity", [&](std::size_t h) { return dew_point_of(v[dry_bulb][h], v[humidity][h]); });
    guessed(cover, "half covered", [](std::size_t) { return 0.5; });
    guessed(opaque_cover, "as the total cover", [&](std::size_t h) { return v[cover][h]; });
    guessed(infrared, "from dew point and cloud cover", [&](std::size_t h) { return sky_infrared(v[dry_bulb][h], v[dew_point][h], v[opaque_cover][h]); });
    guessed(wind_from, "from the north", [](std::size_t) { return 0.0; });
    guessed(rain, "none", [](std::size_t) { return 0.0; });
    guessed(snow, "none", [](std::size_t) { return 0.0; });
    // By day nothing stands for the sun; by night its absence does.
    for (const ColumnOf c : {direct, diffuse}) fill(v[c], [&](std::size_t h) { return v[global][h] == 0 ? 0 : missing; });
}

}  // namespace

Weather read_epw_text(std::string_view text, const std::string& name, ImportReport& report) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);   // a byte order mark
    Weather to;
    to.source = std::filesystem::path(name).filename().string();
    Values v;
    EpwFile file(text, name);
    file.read(to, v);
    make_up(v, to.elevation_m, report);
    for (const ColumnOf c : {dry_bulb, dew_point, humidity, wind, direct, diffuse})
        for (std::size_t h = 0; h < v[c].size(); ++h)
            if (std::isnan(v[c][h]))
                throw InputError(fmt::format("{}:{}: {} (missing, and not for a few hours only) a value", name, file.first_row_line() + h, columns[c].name));
    to.dry_bulb_c = std::move(v[dry_bulb]);
    to.dew_point_c = std::move(v[dew_point]);
    to.relative_humidity = std::move(v[humidity]);
    to.pressure_pa = std::move(v[pressure]);
    to.infrared_w_m2 = std::move(v[infrared]);
    to.direct_normal_w_m2 = std::move(v[direct]);
    to.diffuse_horizontal_w_m2 = std::move(v[diffuse]);
    to.wind_mps = std::move(v[wind]);
    to.wind_from_deg = std::move(v[wind_from]);
    to.sky_cover = std::move(v[cover]);
    to.rain_mm = std::move(v[rain]);
    to.snow_depth_m = std::move(v[snow]);
    report.kept(static_cast<std::int64_t>(to.hours()), "hours of weather", fmt::format("{}, {}", to.place, to.source));
    return to;
}

Weather read_epw(const std::filesystem::path& path, ImportReport& report) {
    std::ifstream in(path, std::ios::binary);
    std::error_code error;
    if (!in || std::filesystem::is_directory(path, error)) throw InputError(fmt::format("{}: weather (cannot be read) an .epw file", path.string()));
    std::ostringstream text;
    text << in.rdbuf();
    return read_epw_text(text.str(), path.string(), report);
}

}  // namespace shahr
