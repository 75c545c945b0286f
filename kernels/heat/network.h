// The district-heat tables on the device, in the form that the phases of a step want: links, what stands on them, and for
// each node the links that meet there.
#pragma once
#include <span>
#include <vector>

#include "kernels/base/array.h"
#include "kernels/base/pipe_network.h"
#include "kernels/heat/friction.h"
#include "kernels/heat/laws.h"
#include "sim/city/heat_network.h"

namespace shahr::SHAHR_BACKEND::heat {

// How a link's flow comes about.
enum class Flow : std::uint8_t {
    pipe,                                      // a pipe, a valve, or an exchanger with a diameter
    pump,                                      // a curve
    lift,                                      // a plant's pump
    resistance,                                // radiators
    given                                      // a substation, or a plant with a given flow: not part of the hydraulics
};

struct LinkView {
    Index nodes = 0, links = 0;
    View<const Index> from, to;                // [link]
    View<const Flow> flow;
    View<const PipeShape> shape;               // length, diameter ... of pipes and valves
    View<const double> fluid_c;                // NaN: the water's own temperature
    View<const double> loss_wpk, ground_c;     // of the whole pipe, to the ground
    View<const double> capacity_jpk;           // of water and wall in the pipe
    View<const double> pump;                   // [3 link + power of the flow]
    View<const Index> pipe;                    // [link]  row among the pipes that carry plugs; -1: none
    View<const Index> consumer, plant;         // [link]  row; -1: none
    View<const Index> first, meets;            // [node, and one more], the links that meet there; a loop stands there twice
    View<const double> inflow_kgps, entering_c;  // [node]
    View<const double> static_pa;              // [node]  what is between `head` and gauge pressure
    View<const std::uint8_t> held;             // [node]  its pressure is given
};

struct ConsumerView {
    Index size = 0;
    View<const Index> link;
    View<const HeatConsumerKind> kind;
    View<const Substation> substation;         // heat_w: on the design day
    View<const Radiators> radiators;
    View<const double> resistance;             // [consumer]  Pa / (kg/s)^2 of radiators
    View<const double> time_constant_s;
    View<const Index> part;                    // of the network: those that pipes, plants and consumers join, closed ones too
    View<const std::uint8_t> simulated;        // 1: it supplies a building whose demand and rooms are found elsewhere
};

struct PlantView {
    Index size = 0;
    View<const Index> link;
    View<const HeatingCurve> curve;
    View<const double> capacity_w, least_dp_pa, flow_kgps, efficiency;
    View<const Index> part;
};

class Network {
public:
    // `heat_capacity_jpkgk` and `density_kgpm3` hold for all heat flows and all heights, so that energy and mass close.
    // `simulated`: [consumer], see ConsumerView; empty: none.
    explicit Network(const HeatNetwork& heat, std::span<const std::uint8_t> simulated = {});

    LinkView links() const;
    ConsumerView consumers() const;
    PlantView plants() const;
    const PipeTopology& topology() const { return topology_; }
    View<const Index> hydraulic() const { return hydraulic_; }           // [link of the topology]  link

    Index nodes() const { return nodes_; }
    Index pipes() const { return pipes_; }
    Index parts() const { return parts_; }
    double reference_c() const { return reference_c_; }
    double heat_capacity_jpkgk() const { return heat_capacity_jpkgk_; }
    double density_kgpm3() const { return density_kgpm3_; }

private:
    Index nodes_, pipes_ = 0, parts_ = 0;
    double reference_c_, heat_capacity_jpkgk_, density_kgpm3_;
    Array<Index> from_, to_, pipe_, consumer_of_, plant_of_, first_, meets_, hydraulic_;
    Array<Flow> flow_;
    Array<PipeShape> shape_;
    Array<double> fluid_c_, loss_wpk_, ground_c_, capacity_jpk_, pump_, inflow_kgps_, entering_c_, static_pa_;
    Array<std::uint8_t> held_;
    Array<Index> consumer_link_, plant_link_;
    Array<HeatConsumerKind> kind_;
    Array<Substation> substation_;
    Array<Radiators> radiators_;
    Array<double> resistance_, time_constant_s_;
    Array<std::uint8_t> simulated_;
    Array<Index> part_of_consumer_, part_of_plant_;
    Array<HeatingCurve> curve_;
    Array<double> plant_capacity_w_, least_dp_pa_, plant_flow_kgps_, efficiency_;
    PipeTopology topology_;
};

}  // namespace shahr::SHAHR_BACKEND::heat
