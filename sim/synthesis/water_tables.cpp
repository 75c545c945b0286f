#include "sim/synthesis/water_tables.h"

#include <cmath>
#include <utility>

namespace shahr {
namespace {

WaterNodeId add_node(WaterNetwork& water, std::string id, WaterNodeKind kind, Point position, double elevation_m) {
    WaterNodes& n = water.nodes;
    n.kind.push_back(kind);
    n.position.push_back(position);
    n.elevation_m.push_back(elevation_m);
    n.emitter.push_back(0);
    n.head_pattern.push_back(none<WaterPatternId>);
    n.initial_quality.push_back(0);
    return n.id.push_back(std::move(id));
}

WaterLinkId add_link(WaterNetwork& water, std::string id, WaterLinkKind kind, WaterNodeId from, WaterNodeId to) {
    WaterLinks& l = water.links;
    l.kind.push_back(kind);
    l.from.push_back(from);
    l.to.push_back(to);
    for (auto* zero : {&l.length_m, &l.diameter_m, &l.roughness, &l.minor_loss, &l.leak_area_m, &l.leak_growth}) zero->push_back(0);
    for (auto* no : {&l.check_valve, &l.valve_from, &l.valve_to}) no->push_back(0);
    l.status.push_back(WaterStatus::open);
    l.setting.push_back(std::nan(""));
    l.curve.push_back(none<WaterCurveId>);
    l.shape.push_back({});
    return l.id.push_back(std::move(id));
}

}  // namespace

WaterNodeId add_water_junction(WaterNetwork& water, std::string id, Point position, double elevation_m) {
    return add_node(water, std::move(id), WaterNodeKind::junction, position, elevation_m);
}

WaterNodeId add_water_reservoir(WaterNetwork& water, std::string id, Point position, double head_m) {
    return add_node(water, std::move(id), WaterNodeKind::reservoir, position, head_m);
}

WaterNodeId add_water_tank(WaterNetwork& water, std::string id, Point position, double bottom_m, double depth_m, double initial_level_m, double diameter_m) {
    WaterTanks& t = water.tanks;
    const WaterNodeId node = add_node(water, std::move(id), WaterNodeKind::tank, position, bottom_m);
    t.node.push_back(node);
    t.initial_level_m.push_back(initial_level_m);
    t.min_level_m.push_back(0);
    t.max_level_m.push_back(depth_m);
    t.diameter_m.push_back(diameter_m);
    t.min_volume_m3.push_back(0);
    t.volume_curve.push_back(none<WaterCurveId>);
    t.overflow.push_back(0);
    return node;
}

void add_water_demand(WaterNetwork& water, WaterNodeId node, double base_m3s, WaterPatternId pattern, std::string category) {
    water.demands.node.push_back(node);
    water.demands.base_m3s.push_back(base_m3s);
    water.demands.pattern.push_back(pattern);
    water.demands.category.push_back(std::move(category));
}

WaterLinkId add_water_pipe(WaterNetwork& water, std::string id, WaterNodeId from, WaterNodeId to, double length_m, double diameter_m, double roughness) {
    const WaterLinkId at = add_link(water, std::move(id), WaterLinkKind::pipe, from, to);
    water.links.length_m[at] = length_m;
    water.links.diameter_m[at] = diameter_m;
    water.links.roughness[at] = roughness;
    return at;
}

WaterLinkId add_water_prv(WaterNetwork& water, std::string id, WaterNodeId from, WaterNodeId to, double diameter_m, double setting_m) {
    const WaterLinkId at = add_link(water, std::move(id), WaterLinkKind::prv, from, to);
    water.links.diameter_m[at] = diameter_m;
    water.links.status[at] = WaterStatus::active;
    water.links.setting[at] = setting_m;
    return at;
}

WaterLinkId add_water_pump(WaterNetwork& water, std::string id, WaterNodeId from, WaterNodeId to, double flow_m3s, double head_m) {
    const WaterCurveId curve = water.curves.id.push_back(id);
    water.curves.kind.push_back(WaterCurveKind::pump_head);
    water.curves.x.push_back({flow_m3s});
    water.curves.y.push_back({head_m});
    const WaterLinkId at = add_link(water, std::move(id), WaterLinkKind::pump, from, to);
    WaterPumps& p = water.pumps;
    p.link.push_back(at);
    p.power_w.push_back(0);
    p.head_curve.push_back(curve);
    p.efficiency_curve.push_back(none<WaterCurveId>);
    p.speed.push_back(1);
    p.speed_pattern.push_back(none<WaterPatternId>);
    p.price_per_kwh.push_back(std::nan(""));
    p.price_pattern.push_back(none<WaterPatternId>);
    return at;
}

void add_water_pump_control(WaterNetwork& water, WaterLinkId pump, WaterNodeId tank, double level_m, WaterTrigger trigger, bool runs) {
    WaterControls& c = water.controls;
    c.link.push_back(pump);
    c.status.push_back(runs ? WaterStatus::open : WaterStatus::closed);
    c.setting.push_back(runs ? 1 : 0);         // its relative speed
    c.trigger.push_back(trigger);
    c.node.push_back(tank);
    c.level_m.push_back(level_m);
    c.time.push_back({});
}

}  // namespace shahr
