// The kinds of vehicle that drive where the source names none.
#pragma once
#include "sim/city/city.h"

namespace shahr {

// "car", "van", "truck", "bus", in this order. Lengths, accelerations and speeds are SUMO 1.15's defaults for the classes
// passenger, delivery, truck and bus; they are used with the car-following law of Treiber, Hennecke, Helbing 2000.
VehicleTypes default_vehicle_types();

// The first type of that class; none if there is no such type.
VehicleTypeId type_of_class(const VehicleTypes& types, VehicleClass vehicle_class);

}  // namespace shahr
