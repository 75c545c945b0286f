// Who has a way to water. With a demand model that does not ask for pressure, EPANET serves also those whom its own controls and
// empty tanks cut off, through closed links, which are steep and not tight, at heads that mean nothing; so do we, for its sake and
// with a warning, as long as all is as in its file. Once a scenario has shut a link, whoever is cut off draws nothing.
#pragma once
#include "kernels/water/coefficients.h"

namespace shahr::SHAHR_BACKEND::water {

// Closed for as long as nobody opens it: from outside, by a control, by its status. What heads and flows have shut may open
// while the solution is sought, and stands in no one's way here.
template <class L>
SHAHR_HD bool is_barred(const NetworkView& n, const Lane<L>& s, Index k, Index w) {
    if (s.forced.lane(k, w) != 0) return true;
    const auto kind = static_cast<WaterLinkKind>(n.kind[k]);
    const bool is_closed = s.state_of(k, w) == LinkState::closed;
    if (kind == WaterLinkKind::pipe) return is_closed && !n.check_valve[k];
    if (kind == WaterLinkKind::pump) return is_closed || s.setting.lane(k, w) == 0;
    return is_closed && ((kind != WaterLinkKind::prv && kind != WaterLinkKind::psv) || !is_number(s.setting.lane(k, w)));
}

template <class L>
SHAHR_HD typename L::Mask lanes_as_in_file(const Lane<L>& s) {
    auto mask = typename L::Mask{};
    for (Index w = 0; w < L::width; ++w) set_lane(mask, w, s.shut_from_outside.lane(0, w) == 0);
    return mask;
}

template <class L>
SHAHR_HD bool may_draw(const Lane<L>& s, Index v, Index w) {
    return s.served.lane(v, w) > 0 || s.shut_from_outside.lane(0, w) == 0;
}

// Carries "has a way to water" over link k, where it is one way only forwards. Returns the lanes in which that was new to an end.
template <class L>
SHAHR_HD typename L::Mask spread(const NetworkView& n, const Lane<L>& s, Index k, typename L::Mask lanes) {
    using Real = typename L::Real;
    const auto passage = static_cast<Passage>(n.passage[k]);
    auto passes = lanes;
    if (passage == Passage::plain) {
        passes = passes & (s.shut[k] < 1.0);
    } else {
        for (Index w = 0; w < L::width; ++w)
            if (lane_of(passes, w)) set_lane(passes, w, !is_barred<L>(n, s, k, w));
    }
    const Index i = n.pipes.from[k], j = n.pipes.to[k];
    const Real from = s.served[i], to = s.served[j];
    const Real new_to = select(passes, larger(from, to), to), new_from = passage == Passage::one_way ? from : select(passes, larger(from, to), from);
    s.served.set(i, new_from);
    s.served.set(j, new_to);
    return (new_to > to) | (new_from > from);
}

// Where nothing is drawn, flows fade and pipes conduct so well that the rest of the matrix drowns in rounding: such a node is held a
// little at the head that it has, which moves no water once the heads stand still.
template <class L>
SHAHR_HD void hold_the_dry(const NetworkView& n, const Lane<L>& s) {
    using Real = typename L::Real;
    constexpr double hold_m2ps = 1e-4;
    const auto as_in_file = lanes_as_in_file<L>(s);
    for (Index r = 0; r < n.pipes.unknowns(); ++r) {
        const Index v = n.pipes.node[r];
        const Real hold = select((s.served[v] > 0.0) | as_in_file, Real{}, Real{} + hold_m2ps);
        s.diagonal.set(r, s.diagonal[r] + hold);
        s.right.set(r, s.right[r] + hold * s.head[v]);
    }
}

template <class L>
SHAHR_HD bool all_are_served(const NetworkView& n, const Lane<L>& s) {
    auto least = typename L::Real{} + 1.0;
    for (Index v = 0; v < n.nodes; ++v) least = smaller(least, s.served[v]);
    return !any(least < 1.0);
}

// From reservoirs and tanks that are not empty over all links, forth and back, until nothing changes or all are served.
template <class L>
SHAHR_HD void tell_who_is_served(const NetworkView& n, const Lane<L>& s, typename L::Mask lanes) {
    using Real = typename L::Real;
    for (Index v = 0; v < n.nodes; ++v) s.served.set(v, select(lanes, Real{}, s.served[v]));
    for (Index f = 0; f < n.fixed.size; ++f) {
        const Index v = n.fixed[f], tank = n.tank_of_node[v];
        for (Index w = 0; w < L::width; ++w)
            if (lane_of(lanes, w)) s.served.lane(v, w) = tank < 0 || s.empty.lane(tank, w) == 0 ? 1 : 0;
    }
    bool forth = true;
    for (auto news = lanes; any(news) && !all_are_served<L>(n, s); forth = !forth) {
        news = typename L::Mask{};
        for (Index i = 0; i < n.links; ++i) news = news | spread<L>(n, s, n.outwards[forth ? i : n.links - 1 - i], lanes);
    }
    const auto as_in_file = lanes_as_in_file<L>(s);
    Real dry{};
    for (Index r = 0; r < n.pipes.unknowns(); ++r) {
        const Index v = n.pipes.node[r];
        const auto draws = (s.served[v] > 0.0) | as_in_file;
        const Real full = select(draws, s.asked[v], Real{});
        s.full_demand.set(v, select(lanes, full, s.full_demand[v]));
        s.demand.set(v, select(lanes, full, s.demand[v]));
        dry = dry + select(draws, Real{}, Real{} + 1.0);
    }
    s.dry.set(0, select(lanes, dry, s.dry[0]));
}

// Looks anew in the lanes of `going` in which somebody has opened or closed a link, or a tank has run empty or is so no more.
template <class L>
SHAHR_HD void serve_whom_water_reaches(const NetworkView& n, const Lane<L>& s, typename L::Mask going) {
    auto lanes = typename L::Mask{};
    for (Index w = 0; w < L::width; ++w) {
        if (!lane_of(going, w) || s.reach_stale.lane(0, w) == 0) continue;
        set_lane(lanes, w, true);
        s.reach_stale.lane(0, w) = 0;
    }
    if (any(lanes)) tell_who_is_served<L>(n, s, lanes);
}

}  // namespace shahr::SHAHR_BACKEND::water
