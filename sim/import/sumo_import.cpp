#include "sim/import/sumo_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

#include "sim/city/connected_part.h"
#include "sim/import/sumo/network.h"
#include "sim/import/sumo/signals.h"
#include "sim/import/sumo/trips.h"

namespace shahr {
namespace {

using namespace sumo;

void read_network(const Element& net, const std::deque<XmlFile>& others, Reading& reading) {
    read_projection(net, reading);
    read_junctions(net, reading);
    read_roads(net, reading);
    Programmes programmes;
    programmes.read(net);
    for (const XmlFile& file : others) programmes.read(file.root());
    programmes.finish(reading);
    read_movements(net, reading);
    read_right_of_way(net, reading);
    for (const Element e : net.children())
        if (const auto name = e.name(); name != "edge" && name != "junction" && name != "connection" && name != "tlLogic" && name != "location" && name != "roundabout")
            reading.unread.element(e);
}

void read_demand(const std::deque<XmlFile>& files, Reading& reading) {
    TypeReader types(reading);
    const Turnings turnings(reading.city.network);
    RouteReader routes(reading, turnings);
    for (const XmlFile& file : files)
        for (const Element e : file.root().children()) {
            if (e.name() == "vType" || e.name() == "vTypeDistribution") types.read(e);
            if (e.name() == "route" || e.name() == "routeDistribution") routes.read(e);
        }
    TripReader trips(reading, types, routes);
    for (const XmlFile& file : files) trips.read(file.root());
    trips.finish();
    types.report();
    routes.report();
}

// A grid over all roads, with nobody in it: a SUMO network knows neither people nor land.
void fill_cells(City& city) {
    double west = std::numeric_limits<double>::max(), south = west, east = -west, north = -west;
    for (const Point p : city.network.roads.shape.items()) {
        west = std::min(west, p.x_m), east = std::max(east, p.x_m);
        south = std::min(south, p.y_m), north = std::max(north, p.y_m);
    }
    auto& cells = city.cells;
    if (city.network.roads.id.empty()) return;
    const auto down = [&](double v) { return std::floor(v / cells.size_m) * cells.size_m; };
    cells.origin = {down(west), down(south)};
    cells.columns = static_cast<std::int32_t>((east - cells.origin.x_m) / cells.size_m) + 1;
    cells.rows = static_cast<std::int32_t>((north - cells.origin.y_m) / cells.size_m) + 1;
    const auto count = static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows);
    cells.population.resize(count);
    cells.jobs.resize(count);
    cells.floor_area_m2.resize(count);
    cells.land_use.resize(count);
    cells.elevation_m.resize(count);
}

void report_kept(const City& city, ImportReport& report) {
    const auto count = [](const auto& column) { return static_cast<std::int64_t>(column.size()); };
    const auto& n = city.network;
    report.kept(count(n.junctions.id), "junctions");
    report.kept(count(n.roads.id), "roads");
    report.kept(count(n.lanes.id), "lanes");
    report.kept(count(n.movements.from_lane), "movements");
    report.kept(count(n.conflicts.movement) / 2, "pairs of conflicting movements");
    report.kept(count(n.signals.id), "signal programmes");
    report.kept(count(city.vehicle_types.id), "vehicle types");
    report.kept(count(city.trips.id), "trips");
}

}  // namespace

City import_sumo(const SumoFiles& files, ImportReport& report) {
    City city;
    city.source = files.net.filename().string();
    city.name = city.source.substr(0, city.source.find('.'));
    const XmlFile net(files.net, "net");
    std::deque<XmlFile> others;                // additional files first: routes may use their types
    for (const auto& path : files.additional) others.emplace_back(path, "");
    for (const auto& path : files.routes) others.emplace_back(path, "");

    Unread unread;
    Reading reading{city, report, unread};
    read_network(net.root(), others, reading);
    const ConnectedPart connected = mark_connected_part(city.network);
    fill_cells(city);
    read_demand(others, reading);
    report_kept(city, report);
    report.note(fmt::format("{} of {} roads open to cars are strongly connected", connected.roads, connected.car_roads));
    unread.report_to(report);
    return city;
}

}  // namespace shahr
