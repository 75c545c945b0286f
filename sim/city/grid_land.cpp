// What stands on the blocks of a grid city: homes, work, schools and parks, and the cells that count them.
#include <algorithm>
#include <cmath>

#include "sim/base/random.h"
#include "sim/city/grid_plan.h"

#include <fmt/format.h>

namespace shahr {
namespace {

// Shares of the blocks; the rest are residential. The nearest to the centre (with some noise) are commercial, the
// farthest industrial.
constexpr double commercial_share = 0.15, industrial_share = 0.08;
constexpr std::size_t school_every = 16, park_every = 20;

// Gross floor area per person, job and school place: 30 m2 net at 78 % of the gross for a home; density guides for the
// others (offices 10-23, shops 15-20, light industry 45, schools 8-12 m2).
constexpr double m2_per_resident = 38, m2_per_office_job = 18, m2_per_shop_job = 22, m2_per_industrial_job = 50, m2_per_place = 11;

struct Block {
    std::int32_t column, row;
    double remoteness, key;
    LandUse use = LandUse::residential;
};

std::vector<Block> plan_blocks(const GridPlan& plan) {
    const GridCity& g = plan.city();
    std::vector<Block> blocks;
    for (std::int32_t r = 0; r < g.rows; ++r) {
        for (std::int32_t c = 0; c < g.columns; ++c) {
            if (r == plan.river_row()) continue;
            const Point middle = 0.5 * (plan.crossing(c, r) + plan.crossing(c + 1, r + 1));
            const double remoteness = plan.remoteness(middle);
            Draws draws(g.seed, 2, static_cast<std::uint64_t>(r) * static_cast<std::uint64_t>(g.columns) + static_cast<std::uint64_t>(c));
            blocks.push_back({c, r, remoteness, remoteness + draws.between(-0.25, 0.25)});
        }
    }
    std::vector<std::size_t> order(blocks.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return std::pair(blocks[a].key, a) < std::pair(blocks[b].key, b); });
    const std::size_t n = order.size();
    const auto commercial = static_cast<std::size_t>(std::ceil(commercial_share * static_cast<double>(n)));
    const auto industrial = static_cast<std::size_t>(industrial_share * static_cast<double>(n));
    for (std::size_t i = 0; i < n; ++i) {
        LandUse& use = blocks[order[i]].use;
        if (i < commercial) use = LandUse::commercial;
        else if (i >= n - industrial) use = LandUse::industrial;
        else if ((i - commercial) % school_every == school_every / 4) use = LandUse::education;
        else if ((i - commercial) % park_every == park_every / 2) use = LandUse::green;
    }
    return blocks;
}

// A building before it has people: how strongly it draws them.
struct Site {
    BuildingUse use;
    double people = 0, jobs = 0, places = 0;
};

Site site(LandUse use, int index, Draws& draws) {
    const double size = draws.between(0.7, 1.3);
    switch (use) {
        case LandUse::commercial:
            if (index % 4 == 0) return {BuildingUse::apartments, 0.8 * size};
            if (index % 4 == 1) return {BuildingUse::shop, 0, 0.7 * size};
            return {draws.uniform() < 0.15 ? BuildingUse::restaurant : BuildingUse::office, 0, 1.5 * size};
        case LandUse::industrial: return {draws.uniform() < 0.3 ? BuildingUse::warehouse : BuildingUse::industry, 0, 1.2 * size};
        case LandUse::education: return {index % 4 == 0 ? BuildingUse::school : BuildingUse::kindergarten, 0, 0.4 * size, index % 4 == 0 ? 3 * size : size};
        case LandUse::residential:
            if (index == 0) return {BuildingUse::shop, 0, 0.5 * size};
            return {BuildingUse::house, size};
        default: return {BuildingUse::other};
    }
}

double floor_area(const Site& s) {
    const double per_job = s.use == BuildingUse::office ? m2_per_office_job
                           : s.use == BuildingUse::industry || s.use == BuildingUse::warehouse ? m2_per_industrial_job
                                                                                               : m2_per_shop_job;
    return std::max(80.0, s.people * m2_per_resident + s.jobs * per_job + s.places * m2_per_place);
}

class Land {
public:
    Land(const GridPlan& plan, const GridRoads& roads, City& city) : plan_(plan), roads_(roads), city_(city), blocks_(plan_blocks(plan)) {}

    void build() {
        lay_cells();
        if (plan_.city().people > 0 || plan_.city().jobs > 0) {
            settle();
            for (std::size_t b = 0; b < blocks_.size(); ++b) add_buildings(b);
        }
        add_places();
    }

private:
    std::size_t per_block() const { return static_cast<std::size_t>(plan_.city().buildings_per_block); }

    void lay_cells() {
        Cells& cells = city_.cells;
        cells.size_m = plan_.city().cell_m;
        cells.columns = static_cast<std::int32_t>(std::ceil(plan_.width_m() / cells.size_m));
        cells.rows = static_cast<std::int32_t>(std::ceil(plan_.height_m() / cells.size_m));
        const auto n = static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows);
        cells.population.resize(n);
        cells.jobs.resize(n);
        cells.floor_area_m2.resize(n);
        cells.elevation_m.resize(n);
        cells.land_use.resize(n);
        std::vector<LandUse> use(static_cast<std::size_t>(plan_.city().rows) * static_cast<std::size_t>(plan_.city().columns), LandUse::water);
        for (const Block& b : blocks_) use[block_number(b.column, b.row)] = b.use;
        std::vector<std::int32_t> column(static_cast<std::size_t>(cells.columns)), row_of(static_cast<std::size_t>(cells.rows));
        for (std::int32_t c = 0; c < cells.columns; ++c) column[static_cast<std::size_t>(c)] = block_column(cells.centre(as_id<CellId>(c)).x_m);
        for (std::int32_t r = 0; r < cells.rows; ++r) row_of[static_cast<std::size_t>(r)] = block_row(cells.centre(as_id<CellId>(r * cells.columns)).y_m);
        for (CellId cell : rows(cells.land_use)) {
            const std::int32_t c = column[static_cast<std::size_t>(number(cell) % cells.columns)];
            const std::int32_t r = row_of[static_cast<std::size_t>(number(cell) / cells.columns)];
            if (r >= 0 && (c >= 0 || r == plan_.river_row())) cells.land_use[cell] = r == plan_.river_row() ? LandUse::water : use[block_number(c, r)];
        }
    }

    std::size_t block_number(std::int32_t c, std::int32_t r) const {
        return static_cast<std::size_t>(r) * static_cast<std::size_t>(plan_.city().columns) + static_cast<std::size_t>(c);
    }
    std::int32_t block_column(double x) const {
        const auto c = static_cast<std::int32_t>(std::floor((x - plan_.x_of(0)) / plan_.city().block_m));
        return c >= 0 && c < plan_.city().columns ? c : -1;
    }
    std::int32_t block_row(double y) const {
        for (std::int32_t r = 0; r < plan_.city().rows; ++r)
            if (y >= plan_.y_of(r) && y < plan_.y_of(r + 1)) return r;
        return -1;
    }

    // Draws every site, weighs it by its distance from the centre, and scales the sums to the description's.
    void settle() {
        const GridCity& g = plan_.city();
        double people = 0, jobs = 0, places = 0;
        for (std::size_t b = 0; b < blocks_.size(); ++b) {
            if (blocks_[b].use == LandUse::green) continue;
            for (std::size_t i = 0; i < per_block(); ++i) {
                Draws draws(g.seed, 3, b * per_block() + i);
                Site s = site(blocks_[b].use, static_cast<int>(i), draws);
                s.people *= std::exp(-g.people_decline * blocks_[b].remoteness);
                s.jobs *= std::exp(-g.jobs_decline * blocks_[b].remoteness);
                people += s.people, jobs += s.jobs, places += s.places;
                sites_.push_back(s);
            }
        }
        for (Site& s : sites_) {
            s.people *= people > 0 ? g.people / people : 0;
            s.jobs *= jobs > 0 ? g.jobs / jobs : 0;
            s.places *= places > 0 ? g.school_places / places : 0;
            if (s.use == BuildingUse::house && s.people > 12) s.use = BuildingUse::apartments;
        }
    }

    void add_buildings(std::size_t b) {
        const Block& block = blocks_[b];
        if (block.use == LandUse::green) return;
        const int per_side = (plan_.city().buildings_per_block + 3) / 4;
        const Point corner = plan_.crossing(block.column, block.row), far = plan_.crossing(block.column + 1, block.row + 1);
        for (int i = 0; i < plan_.city().buildings_per_block; ++i) {
            const Site& s = sites_[next_site_++];
            const int side = i % 4;
            const double along = (i / 4 + 0.5) / per_side, lot = (far.x_m - corner.x_m - 30) / per_side;
            const double floor = floor_area(s), most = std::max(60.0, 0.5 * lot * lot);
            const double levels = std::max(s.use == BuildingUse::house ? 2.0 : 1.0, std::ceil(floor / most)), footprint = floor / levels;
            const double width = std::sqrt(footprint), inset = 14 + width / 2;
            const double x = corner.x_m + 15 + along * (far.x_m - corner.x_m - 30), y = corner.y_m + 15 + along * (far.y_m - corner.y_m - 30);
            const Point at[] = {{x, corner.y_m + inset}, {far.x_m - inset, y}, {x, far.y_m - inset}, {corner.x_m + inset, y}};
            add_building(fmt::format("c{}r{}/{}", block.column, block.row, i), at[side], s, footprint, levels, access(block, side));
        }
    }

    // The road along that side of a block (south, east, north, west) whose traffic has the block at its kerb.
    RoadId access(const Block& b, int side) const {
        const RoadId along[] = {roads_.east(b.column, b.row), roads_.north(b.column + 1, b.row), roads_.east(b.column, b.row + 1), roads_.north(b.column, b.row)};
        const bool opposite = (side < 2) != plan_.city().left_hand_traffic;
        return as_id<RoadId>(number(along[side]) + (opposite ? 1 : 0));
    }

    void add_building(std::string id, Point at, const Site& s, double footprint, double levels, RoadId access) {
        Buildings& t = city_.buildings;
        const double half = std::sqrt(footprint) / 2, floor = footprint * levels;
        t.id.push_back(std::move(id));
        t.position.push_back(at);
        t.use.push_back(s.use);
        t.footprint_m2.push_back(static_cast<float>(footprint));
        t.levels.push_back(static_cast<float>(levels));
        t.floor_area_m2.push_back(static_cast<float>(floor));
        t.residents.push_back(static_cast<float>(s.people));
        t.jobs.push_back(static_cast<float>(s.jobs));
        t.school_places.push_back(static_cast<float>(s.places));
        t.year.push_back(0);
        t.synthetic.push_back(1);
        t.access.push_back(access);
        t.footprint.push_back({Point{at.x_m - half, at.y_m - half}, Point{at.x_m + half, at.y_m - half}, Point{at.x_m + half, at.y_m + half},
                               Point{at.x_m - half, at.y_m + half}, Point{at.x_m - half, at.y_m - half}});
        const CellId cell = city_.cells.at(at);
        city_.cells.population[cell] += static_cast<float>(s.people);
        city_.cells.jobs[cell] += static_cast<float>(s.jobs);
        city_.cells.floor_area_m2[cell] += static_cast<float>(floor);
    }

    void add_place(std::string id, std::string name, std::string kind, Point low, Point high, bool area, LandUse use, double people) {
        Places& p = city_.places;
        p.name.push_back(std::move(name));
        p.kind.push_back(std::move(kind));
        p.position.push_back(0.5 * (low + high));
        p.population.push_back(static_cast<float>(people));
        if (area)
            p.outline.push_back({low, Point{high.x_m, low.y_m}, high, Point{low.x_m, high.y_m}, low});
        else
            p.outline.push_back(std::vector<Point>{});
        p.is_area.push_back(area);
        p.land_use.push_back(use);
        p.id.push_back(std::move(id));
    }

    void add_places() {
        const Point whole{plan_.width_m(), plan_.height_m()};
        add_place("city", plan_.city().name, "city", {0, 0}, whole, false, LandUse::none, plan_.city().people);
        if (const auto r = plan_.river_row(); r >= 0)
            add_place("river", "River", "river", {0, plan_.y_of(r) + bank_m}, {whole.x_m, plan_.y_of(r + 1) - bank_m}, true, LandUse::water, NAN);
        std::int32_t parks = 0;
        for (const Block& b : blocks_) {
            if (b.use != LandUse::green) continue;
            const Point inset{kerb_m, kerb_m};
            add_place(fmt::format("park/c{}r{}", b.column, b.row), fmt::format("Park {}", ++parks), "park", plan_.crossing(b.column, b.row) + inset,
                      plan_.crossing(b.column + 1, b.row + 1) - inset, true, LandUse::green, NAN);
        }
    }

    static constexpr double bank_m = 20, kerb_m = 12;  // from the street's middle to the water, to a park's edge
    const GridPlan& plan_;
    const GridRoads& roads_;
    City& city_;
    std::vector<Block> blocks_;
    std::vector<Site> sites_;
    std::size_t next_site_ = 0;
};

}  // namespace

void build_on_blocks(const GridPlan& plan, const GridRoads& roads, City& city) {
    Land(plan, roads, city).build();
}

}  // namespace shahr
