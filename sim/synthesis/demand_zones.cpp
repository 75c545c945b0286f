#include "sim/synthesis/demand_zones.h"

#include <algorithm>
#include <numeric>
#include <queue>

#include <fmt/format.h>

#include "sim/synthesis/demand_parameters.h"

namespace shahr {
namespace {

constexpr double farthest_road_m = 1000;

// Trips a day that a job draws, by what is done there; a shop's or restaurant's job 10 (R: 8 to 12), other jobs few.
struct Pull {
    double shopping, leisure, freight;
};
Pull pull_of_job(BuildingUse use) {
    switch (use) {
        case BuildingUse::shop: return {10, 1, 0.5};
        case BuildingUse::restaurant: return {3, 8, 0.3};
        case BuildingUse::hotel:
        case BuildingUse::leisure: return {0.5, 6, 0.2};
        case BuildingUse::public_:
        case BuildingUse::hospital: return {0.5, 2, 0.1};
        case BuildingUse::industry:
        case BuildingUse::warehouse: return {0.1, 0, 1};
        default: return {0.8, 0.8, 0.1};
    }
}
// Cells know jobs only: a quarter of them in shops and restaurants.
constexpr Pull pull_of_cell = {3, 2, 0.3};
constexpr double leisure_per_resident = 0.3;   // visits to friends, relative to the pulls above
// Pupils and students per person, kindergartens included; what has no mapped place goes to school near home.
constexpr double pupils_per_resident = 0.25;

struct StopMaker {
    const City& city;
    const RoadFinder& finder;
    Column<RoadId, RoadId> opposite = opposite_directions(city.network);
    Stops stops{};
    double people_scale = 1;
    double people_without_road = 0;
    std::int64_t without_road = 0;

    void add(Point position, RoadId road, double residents, double jobs, double school_places, Pull pull) {
        if (!is_some(road)) road = finder.nearest(position, farthest_road_m).road;
        if (!is_some(road)) {
            ++without_road;
            people_without_road += residents * people_scale;
            return;
        }
        stops.position.push_back(position);
        stops.road.push_back(road);
        stops.other.push_back(opposite[road]);
        stops.of(Draw::home).push_back(residents * people_scale);
        stops.of(Draw::work).push_back(jobs);
        stops.of(Draw::business).push_back(jobs);
        stops.of(Draw::education).push_back(school_places);
        stops.of(Draw::shopping).push_back(jobs * pull.shopping);
        stops.of(Draw::leisure).push_back(jobs * pull.leisure + residents * leisure_per_resident);
        const bool trucks = city.network.roads.allowed[road] & mask_of(VehicleClass::truck);
        stops.of(Draw::freight).push_back(trucks ? jobs * pull.freight : 0);
    }
};

// A large building has doors on several streets: one stop for each 5000 m2 of footprint, at most eight, along its outline.
void add_building(StopMaker& maker, const Buildings& b, BuildingId i) {
    const auto outline = b.footprint[i];
    const int doors = outline.size() < 4 ? 1 : std::clamp(static_cast<int>(b.footprint_m2[i] / 5000), 1, 8);
    for (int door = 0; door < doors; ++door) {
        const Point at =
            doors == 1
                ? b.position[i]
                : outline[static_cast<std::size_t>(door) * (outline.size() - 1) / static_cast<std::size_t>(doors)];
        maker.add(at, doors == 1 ? b.access[i] : none<RoadId>, static_cast<double>(b.residents[i]) / doors,
                  static_cast<double>(b.jobs[i]) / doors, static_cast<double>(b.school_places[i]) / doors,
                  pull_of_job(b.use[i]));
    }
}

template <class Range>
double sum_of(const Range& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

void add_schools_near_home(Stops& stops) {
    const double residents = sum_of(stops.of(Draw::home)), places = sum_of(stops.of(Draw::education));
    const double missing = pupils_per_resident * residents - places;
    if (missing <= 0 || residents <= 0) return;
    for (std::size_t i = 0; i < stops.size(); ++i) stops.of(Draw::education)[i] += missing * stops.of(Draw::home)[i] / residents;
}

// Summed-area table of the cells' weights: any block's sum from four numbers.
class BlockSums {
public:
    BlockSums(const Cells& cells, std::span<const double> weight)
        : stride_(static_cast<std::size_t>(cells.columns) + 1), sums_(stride_ * (static_cast<std::size_t>(cells.rows) + 1), 0) {
        for (std::size_t r = 0, cell = 0; r < static_cast<std::size_t>(cells.rows); ++r)
            for (std::size_t c = 0; c + 1 < stride_; ++c, ++cell)
                sums_[(r + 1) * stride_ + c + 1] =
                    weight[cell] + sums_[r * stride_ + c + 1] + sums_[(r + 1) * stride_ + c] - sums_[r * stride_ + c];
    }
    double of(int c0, int c1, int r0, int r1) const { return at(c1, r1) - at(c0, r1) - at(c1, r0) + at(c0, r0); }

private:
    double at(int c, int r) const { return sums_[static_cast<std::size_t>(r) * stride_ + static_cast<std::size_t>(c)]; }
    std::size_t stride_;
    std::vector<double> sums_;
};

struct Block {
    int c0, c1, r0, r1;                        // columns [c0, c1), rows [r0, r1)
    double weight;
};

// Cuts across the longer side where the two parts weigh most nearly the same.
std::pair<Block, Block> halve(const Block& b, const BlockSums& sums) {
    const bool by_column = b.c1 - b.c0 >= b.r1 - b.r0;
    const int begin = by_column ? b.c0 : b.r0, end = by_column ? b.c1 : b.r1;
    const auto below = [&](int cut) { return by_column ? sums.of(b.c0, cut, b.r0, b.r1) : sums.of(b.c0, b.c1, b.r0, cut); };
    int cut = begin + 1;
    while (cut + 1 < end && below(cut) < b.weight / 2) ++cut;
    if (cut > begin + 1 && b.weight / 2 - below(cut - 1) < below(cut) - b.weight / 2) --cut;
    const double low = below(cut);
    if (by_column) return {{b.c0, cut, b.r0, b.r1, low}, {cut, b.c1, b.r0, b.r1, b.weight - low}};
    return {{b.c0, b.c1, b.r0, cut, low}, {b.c0, b.c1, cut, b.r1, b.weight - low}};
}

// Halves the heaviest block again and again. Blocks of no weight and single cells are left as they are.
std::vector<Block> cut_into_blocks(const Cells& cells, std::span<const double> weight, int most) {
    const BlockSums sums(cells, weight);
    const auto lighter = [](const Block& a, const Block& b) {
        return std::tuple(a.weight, -a.r0, -a.c0) < std::tuple(b.weight, -b.r0, -b.c0);
    };
    std::priority_queue<Block, std::vector<Block>, decltype(lighter)> open(lighter);
    std::vector<Block> done;
    open.push({0, cells.columns, 0, cells.rows, sums.of(0, cells.columns, 0, cells.rows)});
    while (!open.empty() && static_cast<int>(open.size() + done.size()) < most) {
        const Block block = open.top();
        open.pop();
        if ((block.c1 - block.c0) * (block.r1 - block.r0) == 1) {
            done.push_back(block);
            continue;
        }
        const auto [low, high] = halve(block, sums);
        if (low.weight > 0) open.push(low);
        if (high.weight > 0) open.push(high);
    }
    for (; !open.empty(); open.pop()) done.push_back(open.top());
    std::sort(done.begin(), done.end(), [](const Block& a, const Block& b) { return std::pair(a.r0, a.c0) < std::pair(b.r0, b.c0); });
    return done;
}

// A stop beyond the grid belongs to the nearest cell.
std::size_t cell_of(const Cells& cells, Point p) {
    const auto clamp_to = [&](double at, std::int32_t n) {
        return std::clamp(static_cast<std::int32_t>(std::floor(at / cells.size_m)), 0, n - 1);
    };
    const std::int32_t column = clamp_to(p.x_m - cells.origin.x_m, cells.columns),
                       row = clamp_to(p.y_m - cells.origin.y_m, cells.rows);
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(cells.columns) + static_cast<std::size_t>(column);
}

template <class T>
void reorder(std::vector<T>& column, const std::vector<std::int32_t>& order) {
    std::vector<T> sorted;
    sorted.reserve(column.size());
    for (std::int32_t i : order) sorted.push_back(column[static_cast<std::size_t>(i)]);
    column = std::move(sorted);
}

}  // namespace

Stops find_stops(const City& city, const RoadFinder& finder, double population, ImportReport& report) {
    const Buildings& b = city.buildings;
    const double in_cells = sum_of(city.cells.population), in_buildings = sum_of(b.residents);
    const bool by_building = b.id.size() > 0 && in_buildings >= 0.5 * in_cells;
    const double people = by_building ? in_buildings : in_cells;
    StopMaker maker{city, finder};
    if (population > 0 && people > 0) maker.people_scale = population / people;
    if (by_building) {
        for (BuildingId i : rows(b.id))
            if (b.residents[i] > 0 || b.jobs[i] > 0 || b.school_places[i] > 0) add_building(maker, b, i);
    } else {
        for (CellId i : rows(city.cells.population))
            if (city.cells.population[i] > 0 || city.cells.jobs[i] > 0)
                maker.add(city.cells.centre(i), none<RoadId>, city.cells.population[i], city.cells.jobs[i], 0, pull_of_cell);
    }
    report.dropped(maker.without_road, by_building ? "buildings without trips" : "cells without trips",
                   fmt::format("no road for trips within {:.0f} m; {:.0f} people", farthest_road_m, maker.people_without_road));
    add_schools_near_home(maker.stops);
    return std::move(maker.stops);
}

double Zones::total(Draw d, std::size_t zone) const {
    const std::vector<double>& sum = below[static_cast<std::size_t>(d)];
    return sum[static_cast<std::size_t>(first[zone + 1])] - sum[static_cast<std::size_t>(first[zone])];
}

std::int32_t Zones::pick(Draw d, std::size_t zone, double u) const {
    const std::vector<double>& sum = below[static_cast<std::size_t>(d)];
    const auto begin = sum.begin() + first[zone], end = sum.begin() + first[zone + 1];
    const double wanted = *begin + u * (*end - *begin);
    // The first stop with which the sum exceeds `wanted`: it has a weight itself. If rounding reached the end, the last such.
    auto past = std::upper_bound(begin + 1, end + 1, wanted);
    if (past == end + 1)
        for (--past; past != begin + 1 && *past <= *(past - 1);) --past;
    return static_cast<std::int32_t>(past - 1 - sum.begin());
}

Zones make_zones(const Cells& cells, Stops& stops, int most) {
    Zones zones;
    const auto n_cells = static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows);
    if (n_cells == 0) stops = {};
    std::vector<double> weight(n_cells, 0);
    std::vector<std::size_t> cell(stops.size());
    for (std::size_t i = 0; i < stops.size(); ++i) {
        cell[i] = cell_of(cells, stops.position[i]);
        // Whole numbers: the table's differences are then exact, and an empty block weighs 0.
        weight[cell[i]] += std::round(1 + (stops.of(Draw::home)[i] + stops.of(Draw::work)[i]) * 64);
    }
    std::vector<std::int32_t> zone_of_cell(n_cells, -1);
    const std::vector<Block> blocks = stops.size() > 0 ? cut_into_blocks(cells, weight, most) : std::vector<Block>{};
    for (std::size_t z = 0; z < blocks.size(); ++z)
        for (int r = blocks[z].r0; r < blocks[z].r1; ++r)
            for (int c = blocks[z].c0; c < blocks[z].c1; ++c)
                zone_of_cell[static_cast<std::size_t>(r) * static_cast<std::size_t>(cells.columns) +
                             static_cast<std::size_t>(c)] = static_cast<std::int32_t>(z);

    std::vector<std::int32_t> order(stops.size());
    std::iota(order.begin(), order.end(), 0);
    const auto zone_of = [&](std::int32_t stop) { return zone_of_cell[cell[static_cast<std::size_t>(stop)]]; };
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return zone_of(a) < zone_of(b); });
    zones.first.assign(blocks.size() + 1, 0);
    for (std::int32_t stop : order) ++zones.first[static_cast<std::size_t>(zone_of(stop)) + 1];
    std::partial_sum(zones.first.begin(), zones.first.end(), zones.first.begin());
    reorder(stops.position, order);
    reorder(stops.road, order);
    reorder(stops.other, order);
    for (auto& column : stops.weight) reorder(column, order);

    for (std::size_t d = 0; d < draw_count; ++d) {
        zones.below[d].assign(stops.size() + 1, 0);
        std::partial_sum(stops.weight[d].begin(), stops.weight[d].end(), zones.below[d].begin() + 1);
    }
    for (std::size_t z = 0; z < blocks.size(); ++z) {
        Point sum;
        double all = 0;
        for (auto i = static_cast<std::size_t>(zones.first[z]); i < static_cast<std::size_t>(zones.first[z + 1]); ++i) {
            const double w = stops.of(Draw::home)[i] + stops.of(Draw::work)[i] + 1e-3;
            sum = sum + w * stops.position[i];
            all += w;
        }
        zones.centre.push_back((1 / all) * sum);
    }
    return zones;
}

}  // namespace shahr
