#include "sim/synthesis/facades.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

#include "sim/base/polygon.h"

namespace shahr {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double outside_m = 0.5, bin_m = 100, axis_step_deg = 15;
constexpr double house_m = 10, block_depth_m = 12.5, block_length_m = 60;

std::uint64_t bin_key(std::int64_t column, std::int64_t row) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(column)) << 32 | static_cast<std::uint32_t>(row);
}
std::int64_t bin_of(double m) {
    return static_cast<std::int64_t>(std::floor(m / bin_m));
}

// Which other footprint holds a point.
class Footprints {
public:
    explicit Footprints(const Buildings& buildings) : b_(buildings) {
        for (const BuildingId b : rows(b_.id)) {
            const auto ring = b_.footprint[b];
            if (ring.empty()) continue;
            const auto [west, east] = std::minmax_element(ring.begin(), ring.end(), [](Point p, Point q) { return p.x_m < q.x_m; });
            const auto [south, north] = std::minmax_element(ring.begin(), ring.end(), [](Point p, Point q) { return p.y_m < q.y_m; });
            for (std::int64_t c = bin_of(west->x_m); c <= bin_of(east->x_m); ++c)
                for (std::int64_t r = bin_of(south->y_m); r <= bin_of(north->y_m); ++r) in_bin_[bin_key(c, r)].push_back(b);
        }
    }
    bool another_holds(Point p, BuildingId self) const {
        const auto bin = in_bin_.find(bin_key(bin_of(p.x_m), bin_of(p.y_m)));
        if (bin == in_bin_.end()) return false;
        return std::any_of(bin->second.begin(), bin->second.end(), [&](BuildingId b) { return b != self && is_inside(b_.footprint[b], p); });
    }

private:
    const Buildings& b_;
    std::unordered_map<std::uint64_t, std::vector<BuildingId>> in_bin_;
};

struct Piece {
    double length_m, azimuth_deg;              // of its outward normal
    bool party;
};

std::vector<Piece> pieces_of(BuildingId b, const Buildings& buildings, const Footprints& footprints) {
    const auto ring = buildings.footprint[b];
    const double turn = signed_area_m2(ring) >= 0 ? 1 : -1;
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Point along = ring[i + 1] - ring[i];
        const double length_m = length(along);
        if (length_m < 1e-3) continue;
        const Point out = (turn / length_m) * Point{along.y_m, -along.x_m};
        double azimuth = std::atan2(out.x_m, out.y_m) / degree;
        if (azimuth < 0) azimuth += 360;
        const Point probe = 0.5 * (ring[i] + ring[i + 1]) + outside_m * out;
        pieces.push_back({length_m, azimuth, footprints.another_holds(probe, b)});
    }
    return pieces;
}

// The mean direction of the outline modulo 90 degrees, weighted by length (angles times four become a full circle).
double main_axis_deg(const std::vector<Piece>& pieces) {
    double x = 0, y = 0;
    for (const Piece& p : pieces) {
        x += p.length_m * std::cos(4 * p.azimuth_deg * degree);
        y += p.length_m * std::sin(4 * p.azimuth_deg * degree);
    }
    const double axis = std::atan2(y, x) / (4 * degree);
    const double rounded = axis_step_deg * std::round(axis / axis_step_deg);
    return std::fmod(rounded + 90, 90);
}

Facades mapped_facades(BuildingId b, const Buildings& buildings, const Footprints& footprints) {
    const auto pieces = pieces_of(b, buildings, footprints);
    Facades to;
    to.footprint_m2 = static_cast<double>(buildings.footprint_m2[b]);
    to.azimuth_deg = main_axis_deg(pieces);
    for (const Piece& p : pieces) {
        const auto side = static_cast<std::size_t>(std::lround((p.azimuth_deg - to.azimuth_deg + 360) / 90)) % 4;
        (p.party ? to.party_length_m : to.length_m[side]) += p.length_m;
    }
    return to;
}

Facades assumed_facades(BuildingUse use, double footprint_m2) {
    Facades to;
    double depth_m = std::sqrt(footprint_m2 / 1.5), width_m = footprint_m2 / std::max(depth_m, 1e-6);
    if (use == BuildingUse::house) {
        to.units = std::max(1.0, footprint_m2 / (house_m * house_m));
        depth_m = width_m = std::sqrt(footprint_m2 / to.units);
    } else if (use == BuildingUse::apartments) {
        to.units = std::max(1.0, footprint_m2 / (block_depth_m * block_length_m));
        depth_m = std::min(block_depth_m, std::sqrt(footprint_m2 / to.units));
        width_m = footprint_m2 / to.units / depth_m;
    }
    to.footprint_m2 = footprint_m2 / to.units;
    to.length_m = {width_m, depth_m, width_m, depth_m};
    return to;
}

}  // namespace

Column<BuildingId, Facades> find_facades(const Buildings& buildings) {
    const Footprints footprints(buildings);
    Column<BuildingId, Facades> all;
    all.reserve(buildings.id.size());
    for (const BuildingId b : rows(buildings.id))
        all.push_back(buildings.footprint[b].size() >= 4 ? mapped_facades(b, buildings, footprints) : assumed_facades(buildings.use[b], static_cast<double>(buildings.footprint_m2[b])));
    return all;
}

}  // namespace shahr
