// What loads and generators of fixed power draw and feed in at each node, from their rows and from what varies with time.
#pragma once
#include "kernels/base/lanes.h"
#include "kernels/power/loads.h"
#include "kernels/power/sweep.h"

namespace shahr::SHAHR_BACKEND::power {

// What is given for each variant: values[row][lane], W. A solution's lane l is lane lane[l] there.
struct LaneInputs {
    View<const Index> lane;
    View<const double> series;                 // [load]  active power; empty, or NaN: as built
    View<const double> buildings;              // [building]  electric load; empty: none is known
    Index series_lanes = 0, building_lanes = 0;
};

// One load or generator at one connection of its node.
struct NodeItem {
    double p, q;                               // as built, per unit, at this connection; generation is negative
    double share[4];                           // of p and q: current p, current q, impedance p, impedance q
    double weight, tangent;                    // of what varies: per unit of a watt at this connection, and q over p
    Index load, building;                      // row of the series and of the buildings; -1: does not vary
    Index connection;                          // 0 to 5 as in PhaseLoads; 0 where there is one phase
};

struct NodeLoadTable {
    PhaseLoads shape;                          // with one phase: connections() does not count
    bool three_phase = false;
    View<const Index> first;                   // [rank, then the dead, and one more]
    View<const NodeItem> items;

    SHAHR_HD Index rows() const { return three_phase ? shape.rows() : shape.parts(); }

    struct Power {
        double p, q;
    };
    SHAHR_HD static Power drawn(const NodeItem& item, const LaneInputs& in, Index lane) {
        if (item.building >= 0 && in.buildings.size > 0) {
            const double p = in.buildings[item.building * in.building_lanes + in.lane[lane]] * item.weight;
            return {p, p * item.tangent};
        }
        if (item.load >= 0 && in.series.size > 0) {
            const double p = in.series[item.load * in.series_lanes + in.lane[lane]] * item.weight;
            if (p == p) return {p, p * item.tangent};
        }
        return {item.p, item.q};
    }
    // Active power of all items of a node at 1 pu, per unit of the base power.
    SHAHR_HD double sum_of(Index node, const LaneInputs& in, Index lane) const {
        if (lane >= in.lane.size) return 0;
        double sum = 0;
        for (Index i = first[node]; i < first[node + 1]; ++i) sum += drawn(items[i], in, lane).p;
        return three_phase ? sum * (1.0 / 3) : sum;
    }
};

// One node for the lanes of one call.
template <class L>
struct SumNodeLoads {
    using P = typename L::Real;
    NodeLoadTable table;
    LaneInputs inputs;
    Index nodes, calls;
    View<double> load;

    SHAHR_HD void operator()(Index i) const {
        const auto [node, call] = row_and_call<L>(i, nodes, calls);
        const Index rows = table.rows(), parts = table.shape.parts();
        const auto out = strand<L>(load, nodes * rows, call);
        for (Index r = 0; r < rows; ++r) out.set(node * rows + r, P{});
        for (Index item = table.first[node]; item < table.first[node + 1]; ++item) {
            const NodeItem& at = table.items[item];
            P p{}, q{};
            for (Index w = 0; w < L::width; ++w) {
                const NodeLoadTable::Power s = NodeLoadTable::drawn(at, inputs, smaller(first_lane<L>(call) + w, inputs.lane.size - 1));
                set_lane(p, w, s.p);
                set_lane(q, w, s.q);
            }
            add(out, node * rows + at.connection * parts, parts, at.share, p, q);
        }
    }
    SHAHR_HD void add(const Strand<L, double>& out, Index row, Index parts, const double (&share)[4], P p, P q) const {
        const auto more = [&](Index part, P by) { out.set(row + part, out[row + part] + by); };
        if (parts == 2) {
            more(0, p);
            more(1, q);
            return;
        }
        more(0, p * (1 - share[0] - share[2]));
        more(1, q * (1 - share[1] - share[3]));
        more(2, p * share[0]);
        more(3, q * share[1]);
        more(4, p * share[2]);
        more(5, q * share[3]);
    }
    SHAHR_HD static Index smaller(Index a, Index b) { return a < b ? a : b; }
};

}  // namespace shahr::SHAHR_BACKEND::power
