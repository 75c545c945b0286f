// Rows for the tables of a heat network, added one by one: what every maker of such a network needs.
#pragma once
#include <limits>
#include <string>

#include "sim/city/heat_network.h"

namespace shahr {

inline constexpr double unstated = std::numeric_limits<double>::quiet_NaN();

struct NodeFacts {
    std::string id = {};
    HeatLine line = HeatLine::other;
    Point position = {};
    double height_m = 0;
};

struct LinkFacts {
    std::string id = {};
    HeatLinkKind kind = HeatLinkKind::pipe;
    HeatNodeId from = none<HeatNodeId>, to = none<HeatNodeId>;
    bool open = true;
    double length_m = 0, diameter_m = 0, roughness_m = 0, loss_coefficient = 0;
    HeatFriction friction = HeatFriction::laminar_below;
    double heat_loss_wpmk = 0, ground_c = 10, wall_jpmk = 0;
    double fluid_c = unstated;
};

struct PlantFacts {
    std::string id = {};
    HeatNodeId from = none<HeatNodeId>, to = none<HeatNodeId>;
    double supply_c = 0, return_c = unstated, outdoor_c = unstated;
    double lowest_supply_c = -1e3, highest_supply_c = 1e3;
    double capacity_w = unstated;
    double lift_pa = 0, least_dp_pa = unstated, flow_kgps = unstated;
    double pump_efficiency = 0.7;
    double fluid_c = unstated;
};

struct ConsumerFacts {
    std::string id = {};
    HeatNodeId from = none<HeatNodeId>, to = none<HeatNodeId>;
    BuildingId building = none<BuildingId>;
    HeatUse use = HeatUse::own;
    HeatConsumerKind kind = HeatConsumerKind::substation;
    double heat_w = 0;
    HeatProfileId profile = none<HeatProfileId>;
    double return_c = unstated, delta_k = unstated, flow_kgps = unstated, bypass_kgps = 0;
    double supply_c = unstated, design_return_c = unstated, mixing_ratio = 0, dp_pa = 1e5;
    double indoor_c = 20, outdoor_c = -20, exponent = 1.3, time_constant_h = 80, season_below_c = unstated;
    double diameter_m = 0, loss_coefficient = 0;
    double fluid_c = unstated;
};

HeatNodeId add_node(HeatNetwork& heat, const NodeFacts& facts);
HeatLinkId add_link(HeatNetwork& heat, const LinkFacts& facts);
HeatPlantId add_plant(HeatNetwork& heat, const PlantFacts& facts);            // with its link, of the same id
HeatConsumerId add_consumer(HeatNetwork& heat, const ConsumerFacts& facts);   // with its link, of the same id

}  // namespace shahr
