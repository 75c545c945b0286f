#include "sim/import/load_series.h"

#include <fmt/format.h>

#include <limits>
#include <map>

#include "sim/base/error.h"
#include "sim/import/csv_table.h"

namespace shahr {

LoadSeries read_load_series(const std::filesystem::path& path, const PowerLoads& loads) {
    const CsvTable table = CsvTable::read(path);
    if (!table.has("time_s")) throw InputError(fmt::format("{}:1: time_s (no such column) seconds since the first midnight, then a column for each load", path.string()));
    std::map<std::string_view, LoadId> load_of;
    for (LoadId load : rows(loads.id)) load_of[loads.id[load]] = load;
    std::vector<std::pair<std::string, LoadId>> columns;
    for (const std::string& name : table.columns()) {
        if (name == "time_s") continue;
        const auto at = load_of.find(name);
        if (at == load_of.end()) throw InputError(fmt::format("{}:1: column {} (no such load in the city) the id of a load", path.string(), name));
        columns.emplace_back(name, at->second);
    }
    LoadSeries series;
    series.active_power_w.assign(table.rows() * loads.id.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t r = 0; r < table.rows(); ++r) {
        const double time = table.given(r, "time_s");
        if (r > 0 && !(time > series.time_s.back())) table.reject(r, "time_s", "not after the row before", "ascending times");
        series.time_s.push_back(time);
        for (const auto& [name, load] : columns) series.active_power_w[r * loads.id.size() + row(load)] = table.number(r, name);
    }
    return series;
}

}  // namespace shahr
