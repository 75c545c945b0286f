#include "sim/synthesis/vehicle_types.h"

#include <gtest/gtest.h>

#include "sim/city/describe.h"

namespace shahr {

TEST(VehicleTypes, HaveEveryColumnForEveryType) {
    const VehicleTypes types = default_vehicle_types();
    describe(types, [&](std::string_view name, const auto& column, ColumnNote) { EXPECT_EQ(column.size(), 4u) << name; });
}

TEST(VehicleTypes, AreFoundByClass) {
    const VehicleTypes types = default_vehicle_types();
    EXPECT_EQ(types.id[type_of_class(types, VehicleClass::delivery)], "van");
    EXPECT_FLOAT_EQ(types.length_m[type_of_class(types, VehicleClass::car)], 5.0f);
    EXPECT_EQ(type_of_class(types, VehicleClass::tram), none<VehicleTypeId>);
}

}  // namespace shahr
