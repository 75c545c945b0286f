#include "sim/synthesis/vehicle_types.h"

namespace shahr {
namespace {

struct Vehicle {
    std::string_view id;
    VehicleClass vehicle_class;
    float length_m, acceleration_mps2, deceleration_mps2, emergency_deceleration_mps2, max_speed_mps, speed_factor_deviation;
};

constexpr Vehicle vehicles[] = {
    {"car", VehicleClass::car, 5.0f, 2.6f, 4.5f, 9.0f, 55.56f, 0.1f},
    {"van", VehicleClass::delivery, 6.5f, 2.6f, 4.5f, 9.0f, 55.56f, 0.05f},
    {"truck", VehicleClass::truck, 7.1f, 1.3f, 4.0f, 7.0f, 36.11f, 0.05f},
    {"bus", VehicleClass::bus, 12.0f, 1.2f, 4.0f, 7.0f, 23.61f, 0.1f},
};

}  // namespace

VehicleTypes default_vehicle_types() {
    VehicleTypes types;
    for (const Vehicle& v : vehicles) {
        types.id.push_back(std::string(v.id));
        types.vehicle_class.push_back(v.vehicle_class);
        types.length_m.push_back(v.length_m);
        types.min_gap_m.push_back(2.5f);
        types.headway_s.push_back(1.0f);
        types.acceleration_mps2.push_back(v.acceleration_mps2);
        types.deceleration_mps2.push_back(v.deceleration_mps2);
        types.emergency_deceleration_mps2.push_back(v.emergency_deceleration_mps2);
        types.max_speed_mps.push_back(v.max_speed_mps);
        types.speed_factor_mean.push_back(1.0f);
        types.speed_factor_deviation.push_back(v.speed_factor_deviation);
        types.speed_factor_min.push_back(0.2f);
        types.speed_factor_max.push_back(2.0f);
    }
    return types;
}

VehicleTypeId type_of_class(const VehicleTypes& types, VehicleClass vehicle_class) {
    for (VehicleTypeId type : rows(types.id))
        if (types.vehicle_class[type] == vehicle_class) return type;
    return none<VehicleTypeId>;
}

}  // namespace shahr
