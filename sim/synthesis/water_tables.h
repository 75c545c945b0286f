// Rows for the tables of a water network, added one by one.
#pragma once
#include <string>

#include "sim/city/water_network.h"

namespace shahr {

WaterNodeId add_water_junction(WaterNetwork& water, std::string id, Point position, double elevation_m);
WaterNodeId add_water_reservoir(WaterNetwork& water, std::string id, Point position, double head_m);
WaterNodeId add_water_tank(WaterNetwork& water, std::string id, Point position, double bottom_m, double depth_m, double initial_level_m, double diameter_m);
void add_water_demand(WaterNetwork& water, WaterNodeId node, double base_m3s, WaterPatternId pattern, std::string category);   // node by node
WaterLinkId add_water_pipe(WaterNetwork& water, std::string id, WaterNodeId from, WaterNodeId to, double length_m, double diameter_m, double roughness);
WaterLinkId add_water_prv(WaterNetwork& water, std::string id, WaterNodeId from, WaterNodeId to, double diameter_m, double setting_m);
// A curve through one point: EPANET's, which has no flow at 4/3 of the head and no head at twice the flow.
WaterLinkId add_water_pump(WaterNetwork& water, std::string id, WaterNodeId from, WaterNodeId to, double flow_m3s, double head_m);
// The pump runs, or stands, from the moment at which the tank's level has passed `level_m`.
void add_water_pump_control(WaterNetwork& water, WaterLinkId pump, WaterNodeId tank, double level_m, WaterTrigger trigger, bool runs);

}  // namespace shahr
