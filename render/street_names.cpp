#include "render/street_names.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <unordered_map>

#include "render/drawing.h"

namespace shahr {
namespace {

constexpr double repeat_px = 480;              // from one name to the next along a street, or a little more
constexpr double apart_px = 160;               // between the names on two carriageways of one street, at least
constexpr double sharpest = std::numbers::pi * 30 / 180, most_bent = std::numbers::pi * 75 / 180;  // between letters, over a name

double beyond_of(RoadClass road_class) {
    switch (road_class) {
        case RoadClass::motorway:
        case RoadClass::trunk:
        case RoadClass::primary: return 8;
        case RoadClass::secondary: return 5;
        case RoadClass::tertiary: return 3;
        case RoadClass::service:
        case RoadClass::living_street: return 1;
        default: return 2;
    }
}

double angle_between(Point a, Point b) {
    return std::abs(std::atan2(cross(a, b), dot(a, b)));
}

// Follows roads of one name from junction to junction.
class Chains {
public:
    explicit Chains(const Roads& roads) : roads_(roads), used_(roads_.id.size(), 0) {
        for (const RoadId road : rows(roads_.id)) {
            if (roads_.shape[road].size() < 2 || roads_.name[road].empty()) used_[road] = 1;
            leaving_[roads_.from[road]].push_back(road);
            entering_[roads_.to[road]].push_back(road);
        }
    }

    std::vector<std::vector<RoadId>> all() {
        std::vector<std::vector<RoadId>> chains;
        for (const RoadId road : rows(roads_.id)) {
            if (used_[road]) continue;
            use(road);
            std::vector<RoadId> chain{road};
            for (RoadId next = onward(road); is_some(next); next = onward(next)) use(next), chain.push_back(next);
            for (RoadId before = back(road); is_some(before); before = back(before)) use(before), chain.insert(chain.begin(), before);
            chains.push_back(std::move(chain));
        }
        return chains;
    }

private:
    static Point start_of(std::span<const Point> s) { return s[1] - s[0]; }
    static Point end_of(std::span<const Point> s) { return s[s.size() - 1] - s[s.size() - 2]; }

    // With the road, the one that leads back along it.
    void use(RoadId road) {
        used_[road] = 1;
        for (const RoadId other : leaving_[roads_.to[road]])
            if (roads_.to[other] == roads_.from[road] && roads_.name[other] == roads_.name[road]) used_[other] = 1;
    }

    template <class Angle>
    RoadId straightest(RoadId road, const std::vector<RoadId>& candidates, const Angle& turn) const {
        RoadId best = none<RoadId>;
        double least = std::numbers::pi / 3;
        for (const RoadId other : candidates) {
            if (used_[other] || roads_.name[other] != roads_.name[road]) continue;
            const double angle = turn(other);
            if (angle < least) least = angle, best = other;
        }
        return best;
    }

    RoadId onward(RoadId road) {
        return straightest(road, leaving_[roads_.to[road]], [&](RoadId next) { return angle_between(end_of(roads_.shape[road]), start_of(roads_.shape[next])); });
    }

    RoadId back(RoadId road) {
        return straightest(road, entering_[roads_.from[road]], [&](RoadId before) { return angle_between(end_of(roads_.shape[before]), start_of(roads_.shape[road])); });
    }

    const Roads& roads_;
    Column<RoadId, std::uint8_t> used_;
    std::unordered_map<JunctionId, std::vector<RoadId>> leaving_, entering_;   // looked up only, never walked
};

StreetNames::Street street_of(const std::vector<RoadId>& chain, const Roads& roads) {
    StreetNames::Street street{roads.name[chain.front()], 0, {}, {}, {{1e18, 1e18}, {-1e18, -1e18}}};
    for (const RoadId road : chain) {
        street.beyond_m = std::max(street.beyond_m, beyond_of(roads.road_class[road]));
        for (const Point p : roads.shape[road]) {
            if (!street.line.empty() && distance(street.line.back(), p) < 0.1) continue;
            street.at_m.push_back(street.line.empty() ? 0 : street.at_m.back() + distance(street.line.back(), p));
            street.line.push_back(p);
            street.box.low = {std::min(street.box.low.x_m, p.x_m), std::min(street.box.low.y_m, p.y_m)};
            street.box.high = {std::max(street.box.high.x_m, p.x_m), std::max(street.box.high.y_m, p.y_m)};
        }
    }
    return street;
}

Point point_on(const StreetNames::Street& street, double at_m) {
    const auto after = std::upper_bound(street.at_m.begin() + 1, street.at_m.end() - 1, at_m);
    const auto i = static_cast<std::size_t>(after - street.at_m.begin());
    const double share = std::clamp((at_m - street.at_m[i - 1]) / (street.at_m[i] - street.at_m[i - 1]), 0.0, 1.0);
    return street.line[i - 1] + share * (street.line[i] - street.line[i - 1]);
}

// One name at one place of a street.
struct Writing {
    const StreetNames::Street& street;
    const Camera& camera;
    double middle_m, width_px, height_px;
    bool backwards = false;                    // against the line, so that it stands upright

    double place_m(double from_start_px) const {
        const double off_m = (from_start_px - width_px / 2) * camera.metres_per_pixel;
        return middle_m + (backwards ? -off_m : off_m);
    }
    Stand stand(double from_start_px) const {
        const double reach_px = height_px / 2;
        const Pixel before = camera.to_screen(point_on(street, place_m(from_start_px - reach_px)));
        const Pixel after = camera.to_screen(point_on(street, place_m(from_start_px + reach_px)));
        const double dx = after.x - before.x, dy = after.y - before.y, length = std::max(std::hypot(dx, dy), 1e-6);
        return {camera.to_screen(point_on(street, place_m(from_start_px))), dx / length, dy / length};
    }
    // The squares that it covers; empty where it would leave the screen or run around a bend.
    std::vector<Rect> squares() const {
        std::vector<Rect> squares;
        const double half = 0.6 * height_px, step = height_px;
        Point first, last;
        for (double at = 0; at < width_px + step; at += step) {
            const Stand s = stand(std::min(at, width_px));
            const Point direction{s.along_x, s.along_y};
            if (squares.empty()) first = last = direction;
            const bool bends = angle_between(last, direction) > sharpest || angle_between(first, direction) > most_bent;
            const Rect square{s.at.x - half, s.at.y - half, s.at.x + half, s.at.y + half};
            if (bends || square.left < 0 || square.top < 0 || square.right > camera.width || square.bottom > camera.height) return {};
            squares.push_back(square);
            last = direction;
        }
        return squares;
    }
};

bool on_screen(const Box& box, const Camera& camera) {
    const Pixel low = camera.to_screen(box.low), high = camera.to_screen(box.high);
    return high.x > 0 && low.x < camera.width && low.y > 0 && high.y < camera.height;
}

// The middle first, then outwards. The step is a power of two in metres: names stay where they are while the map is moved.
std::vector<double> places_along(double length_m, double text_m, double step_m) {
    std::vector<double> places;
    for (double off = 0; off + text_m / 2 < length_m / 2; off += step_m) {
        places.push_back(length_m / 2 + off);
        if (off > 0) places.push_back(length_m / 2 - off);
    }
    return places;
}

}  // namespace

StreetNames::StreetNames(const City& city) {
    for (const auto& chain : Chains(city.network.roads).all()) {
        Street street = street_of(chain, city.network.roads);
        if (street.line.size() > 1) streets_.push_back(std::move(street));
    }
    std::stable_sort(streets_.begin(), streets_.end(), [](const Street& a, const Street& b) {
        return std::pair(a.beyond_m, a.at_m.back()) > std::pair(b.beyond_m, b.at_m.back());
    });
}

void StreetNames::draw(const Camera& camera, const Fonts& fonts, const Paper& paper, std::vector<Rect>& taken) const {
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    const double unit = fonts.body->FontSize / 15.0, size = fonts.small->FontSize;
    const double step_m = std::exp2(std::ceil(std::log2(repeat_px * unit * camera.metres_per_pixel)));
    std::map<std::string_view, std::vector<Pixel>> written;
    for (const Street& street : streets_) {
        if (camera.metres_per_pixel * unit > street.beyond_m || !on_screen(street.box, camera)) continue;
        const double width = width_of(fonts.small, street.name), room_m = (width + 2 * size) * camera.metres_per_pixel;
        for (const double middle_m : places_along(street.at_m.back(), room_m, step_m)) {
            Writing writing{street, camera, middle_m, width, size};
            writing.backwards = writing.stand(width / 2).along_x < 0;
            const Pixel middle = writing.stand(width / 2).at;
            auto& others = written[street.name];
            if (std::any_of(others.begin(), others.end(), [&](Pixel p) { return std::hypot(p.x - middle.x, p.y - middle.y) < apart_px * unit; })) continue;
            const auto squares = writing.squares();
            if (squares.empty() || std::any_of(squares.begin(), squares.end(), [&](const Rect& r) { return overlaps_any(r, taken); })) continue;
            taken.insert(taken.end(), squares.begin(), squares.end());
            others.push_back(middle);
            write_bent(list, fonts.small, street.name, [&](double at) { return writing.stand(at); }, paper.ink, paper.halo);
        }
    }
}

}  // namespace shahr
