#include "sim/import/osm_import.h"

#include <fmt/format.h>

#include "sim/city/connected_part.h"
#include "sim/import/osm/land.h"
#include "sim/import/osm/roads.h"
#include "sim/synthesis/junctions.h"

namespace shahr {
namespace {

void report_connected(const ConnectedPart& part, ImportReport& report) {
    report.kept(
        static_cast<std::int64_t>(part.roads), "roads in the strongly connected part",
        fmt::format(
            "{:.1f} % of those for cars; trips begin and end there",
            part.car_roads == 0 ? 0.0 : 100.0 * static_cast<double>(part.roads) / static_cast<double>(part.car_roads)));
    if (part.parts > 1)
        report.note(fmt::format("{} roads for cars lie in {} other parts: no trip begins or ends there, but traffic at the gates may",
                                part.car_roads - part.roads, part.parts - 1));
}

}  // namespace

City import_osm(const std::filesystem::path& file, const OsmOptions& options, ImportReport& report) {
    City city;
    city.source = file.filename().string();
    city.name = city.source.substr(0, city.source.find('.'));
    const osm::RoadData data = osm::read_road_data(file);
    const JunctionHints hints = osm::import_roads(data, options.country, city, report);
    synthesise_junctions(city, hints, report);
    report_connected(mark_connected_part(city.network), report);
    import_land(file, {.population = options.population, .elevation = options.elevation}, city, report);
    return city;
}

}  // namespace shahr
