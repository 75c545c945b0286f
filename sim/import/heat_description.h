// A heat network written by hand: a .toml with [[heat_node]], [[heat_pipe]], [[heat_plant]], [[heat_consumer]], [[heat_profile]].
//
// With `two_lines = true` (the default) a node is a place with a supply and a return line, "ID.supply" and "ID.return", and a
// pipe stands for a pair; plants and consumers name the place (`node`) where they join the two lines. Otherwise nodes and
// pipes are single, and plants and consumers name the nodes that they lead `from` and `to`.
//
//   name, ground_c (10), fluid_c (properties at this temperature; without it at the water's own), two_lines
//   pressure_node, pressure_bar (2)   where the pressure is held, in the return line (two_lines) or at the node
//   [[heat_node]]      id, x_m, y_m, height_m, inflow_kgps, temperature_c
//   [[heat_pipe]]      id, from, to, length_m, diameter_mm, roughness_mm (0.1), loss_coefficient, open, wall_jpmk, and
//                      heat_loss_wpmk, or insulation_mm with insulation_wpmk and wall_mm with wall_wpmk: layers around the pipe
//   [[heat_plant]]     id, node | from, to; supply_c, return_c, outdoor_c, lowest_supply_c, highest_supply_c, capacity_w,
//                      lift_bar (1), least_dp_bar, flow_kgps, pump_efficiency
//   [[heat_consumer]]  id, node | from, to; kind, heat_w, profile, return_c, delta_k, flow_kgps, bypass_kgps, supply_c,
//                      design_return_c, mixing_ratio, dp_bar (1), indoor_c, outdoor_c, exponent, time_constant_h, season_below_c
//   [[heat_profile]]   id, step, file, column: the values of a CSV column; they multiply heat_w
#pragma once
#include <filesystem>

#include "sim/city/city.h"

namespace shahr {

// Whether the description has blocks of a heat network. Throws InputError as read_document does.
bool is_heat_description(const std::filesystem::path& path);

// Throws InputError with file:line for unknown keys, ids that are there twice or not at all, and values out of bounds; and
// if what comes out breaks a rule of the city.
City read_heat_description(const std::filesystem::path& path);

}  // namespace shahr
