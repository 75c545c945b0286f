// Tap changers that hold a voltage, each lane by itself.
//
// A tap scales one branch of the network, and so only those columns of its factor that lie between there and the root of the
// elimination tree (partial refactorisation: Chan and Brandwajn, IEEE Trans. Power Syst. 1, 1986). These columns have numbers
// of their own in each lane; all others stay shared.
//
// A changer that finds its bus outside of its band comes to rest at the first position that brings it back inside, as one that
// moves step by step. It jumps until one step before the place where the turns alone would do so, and goes on from there: loads
// of constant power make a step's effect larger. Each lane begins at the positions as built: what an hour shows
// follows from that hour alone. A real changer would stay where the hour before left it as long as that is inside the band,
// so that voltages may differ by up to the band's width; its delay of a minute is far below the steps here.
#pragma once
#include <cstdint>

#include "kernels/power/network.h"
#include "kernels/power/phasor.h"

namespace shahr::SHAHR_BACKEND::power {

struct TapChanger {
    TransformerId transformer;
    Index branch;
    Index from, to;                            // ranks of its ends
    Index watched;                             // rank of the bus whose voltage it holds
    Index built, neutral, lowest, highest;     // positions
    double step;                               // change of the winding's turns per position
    double target_pu, half_band_pu;
    bool at_to;                                // the winding is that of `to`

    SHAHR_HD double ratio(Index position) const { return ratio_change(step, neutral, at_to, built, position); }

    // Where it goes from `position` when it sees this voltage; it stays if that is inside its band, or no number.
    SHAHR_HD Index moved(Index position, double voltage_pu) const {
        const double low = target_pu - half_band_pu, high = target_pu + half_band_pu, at_one = voltage_pu * ratio(position);
        const bool above = voltage_pu > high;
        if (!above && !(voltage_pu < low)) return position;
        const Index by = above == (at_to == (step < 0)) ? 1 : -1, end = by > 0 ? highest : lowest;
        Index next = position;
        for (double seen = voltage_pu; next != end && (above ? seen > high : seen < low); seen = at_one / ratio(next)) next += by;
        const bool far = next - position > 1 || position - next > 1;
        return far ? next - by : next;
    }
};

// Those of a network that can do their work: closed at both ends, the regulated bus alive.
std::vector<TapChanger> tap_changers(const PowerGrid& grid, const SwitchState& state, const Network& network);

// The columns of a factor that the changers alter, with what is needed to factor them again. The numbers of a lane are
// complex: the diagonals (then their inverses), the entries below them, those above, as in SweepFactorView.
struct LaneColumnsView {
    View<const Index> of_rank;                 // [rank]  -1: shared; empty: all are
    View<const Index> first;                   // [column, and one more]  its entries
    View<const Index> row;                     // [entry]  the column of its row
    View<const Index> target;                  // [update]  FactorPattern::target, by these entries
    View<const double> reduced;                // [number, re and im]  what the shared columns leave, taps as built
    // Of each changer, its branch's place among the numbers (-1: a given voltage stands there) and what it is as built.
    View<const Index> place_ff, place_ft, place_tf;
    View<const double> ff, ft, tf;

    SHAHR_HD Index columns() const { return first.size > 0 ? first.size - 1 : 0; }
    SHAHR_HD Index entries() const { return row.size; }
    SHAHR_HD Index numbers() const { return columns() + 2 * entries(); }
    SHAHR_HD Index lower(Index entry) const { return columns() + entry; }
    SHAHR_HD Index upper(Index entry) const { return columns() + entries() + entry; }
};

template <class L>
SHAHR_HD void add_change(View<const Index> place, View<const double> built, Index changer, typename L::Real by, const Phasors<L>& x) {
    if (place[changer] >= 0) x.set(place[changer], x[place[changer]] + scaled(built, changer, Phasor<typename L::Real>{by, {}}));
}

// The columns' factor at the lanes' positions [changer].
template <class L>
SHAHR_HD void factorise_columns(const LaneColumnsView& y, View<const TapChanger> changers, const Strand<L, Index>& positions, const Phasors<L>& x) {
    using P = typename L::Real;
    for (Index i = 0; i < y.numbers(); ++i) x.set(i, {P{} + y.reduced[2 * i], P{} + y.reduced[2 * i + 1]});
    for (Index c = 0; c < changers.size; ++c) {
        P share{};
        for (Index w = 0; w < L::width; ++w) set_lane(share, w, 1 / changers[c].ratio(positions.lane(c, w)));
        add_change<L>(y.place_ff, y.ff, c, share * share - 1.0, x);
        add_change<L>(y.place_ft, y.ft, c, share - 1.0, x);
        add_change<L>(y.place_tf, y.tf, c, share - 1.0, x);
    }
    const Index* target = y.target.data;
    for (Index k = 0; k < y.columns(); ++k) {
        const Phasor<P> inverse = one_over(x[k]);
        x.set(k, inverse);
        const Index end = y.first[k + 1];
        for (Index a = y.first[k]; a < end; ++a) {
            const Phasor<P> low = x[y.lower(a)] * inverse, up = x[y.upper(a)];
            x.set(y.row[a], x[y.row[a]] - low * up);
            for (Index b = a + 1; b < end; ++b, ++target) {
                x.set(y.lower(*target), x[y.lower(*target)] - x[y.lower(b)] * inverse * up);
                x.set(y.upper(*target), x[y.upper(*target)] - low * x[y.upper(b)]);
            }
        }
        for (Index a = y.first[k]; a < end; ++a) {
            x.set(y.lower(a), x[y.lower(a)] * inverse);
            x.set(y.upper(a), x[y.upper(a)] * inverse);
        }
    }
}

// In the lanes of `at_rest` each changer looks at its voltage and moves. The lanes in which one has moved.
template <class L>
SHAHR_HD typename L::Mask move_taps(View<const TapChanger> changers, typename L::Mask at_rest, const Phasors<L>& voltage, Index stride, Index offset, const Strand<L, Index>& positions) {
    auto any_moved = typename L::Real{} != typename L::Real{};
    for (Index c = 0; c < changers.size; ++c) {
        const auto magnitude = square_root(squared_magnitude(voltage[changers[c].watched * stride + offset]));
        for (Index w = 0; w < L::width; ++w) {
            if (!lane_of(at_rest, w)) continue;
            Index& position = positions.lane(c, w);
            const Index to = changers[c].moved(position, lane_of(magnitude, w));
            if (to != position) set_lane(any_moved, w, true);
            position = to;
        }
    }
    return any_moved;
}

}  // namespace shahr::SHAHR_BACKEND::power
