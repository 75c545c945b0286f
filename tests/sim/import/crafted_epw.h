// An EPW file of a made-up year, for tests to spoil.
#pragma once
#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

namespace shahr {

// One row of data as its fields: year, month, day, hour, minute, flags, dry bulb (6), dew point, humidity, pressure, ...
using EpwRow = std::vector<std::string>;

inline std::string crafted_epw(const std::function<bool(int hour_of_year, EpwRow&)>& keep = {}, bool leap = false, const std::string& location = "LOCATION,Nowhere,-,TJK,TEST,999999,38.5,68.7,5.0,800.0") {
    std::string text = location + "\nDESIGN CONDITIONS,0\nTYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\nHOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\nCOMMENTS 1,\nCOMMENTS 2,\nDATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n";
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int at = 0;
    for (int month = 1; month <= 12; ++month)
        for (int day = 1; day <= lengths[month - 1] + (leap && month == 2); ++day)
            for (int hour = 1; hour <= 24; ++hour, ++at) {
                const bool sunny = hour > 6 && hour <= 18;
                EpwRow row = {"2003", fmt::format("{}", month), fmt::format("{}", day), fmt::format("{}", hour), "0", "?9", fmt::format("{}", month + hour / 10.0), "1.0", "50", "92000", "9999", "9999", "300",
                              sunny ? "400" : "0", sunny ? "500" : "0", sunny ? "100" : "0", "0", "0", "0", "0", "180", "2.5", "5", "5", "20", "77777", "9", "999999999", "10", "0.1", "0", "88", "0.2", "0", "1"};
                if (keep && !keep(at, row)) continue;
                for (std::size_t i = 0; i < row.size(); ++i) text += (i > 0 ? "," : "") + row[i];
                text += "\n";
            }
    return text;
}

}  // namespace shahr
