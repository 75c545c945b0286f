#include "sim/synthesis/assign_archetypes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "sim/base/random.h"

namespace shahr {
namespace {

constexpr double neighbourhood_m = 500, quarter_m = 300;
constexpr std::size_t years_for_a_median = 3;
constexpr std::uint64_t purpose_archetype = 0xA2C4;

std::uint64_t square_of(Point p, double size_m) {
    const auto coordinate = [&](double m) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(static_cast<std::int32_t>(std::floor(m / size_m)))); };
    return coordinate(p.x_m) << 32 | coordinate(p.y_m);
}

// The tagged years, by squares as wide as the neighbourhood.
class YearsAround {
public:
    explicit YearsAround(const Buildings& buildings) : buildings_(buildings) {
        for (const BuildingId b : rows(buildings.id))
            if (buildings.year[b] > 0) in_square_[square_of(buildings.position[b], neighbourhood_m)].push_back(b);
    }
    // 0: fewer than three.
    int median(Point at) const {
        std::vector<int> years;
        for (const double dx : {-neighbourhood_m, 0.0, neighbourhood_m})
            for (const double dy : {-neighbourhood_m, 0.0, neighbourhood_m}) {
                const auto square = in_square_.find(square_of({at.x_m + dx, at.y_m + dy}, neighbourhood_m));
                if (square == in_square_.end()) continue;
                for (const BuildingId b : square->second)
                    if (distance(buildings_.position[b], at) <= neighbourhood_m) years.push_back(buildings_.year[b]);
            }
        if (years.size() < years_for_a_median) return 0;
        const auto middle = years.begin() + static_cast<std::ptrdiff_t>(years.size() / 2);
        std::nth_element(years.begin(), middle, years.end());
        return *middle;
    }

private:
    const Buildings& buildings_;
    std::unordered_map<std::uint64_t, std::vector<BuildingId>> in_square_;
};

class Assigner {
public:
    Assigner(const City& city, const BuildingStock& stock, std::uint64_t seed) : b_(city.buildings), stock_(stock), seed_(seed), years_(city.buildings) {}

    Column<BuildingId, std::int32_t> assign(ImportReport& report) {
        Column<BuildingId, std::int32_t> archetype(b_.id.size(), -1);
        std::vector<std::int64_t> count(stock_.archetypes.size(), 0);
        for (const BuildingId b : rows(b_.id)) {
            archetype[b] = static_cast<std::int32_t>(archetype_of(b));
            ++count[static_cast<std::size_t>(archetype[b])];
        }
        tell(count, report);
        return archetype;
    }

private:
    std::size_t archetype_of(BuildingId b) {
        int year = b_.year[b];
        if (year > 0) {
            ++by_year_;
        } else if ((year = years_.median(b_.position[b])) > 0) {
            ++by_neighbours_;
        } else {
            ++by_weight_;
        }
        std::vector<std::size_t> fitting = fitting_to(b, year);
        if (fitting.empty()) fitting = fitting_to(b, 0);
        return draw(b, nearest_levels(b, fitting));
    }

    std::vector<std::size_t> fitting_to(BuildingId b, int year) const {
        std::vector<std::size_t> fitting;
        for (std::size_t i = 0; i < stock_.archetypes.size(); ++i) {
            const Archetype& a = stock_.archetypes[i];
            const bool use = std::count(a.building_uses.begin(), a.building_uses.end(), b_.use[b]) > 0;
            if (use && (year == 0 || (year >= a.first_year && year <= a.last_year)) && a.weight > 0) fitting.push_back(i);
        }
        return fitting;
    }

    // Those whose storeys it has or, if there are none, those that come nearest.
    std::vector<std::size_t> nearest_levels(BuildingId b, const std::vector<std::size_t>& fitting) {
        const double levels = static_cast<double>(b_.levels[b]);
        const auto off = [&](std::size_t i) { return std::max({0.0, stock_.archetypes[i].least_levels - levels, levels - stock_.archetypes[i].most_levels}); };
        double least = std::numeric_limits<double>::infinity();
        for (const std::size_t i : fitting) least = std::min(least, off(i));
        other_levels_ += least > 0;
        std::vector<std::size_t> nearest;
        for (const std::size_t i : fitting)
            if (off(i) <= least) nearest.push_back(i);
        return nearest;
    }

    std::size_t draw(BuildingId b, const std::vector<std::size_t>& fitting) const {
        double sum = 0;
        for (const std::size_t i : fitting) sum += stock_.archetypes[i].weight;
        const bool quarter = b_.use[b] == BuildingUse::apartments;
        Draws draws(seed_, purpose_archetype + (quarter ? 1 : 0), quarter ? square_of(b_.position[b], quarter_m) : square_of(b_.position[b], 1));
        double at = draws.uniform() * sum;
        for (const std::size_t i : fitting)
            if ((at -= stock_.archetypes[i].weight) < 0) return i;
        return fitting.back();
    }

    void tell(const std::vector<std::int64_t>& count, ImportReport& report) const {
        std::string list;
        for (std::size_t i = 0; i < count.size(); ++i)
            if (count[i] > 0) list += fmt::format("{}{} {}", list.empty() ? "" : ", ", count[i], stock_.archetypes[i].name);
        report.kept(static_cast<std::int64_t>(b_.id.size()), "buildings with an archetype", fmt::format("{}: {}", stock_.title, list));
        report.kept(by_year_, "buildings' age by their own year");
        if (by_neighbours_ > 0) report.guessed(by_neighbours_, "buildings' age by the median year of those tagged within 500 m", "their own is not tagged");
        if (by_weight_ > 0) report.guessed(by_weight_, "buildings' age by the stock's shares", "no year is tagged near them; blocks of flats by squares of 300 m");
        if (other_levels_ > 0) report.guessed(other_levels_, "buildings' archetype by the nearest number of storeys", "none of their use and year has as many");
    }

    const Buildings& b_;
    const BuildingStock& stock_;
    std::uint64_t seed_;
    YearsAround years_;
    std::int64_t by_year_ = 0, by_neighbours_ = 0, by_weight_ = 0, other_levels_ = 0;
};

}  // namespace

Column<BuildingId, std::int32_t> assign_archetypes(const City& city, const BuildingStock& stock, std::uint64_t seed, ImportReport& report) {
    return Assigner(city, stock, seed).assign(report);
}

}  // namespace shahr
