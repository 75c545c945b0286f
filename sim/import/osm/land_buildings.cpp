#include "sim/import/osm/land_buildings.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/polygon.h"
#include "sim/synthesis/buildings.h"

namespace shahr {
namespace {

constexpr double least_footprint_m2 = 1, shed_below_m2 = 40;
constexpr std::size_t tags_for_a_median = 20;
constexpr std::size_t use_count = enum_names<BuildingUse>.size();

// Which footprint holds a point: footprints by the cells their extents touch.
class FootprintFinder {
public:
    FootprintFinder(const Cells& cells, const Buildings& buildings) : cells_(cells), buildings_(buildings) {
        const auto n = static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows);
        first_.assign(n + 1, 0);
        for (BuildingId i : rows(buildings.id)) for_each_cell(i, [&](std::size_t cell) { ++first_[cell + 1]; });
        for (std::size_t c = 0; c < n; ++c) first_[c + 1] += first_[c];
        in_cell_.resize(static_cast<std::size_t>(first_.back()));
        std::vector<std::int32_t> next = first_;
        for (BuildingId i : rows(buildings.id))
            for_each_cell(i, [&](std::size_t cell) { in_cell_[static_cast<std::size_t>(next[cell]++)] = i; });
    }
    BuildingId at(Point p) const {
        const CellId cell = cells_.at(p);
        if (!is_some(cell)) return none<BuildingId>;
        for (std::int32_t k = first_[row(cell)]; k < first_[row(cell) + 1]; ++k)
            if (const BuildingId i = in_cell_[static_cast<std::size_t>(k)]; is_inside(buildings_.footprint[i], p)) return i;
        return none<BuildingId>;
    }

private:
    template <class Visit>
    void for_each_cell(BuildingId building, Visit&& visit) const {
        const auto ring = buildings_.footprint[building];
        if (ring.empty()) return;
        Point low = ring[0], high = ring[0];
        for (Point p : ring) {
            low = {std::min(low.x_m, p.x_m), std::min(low.y_m, p.y_m)};
            high = {std::max(high.x_m, p.x_m), std::max(high.y_m, p.y_m)};
        }
        const auto clamp_to = [&](double m, std::int32_t n) {
            return std::clamp(static_cast<std::int32_t>(std::floor(m / cells_.size_m)), 0, n - 1);
        };
        const std::int32_t c1 = clamp_to(high.x_m - cells_.origin.x_m, cells_.columns),
                           r1 = clamp_to(high.y_m - cells_.origin.y_m, cells_.rows);
        for (std::int32_t r = clamp_to(low.y_m - cells_.origin.y_m, cells_.rows); r <= r1; ++r)
            for (std::int32_t c = clamp_to(low.x_m - cells_.origin.x_m, cells_.columns); c <= c1; ++c)
                visit(static_cast<std::size_t>(r) * static_cast<std::size_t>(cells_.columns) + static_cast<std::size_t>(c));
    }
    const Cells& cells_;
    const Buildings& buildings_;
    std::vector<std::int32_t> first_;
    std::vector<BuildingId> in_cell_;
};

// What a building is used for as a whole when it holds one of these; shops and offices fill parts of buildings.
bool fills_a_building(const PointFeature& point) {
    switch (point.use) {
        case BuildingUse::school:
        case BuildingUse::kindergarten:
        case BuildingUse::university:
        case BuildingUse::hospital:
        case BuildingUse::hotel:
        case BuildingUse::public_:
        case BuildingUse::leisure: return true;
        case BuildingUse::shop: return point.floor_area_m2 >= 1000;
        default: return false;
    }
}

std::array<double, use_count> median_levels(const std::array<std::vector<double>, use_count>& tagged) {
    std::array<double, use_count> median{};
    for (std::size_t use = 0; use < use_count; ++use) {
        std::vector<double> levels = tagged[use];
        if (levels.size() < tags_for_a_median) continue;
        std::nth_element(levels.begin(), levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2), levels.end());
        median[use] = levels[levels.size() / 2];
    }
    return median;
}

class BuildingMaker {
public:
    BuildingMaker(LandFeatures& features, const LandRaster& raster, City& city)
        : features_(features), raster_(raster), city_(city), b_(city.buildings) {}

    std::vector<float> make(ImportReport& report) {
        for (FootprintFeature& footprint : features_.footprints) add(footprint);
        const FootprintFinder finder(city_.cells, b_);
        for (const PointFeature& point : features_.points) points_in_.push_back(finder.at(point.position));
        decide_uses();
        decide_levels();
        std::vector<float> jobs_inside = count_activities();
        add_activities_outside();
        tell(report);
        return jobs_inside;
    }

private:
    void add(FootprintFeature& footprint) {
        double area_m2 = std::abs(signed_area_m2(footprint.outer));
        for (const Ring& hole : footprint.inner) area_m2 -= std::abs(signed_area_m2(hole));
        const Point at = centroid(footprint.outer);
        if (area_m2 < least_footprint_m2 || !is_some(city_.cells.at(at))) {
            ++(area_m2 < least_footprint_m2 ? too_small_ : outside_);
            return;
        }
        tags_.push_back(footprint.tags);
        push(footprint.id, at, footprint.tags.use.value_or(BuildingUse::other), area_m2, footprint.tags.year, 0, footprint.outer);
    }

    void push(std::string id, Point at, BuildingUse use, double footprint_m2, std::int16_t year, std::uint8_t synthetic,
              std::span<const Point> ring) {
        b_.id.push_back(std::move(id));
        b_.position.push_back(at);
        b_.use.push_back(use);
        b_.footprint_m2.push_back(static_cast<float>(footprint_m2));
        b_.levels.push_back(1);
        b_.floor_area_m2.push_back(static_cast<float>(footprint_m2));
        b_.residents.push_back(0);
        b_.jobs.push_back(0);
        b_.school_places.push_back(0);
        b_.year.push_back(year);
        b_.synthetic.push_back(synthetic);
        b_.access.push_back(none<RoadId>);
        b_.footprint.push_back(ring);
    }

    void decide_uses() {
        Column<BuildingId, std::int32_t> inside(b_.id.size(), -1);  // the first activity that fills the building
        for (std::size_t p = points_in_.size(); p-- > 0;)
            if (is_some(points_in_[p]) && fills_a_building(features_.points[p])) inside[points_in_[p]] = static_cast<std::int32_t>(p);
        for (BuildingId i : rows(b_.id)) {
            const BuildingTags& tags = tags_[row(i)];
            const double footprint_m2 = b_.footprint_m2[i];
            if (tags.use) {
                ++by_tag_;
            } else if (tags.residential) {
                b_.use[i] = dwelling_of_size(footprint_m2);
                ++by_tag_;
            } else if (inside[i] >= 0 && footprint_m2 >= shed_below_m2) {
                b_.use[i] = features_.points[static_cast<std::size_t>(inside[i])].use;
                ++by_activity_;
            } else if (const auto use = use_on(raster_.at(b_.position[i]))) {
                b_.use[i] = footprint_m2 < shed_below_m2 ? BuildingUse::other : *use;
                ++by_ground_;
            } else {
                b_.use[i] = use_of_size(footprint_m2);
                ++by_size_;
            }
        }
    }

    void decide_levels() {
        std::array<std::vector<double>, use_count> tagged;
        for (BuildingId i : rows(b_.id))
            if (tags_[row(i)].levels > 0) tagged[static_cast<std::size_t>(b_.use[i])].push_back(tags_[row(i)].levels);
        const auto median = median_levels(tagged);
        for (BuildingId i : rows(b_.id)) {
            const double usual = median[static_cast<std::size_t>(b_.use[i])];
            const double levels = tags_[row(i)].levels > 0 ? tags_[row(i)].levels
                                  : usual > 0              ? usual
                                                           : usual_levels(b_.use[i], b_.footprint_m2[i]);
            ++(tags_[row(i)].levels > 0 ? levels_tagged_ : usual > 0 ? levels_median_ : levels_usual_);
            b_.levels[i] = static_cast<float>(levels);
            b_.floor_area_m2[i] = static_cast<float>(b_.footprint_m2[i] * levels);
        }
    }

    // The building's own activity is in its floor area already; others take what they usually need, at most one storey.
    std::vector<float> count_activities() const {
        std::vector<float> jobs(b_.id.size(), 0);
        for (std::size_t p = 0; p < points_in_.size(); ++p) {
            const BuildingId i = points_in_[p];
            const PointFeature& point = features_.points[p];
            if (!is_some(i) || b_.use[i] == point.use || m2_per_job(point.use) <= 0) continue;
            jobs[row(i)] += std::min(point.floor_area_m2, b_.footprint_m2[i]) / static_cast<float>(m2_per_job(point.use));
        }
        return jobs;
    }

    // Grounds (a school's) hold buildings of their own more often than not: then these are the activity.
    void add_activities_outside() {
        std::vector<Point> of_use[use_count];
        for (BuildingId i : rows(b_.id)) of_use[static_cast<std::size_t>(b_.use[i])].push_back(b_.position[i]);
        constexpr double same_site_m = 150;
        for (std::size_t p = 0; p < points_in_.size(); ++p) {
            const PointFeature& point = features_.points[p];
            if (is_some(points_in_[p]) || !is_some(city_.cells.at(point.position))) continue;
            const auto& others = of_use[static_cast<std::size_t>(point.use)];
            const bool there = fills_a_building(point) && std::any_of(others.begin(), others.end(), [&](Point at) {
                                   return distance(at, point.position) < same_site_m;
                               });
            if (there) {
                ++with_buildings_;
                continue;
            }
            const double levels = usual_levels(point.use, 0);
            push("synthetic/" + point.id, point.position, point.use, static_cast<double>(point.floor_area_m2) / levels, 0, 1, {});
            b_.levels.vector().back() = static_cast<float>(levels);
            b_.floor_area_m2.vector().back() = point.floor_area_m2;
        }
    }

    void tell(ImportReport& report) const {
        std::array<std::int64_t, use_count> mapped{};
        for (BuildingId i : rows(b_.id)) mapped[static_cast<std::size_t>(b_.use[i])] += !b_.synthetic[i];
        std::string list;
        for (std::size_t use = 0; use < use_count; ++use)
            if (mapped[use] > 0)
                list += fmt::format("{}{} {}", list.empty() ? "" : ", ", mapped[use],
                                    name_of(static_cast<BuildingUse>(use)));
        report.kept(static_cast<std::int64_t>(tags_.size()), "buildings", list);
        report.guessed(by_activity_, "buildings' use by an activity mapped inside", "a school, hotel, supermarket ...");
        report.guessed(by_ground_, "buildings' use by the land they stand on", "only building=yes is tagged");
        report.guessed(by_size_, "buildings' use by size",
                       "only building=yes is tagged: below 40 m2 a garage, below 250 m2 a house, below 3000 m2 "
                       "apartments, else a hall");
        report.kept(levels_tagged_, "buildings with storeys tagged");
        report.guessed(levels_median_, "buildings' storeys by the median of the same use", "at least 20 of that use are tagged here");
        report.guessed(levels_usual_, "buildings' storeys by use and size", "houses 1.5, apartments 3 to 5, schools 2.5 ...");
        report.kept(static_cast<std::int64_t>(features_.points.size()), "shops, schools, offices and other activities",
                    fmt::format("{} of them on grounds with buildings of that use", with_buildings_));
        report.dropped(outside_, "buildings", "outside the cells: more than 500 m beyond the roads");
        report.dropped(too_small_, "buildings", "footprint below 1 m2");
        report.dropped(features_.not_buildings, "buildings", "roofs, ruins, building sites");
        report.dropped(features_.broken_areas, "areas", "nodes or members are missing, or the outline does not close");
    }

    LandFeatures& features_;
    const LandRaster& raster_;
    City& city_;
    Buildings& b_;
    std::vector<BuildingTags> tags_;           // of the mapped buildings
    std::vector<BuildingId> points_in_;        // per activity; none: outside
    std::int64_t outside_ = 0, too_small_ = 0, by_tag_ = 0, by_activity_ = 0, by_ground_ = 0, by_size_ = 0;
    std::int64_t levels_tagged_ = 0, levels_median_ = 0, levels_usual_ = 0, with_buildings_ = 0;
};

}  // namespace

std::vector<float> make_buildings(LandFeatures& features, const LandRaster& raster, City& city, ImportReport& report) {
    return BuildingMaker(features, raster, city).make(report);
}

}  // namespace shahr
