#include "sim/synthesis/population.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "sim/city/road_finder.h"
#include "sim/synthesis/buildings.h"

namespace shahr {
namespace {

constexpr double hectare_m2 = 10'000;
constexpr double usual_density = 60, least_density = 15, greatest_density = 250;  // people per hectare of residential land
constexpr double apartments_from_density = 120;
constexpr double farthest_access_m = 500;
constexpr double jobs_per_person = 0.45;       // 0.40 to 0.48 in most cities
constexpr double pupils_per_person = 0.25;     // schools 180 and kindergartens 70 per 1000 people
constexpr double most_scaling = 2;

template <class Range>
double sum_of(const Range& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

void add_synthetic(Buildings& b, Point position, BuildingUse use, double floor_area_m2, double levels) {
    b.id.push_back(fmt::format("synthetic/{}", b.id.size()));
    b.position.push_back(position);
    b.use.push_back(use);
    b.footprint_m2.push_back(static_cast<float>(floor_area_m2 / levels));
    b.levels.push_back(static_cast<float>(levels));
    b.floor_area_m2.push_back(static_cast<float>(floor_area_m2));
    b.residents.push_back(0);
    b.jobs.push_back(0);
    b.school_places.push_back(0);
    b.year.push_back(0);
    b.synthetic.push_back(1);
    b.access.push_back(none<RoadId>);
    b.footprint.push_back({});
}

double people_in(double floor_area_m2) {
    return floor_area_m2 * net_of_gross / dwelling_m2_per_person;
}

// Clark's exponential decline from the centre; 1 everywhere without one. Its scale is the mean distance of what is weighed.
class Centrality {
public:
    template <class Weigh>                     // weigh(visit): visit(Point, weight) for all
    Centrality(std::optional<Point> centre, Weigh&& weigh) : centre_(centre) {
        if (!centre) return;
        double all = 0, sum_m = 0;
        weigh([&](Point p, double weight) { all += weight, sum_m += weight * distance(p, *centre); });
        scale_m_ = all > 0 ? std::max(500.0, sum_m / all) : 0;
    }
    double operator()(Point p) const { return centre_ && scale_m_ > 0 ? std::exp(-distance(p, *centre_) / scale_m_) : 1; }

private:
    std::optional<Point> centre_;
    double scale_m_ = 0;
};

// How many people there are, and how densely they live on empty land.
struct Total {
    double people = 0, density = 0;            // density: per hectare, before all are scaled
};

Total total_of(double in_homes, double empty_ha, const PopulationSource& source, ImportReport& report) {
    Total total{source.given > 0 ? source.given : source.tagged, usual_density};
    if (total.people <= 0) {
        total.people = in_homes + usual_density * empty_ha;
        report.guessed(
            static_cast<std::int64_t>(total.people), "people",
            "neither given nor tagged: homes at 30 m2 per person, empty residential land at 60 people per hectare");
        return total;
    }
    if (source.given > 0) {
        report.kept(static_cast<std::int64_t>(total.people), "people", "as given");
    } else if (const double least = in_homes / 4 + 5 * empty_ha, most = 2 * in_homes + greatest_density * empty_ha;
               total.people >= least && total.people <= most) {
        report.kept(static_cast<std::int64_t>(total.people), "people", fmt::format("tagged on {}", source.tagged_where));
    } else {
        total.people = in_homes + usual_density * empty_ha;
        report.guessed(static_cast<std::int64_t>(total.people), "people",
                       fmt::format("tagged on {}, but the homes and residential land here are for {:.0f} to {:.0f}, "
                                   "and the places reach beyond them: "
                                   "homes at 30 m2 per person, empty residential land at 60 people per hectare",
                                   source.tagged_where, least, most));
    }
    if (empty_ha > 0) total.density = std::clamp((total.people - in_homes) / empty_ha, least_density, greatest_density);
    return total;
}

// Nobody is put where no car could leave: the source lacks the streets there, or it is no place to live.
Column<CellId, float> near_roads(const Column<CellId, float>& land_m2, const Cells& cells, const RoadFinder& finder,
                                 ImportReport& report) {
    Column<CellId, float> near = land_m2;
    double left_out_m2 = 0;
    for (CellId c : rows(near))
        if (near[c] > 0 && !is_some(finder.nearest(cells.centre(c), farthest_access_m).road)) {
            left_out_m2 += static_cast<double>(near[c]);
            near[c] = 0;
        }
    report.dropped(std::llround(left_out_m2 / hectare_m2), "hectares of empty residential land",
                   fmt::format("no connected road for trips within {:.0f} m", farthest_access_m));
    return near;
}

// One building per cell of empty residential land; `people` gets its inhabitants.
void add_homes(City& city, const Column<CellId, float>& land_m2, const Total& total, const Centrality& central,
               std::vector<double>& people) {
    const Cells& cells = city.cells;
    double land = 0, weighted = 0;
    for (CellId c : rows(land_m2)) {
        const double m2 = land_m2[c];
        land += m2, weighted += m2 * central(cells.centre(c));
    }
    for (CellId c : rows(land_m2)) {
        if (land_m2[c] <= 0) continue;
        const double density = total.density * central(cells.centre(c)) * land / weighted;
        const bool apartments = density >= apartments_from_density;
        people.push_back(density * static_cast<double>(land_m2[c]) / hectare_m2);
        const double floor_m2 = people.back() * dwelling_m2_per_person / net_of_gross;
        add_synthetic(city.buildings, cells.centre(c), apartments ? BuildingUse::apartments : BuildingUse::house,
                      floor_m2, apartments ? 5 : 1.5);
    }
}

void add_workplaces(City& city, const Column<CellId, float>& land_m2, BuildingUse use, LandUse land_use, std::vector<double>& people) {
    for (CellId c : rows(land_m2)) {
        if (land_m2[c] <= 0) continue;
        add_synthetic(city.buildings, city.cells.centre(c), use,
                      static_cast<double>(land_m2[c]) * usual_floor_area_ratio(land_use), usual_levels(use, 0));
        people.push_back(0);
    }
}

void find_access(City& city, const RoadFinder& finder, ImportReport& report) {
    std::int64_t without = 0;
    for (BuildingId i : rows(city.buildings.id)) {
        city.buildings.access[i] = finder.nearest(city.buildings.position[i], farthest_access_m).road;
        without += !is_some(city.buildings.access[i]);
    }
    if (without > 0)
        report.note(fmt::format("{} buildings have no access: no connected road for trips within {:.0f} m", without,
                                farthest_access_m));
}

double street_factor(const Roads& roads, RoadId access) {
    if (!is_some(access)) return 1;
    switch (roads.road_class[access]) {
        case RoadClass::primary:
        case RoadClass::secondary: return 4;
        case RoadClass::tertiary: return 2;
        default: return 1;
    }
}

void place_jobs(City& city, double people, const PopulationSource& source, ImportReport& report) {
    Buildings& b = city.buildings;
    const double wanted = jobs_per_person * people;
    double counted = 0;
    std::vector<double> jobs(b.id.size(), 0), homes(b.id.size(), 0);
    for (BuildingId i : rows(b.id)) {
        if (const double each_m2 = m2_per_job(b.use[i]); each_m2 > 0) jobs[row(i)] = static_cast<double>(b.floor_area_m2[i]) / each_m2;
        if (row(i) < source.jobs_inside.size()) jobs[row(i)] += static_cast<double>(source.jobs_inside[row(i)]);
        counted += jobs[row(i)];
    }
    const double scale = counted > 0 ? std::min(wanted / counted, most_scaling) : 0;
    const double rest = std::max(0.0, wanted - scale * counted);
    const Centrality central(source.centre, [&](auto&& visit) {
        for (BuildingId i : rows(b.id)) visit(b.position[i], static_cast<double>(b.residents[i]));
    });
    for (BuildingId i : rows(b.id))
        if (b.residents[i] > 0)
            homes[row(i)] = static_cast<double>(b.floor_area_m2[i]) * central(b.position[i]) *
                            street_factor(city.network.roads, b.access[i]);
    const double all_homes = sum_of(homes);
    for (BuildingId i : rows(b.id))
        b.jobs[i] = static_cast<float>(scale * jobs[row(i)] + (all_homes > 0 ? rest * homes[row(i)] / all_homes : 0));
    report.guessed(static_cast<std::int64_t>(sum_of(b.jobs)), "jobs",
                   fmt::format("0.45 per person; {:.0f} by the floor area of workplaces times {:.2f}, {:.0f} in the "
                               "ground floors of homes",
                               counted, scale, all_homes > 0 ? rest : 0));
}

void place_pupils(Buildings& b, double people, ImportReport& report) {
    double schools = 0;
    for (BuildingId i : rows(b.id))
        if (const double each_m2 = m2_per_pupil(b.use[i]); each_m2 > 0) {
            b.school_places[i] = static_cast<float>(static_cast<double>(b.floor_area_m2[i]) / each_m2);
            if (b.use[i] != BuildingUse::university) schools += static_cast<double>(b.school_places[i]);
        }
    const double scale = schools > 0 ? std::min(pupils_per_person * people / schools, most_scaling) : 1;
    for (BuildingId i : rows(b.id))
        if (b.use[i] != BuildingUse::university) b.school_places[i] *= static_cast<float>(scale);
    report.guessed(static_cast<std::int64_t>(sum_of(b.school_places)), "places in schools, kindergartens and universities",
                   fmt::format("floor area times {:.2f}, towards 250 per 1000 people in schools and kindergartens", scale));
}

void sum_into_cells(City& city) {
    Cells& cells = city.cells;
    const std::size_t n = static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows);
    std::vector<double> people(n, 0), jobs(n, 0), floor_m2(n, 0);
    const Buildings& b = city.buildings;
    for (BuildingId i : rows(b.id)) {
        const CellId cell = cells.at(b.position[i]);
        if (!is_some(cell)) continue;          // the importer keeps only buildings inside the grid
        people[row(cell)] += static_cast<double>(b.residents[i]);
        jobs[row(cell)] += static_cast<double>(b.jobs[i]);
        floor_m2[row(cell)] += static_cast<double>(b.floor_area_m2[i]);
    }
    cells.population.vector().assign(people.begin(), people.end());
    cells.jobs.vector().assign(jobs.begin(), jobs.end());
    cells.floor_area_m2.vector().assign(floor_m2.begin(), floor_m2.end());
}

void report_people(const Buildings& b, ImportReport& report) {
    double mapped = 0, synthetic = 0;
    std::int64_t synthetic_homes = 0, synthetic_others = 0;
    for (BuildingId i : rows(b.id)) {
        (b.synthetic[i] ? synthetic : mapped) += static_cast<double>(b.residents[i]);
        if (b.synthetic[i]) ++(is_dwelling(b.use[i]) ? synthetic_homes : synthetic_others);
    }
    report.kept(static_cast<std::int64_t>(std::llround(mapped)), "  people in mapped buildings");
    report.kept(static_cast<std::int64_t>(std::llround(synthetic)), "  people in synthetic buildings");
    report.guessed(synthetic_homes, "synthetic homes",
                   "residential land, or streets of homes, without mapped buildings: one per cell");
    report.guessed(
        synthetic_others, "synthetic workplaces",
        "commercial, retail or industrial land without mapped buildings; activities mapped outside any building");
}

}  // namespace

void settle(City& city, const EmptyLand& land, const PopulationSource& source, ImportReport& report) {
    Buildings& b = city.buildings;
    const RoadFinder finder(city.network, roads_for_trip_ends(city.network, VehicleClass::car), city.left_hand_traffic);
    const Column<CellId, float> residential = near_roads(land.residential, city.cells, finder, report);
    std::vector<double> people;
    for (BuildingId i : rows(b.id)) people.push_back(is_dwelling(b.use[i]) ? people_in(b.floor_area_m2[i]) : 0);
    const double in_homes = sum_of(people);
    const Total total = total_of(in_homes, sum_of(residential) / hectare_m2, source, report);
    const Centrality central(source.centre, [&](auto&& visit) {
        for (CellId c : rows(residential))
            if (residential[c] > 0) visit(city.cells.centre(c), static_cast<double>(residential[c]));
    });
    add_homes(city, residential, total, central, people);
    add_workplaces(city, land.commercial, BuildingUse::office, LandUse::commercial, people);
    add_workplaces(city, land.retail, BuildingUse::shop, LandUse::retail, people);
    add_workplaces(city, land.industrial, BuildingUse::industry, LandUse::industrial, people);
    find_access(city, finder, report);

    const double housed = sum_of(people), scale = housed > 0 ? total.people / housed : 0;
    for (BuildingId i : rows(b.id)) b.residents[i] = static_cast<float>(people[row(i)] * scale);
    if (housed <= 0) report.note("nobody lives here: no homes, no residential land and no streets of homes are mapped");
    place_jobs(city, housed > 0 ? total.people : 0, source, report);
    place_pupils(b, housed > 0 ? total.people : 0, report);
    sum_into_cells(city);
    report_people(b, report);
}

}  // namespace shahr
