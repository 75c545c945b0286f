#include "render/triangulate.h"

#include <algorithm>
#include <numeric>

namespace shahr {
namespace {

double twice_area(std::span<const Point> ring) {
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) sum += cross(ring[i], ring[(i + 1) % ring.size()]);
    return sum;
}

// The corners not yet cut off, counter-clockwise, as a ring of neighbours.
class Remaining {
public:
    explicit Remaining(std::span<const Point> ring) : at_(ring), left_(ring.size()), next_(ring.size()), previous_(ring.size()) {
        const bool clockwise = twice_area(ring) < 0;
        for (std::uint32_t i = 0; i < left_; ++i) {
            const auto after = static_cast<std::uint32_t>((i + 1) % left_), before = static_cast<std::uint32_t>((i + left_ - 1) % left_);
            next_[i] = clockwise ? before : after;
            previous_[i] = clockwise ? after : before;
        }
    }
    std::size_t left() const { return left_; }
    std::uint32_t next(std::uint32_t i) const { return next_[i]; }
    std::uint32_t previous(std::uint32_t i) const { return previous_[i]; }
    void cut(std::uint32_t i) {
        next_[previous_[i]] = next_[i];
        previous_[next_[i]] = previous_[i];
        --left_;
    }
    double turn(std::uint32_t i) const { return cross(at_[i] - at_[previous_[i]], at_[next_[i]] - at_[i]); }

    // An ear turns left and holds none of the corners that turn right.
    bool is_ear(std::uint32_t i) const {
        if (turn(i) <= 0) return false;
        const std::uint32_t a = previous_[i], c = next_[i];
        for (std::uint32_t k = next_[c]; k != a; k = next_[k])
            if (turn(k) <= 0 && inside(at_[k], at_[a], at_[i], at_[c])) return false;
        return true;
    }

private:
    static bool inside(Point p, Point a, Point b, Point c) {
        if (p == a || p == b || p == c) return false;
        return cross(b - a, p - a) >= 0 && cross(c - b, p - b) >= 0 && cross(a - c, p - c) >= 0;
    }
    std::span<const Point> at_;
    std::size_t left_;
    std::vector<std::uint32_t> next_, previous_;
};

}  // namespace

std::vector<std::uint32_t> triangulate(std::span<const Point> ring) {
    while (ring.size() > 1 && ring.front() == ring.back()) ring = ring.first(ring.size() - 1);
    std::vector<std::uint32_t> corners;
    if (ring.size() < 3 || twice_area(ring) == 0) return corners;
    Remaining remaining(ring);
    std::uint32_t at = 0;
    std::size_t passed = 0;                    // corners passed by since the last cut
    while (remaining.left() > 3) {
        const bool stuck = passed > remaining.left();  // the ring crosses itself: cut anywhere
        if (stuck || remaining.turn(at) == 0 || remaining.is_ear(at)) {
            if (stuck ? remaining.turn(at) > 0 : remaining.turn(at) != 0)
                corners.insert(corners.end(), {remaining.previous(at), at, remaining.next(at)});
            remaining.cut(at);
            at = remaining.previous(at);
            passed = 0;
        } else {
            at = remaining.next(at);
            ++passed;
        }
    }
    corners.insert(corners.end(), {remaining.previous(at), at, remaining.next(at)});
    return corners;
}

}  // namespace shahr
