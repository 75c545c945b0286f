// The water network on the device: what is the same for all members and does not change in a run. Links stand in the order
// pipes, pumps, valves, whatever the order of the tables.
#pragma once
#include <memory>
#include <span>
#include <tuple>
#include <vector>

#include "kernels/base/pipe_network.h"
#include "kernels/water/constants.h"
#include "sim/city/city.h"

namespace shahr::SHAHR_BACKEND::water {

enum class PumpKind : std::uint8_t { by_powers, by_curve, of_power };
// How water may pass a link that nobody has closed. Plain: both ways, and only being closed from outside or by a control shuts it.
enum class Passage : std::uint8_t { plain, both_ways, one_way };

struct NetworkView {
    PipeView pipes;                            // topology
    Index nodes = 0, links = 0, link_rows = 0; // link_rows: links made a multiple of 8, so that pipes can be taken 8 at a time
    Index pipe_count = 0, pump_count = 0, tank_count = 0, outlet_count = 0, control_count = 0, rule_count = 0;
    HeadLossFormula formula{};
    WaterDemandModel demand_model{};

    View<const double> resistance, minor, viscosity_diameter, roughness_ratio;     // [link row]
    View<const double> diameter_m;             // [link]
    View<const std::uint8_t> kind, check_valve;        // [link]  WaterLinkKind
    View<const Index> curve_of_link;           // [link]
    View<const std::uint8_t> passage;          // [link]  Passage
    View<const Index> outwards;                // [link]  the links in the order in which water reaches them from the sources
    View<const Index> watched;                 // links whose state the heads may change: check valves, pumps, fcv, at tanks
    View<const Index> pressure_valves;         // prv and psv
    View<const Index> around_first, around;    // [pressure valve, and one more]  other links at the node whose head it sets

    View<const std::uint8_t> pump_kind;        // [pump]  its link is pipe_count + pump
    View<const double> pump_h0, pump_r, pump_n, pump_max_head, pump_price;         // price for a joule
    View<const Index> pump_curve, pump_efficiency, pump_pattern, pump_price_pattern;
    View<const Index> curve_first;             // [curve, and one more]
    View<const double> curve_x, curve_y;

    View<const double> elevation_m;            // [node]
    View<const Index> head_pattern;            // [node]
    View<const Index> demand_first, demand_pattern;    // [node, and one more]; [demand]
    View<const double> demand_base;
    View<const Index> pattern_first;           // [pattern, and one more]
    View<const double> pattern_factor;

    View<const Index> tank_node, tank_curve;   // [tank]
    View<const double> tank_area, tank_low, tank_high, tank_low_volume, tank_high_volume;  // heads in m, volumes in m3
    View<const std::uint8_t> tank_overflows;
    View<const Index> tank_of_node;            // [node]  -1: none
    View<const Index> fixed, fixed_first, fixed_link;  // nodes of given head, and the links at each
    View<const Index> fixed_of_tank;           // [tank]

    View<const Index> outlet_node;             // [outlet]  emitters, leaks, bursts
    View<const double> outlet_power;           // n of h = k q^n
    View<const std::uint8_t> outlet_backflow;

    View<const Index> control_link, control_state, control_node;       // node -1: by time
    View<const std::uint8_t> control_trigger;
    View<const double> control_setting, control_level;                 // level as head
    View<const std::int64_t> control_time_ms;
    View<const Index> rule_first_premise, rule_first_action;           // [rule, and one more]
    View<const double> rule_priority;
    View<const std::uint8_t> premise_or, premise_quantity, premise_relation, action_otherwise;
    View<const Index> premise_node, premise_link, action_rule, action_link, action_state;
    View<const double> premise_value, premise_tolerance, action_setting;
};

// Where water leaves a node to the open. Members set their own coefficients.
struct OutletPlace {
    WaterNodeId node{};
    double power = 2;                          // n of h = k q^n
    bool backflow = false;
    double k = 0;                              // at the start of the run; 0: nothing flows
    double first_flow_m3s = 0;                 // where the solver begins
};

// Owns the arrays that a view names.
class Shelf {
public:
    template <class T>
    View<const T> put(std::span<const T> values) {
        auto& shelf = std::get<std::vector<Array<T>>>(arrays_);
        shelf.emplace_back(values);
        return shelf.back().view();
    }
    template <class T>
    View<const T> put(const std::vector<T>& values) {
        return put(std::span<const T>(values));
    }

private:
    std::tuple<std::vector<Array<double>>, std::vector<Array<Index>>, std::vector<Array<std::uint8_t>>, std::vector<Array<std::int64_t>>> arrays_;
};

class Network {
public:
    // `bursts`: nodes at which an intervention may open an outlet.
    Network(const WaterNetwork& net, std::span<const WaterNodeId> bursts);
    const NetworkView& view() const { return view_; }
    const PipeTopology& topology() const { return *topology_; }
    Index link_at(WaterLinkId row) const { return at_row_[shahr::row(row)]; }      // its place here
    const std::vector<Index>& rows() const { return row_at_; }                     // [link]  its row in the table
    const std::vector<OutletPlace>& outlets() const { return outlets_; }
    // Lowest and highest volume, m3.
    const std::vector<std::pair<double, double>>& tank_volumes() const { return tank_volumes_; }
    // First flows: a velocity of 1 ft/s, the design flow of a pump (EPANET's).
    const std::vector<double>& first_flows() const { return first_flows_; }

private:
    void order_links(const WaterNetwork& net);
    void put_links(const WaterNetwork& net);
    void put_pumps(const WaterNetwork& net);
    void put_nodes(const WaterNetwork& net);
    void put_tanks(const WaterNetwork& net);
    void put_outlets(const WaterNetwork& net, std::span<const WaterNodeId> bursts);
    void put_controls(const WaterNetwork& net);
    void put_rules(const WaterNetwork& net);
    void put_watched(const WaterNetwork& net);
    void put_passages(const WaterNetwork& net);

    Shelf shelf_;
    NetworkView view_;
    std::unique_ptr<PipeTopology> topology_;
    std::vector<Index> at_row_, row_at_, from_, to_;
    std::vector<OutletPlace> outlets_;
    std::vector<double> first_flows_;
    std::vector<std::pair<double, double>> tank_volumes_;
};

LinkState state_of(WaterStatus status);
// The head of a level (of a tank) or a pressure (of a junction).
double head_of(const WaterNetwork& net, WaterNodeId node, double above_m);
double interpolate(std::span<const double> x, std::span<const double> y, double at);

}  // namespace shahr::SHAHR_BACKEND::water
