// SUMO's vehicle classes and permissions in our terms.
#pragma once
#include <optional>
#include <string_view>

#include "sim/city/roads.h"

namespace shahr::sumo {

// The class that a vehicle of SUMO's `vClass` drives as; nothing for what is no vehicle of ours (ship, container).
// Its kin go with their kind: private, evehicle, hov, vip ... as cars, coach as bus, trailer as truck.
std::optional<VehicleClass> vehicle_class(std::string_view v_class);

// Whether SUMO calls our class by this very name, so that permissions for it are ours.
bool is_namesake(std::string_view v_class);

// SUMO's allow / disallow lists: with neither, everyone. A class of ours may use a lane if its namesake may (car:
// passenger, rail: rail); permissions for kin alone (hov, coach ...) open a lane to nobody here.
ClassMask permissions(std::optional<std::string_view> allow, std::optional<std::string_view> disallow);

}  // namespace shahr::sumo
