// <vType> and <vTypeDistribution>, with SUMO's defaults for each vehicle class.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "sim/import/sumo/id_index.h"
#include "sim/import/sumo/network.h"

namespace shahr::sumo {

class TypeReader {
public:
    explicit TypeReader(Reading& reading) : r_(reading) {}

    // A <vType>, alone or inside a distribution, or a <vTypeDistribution>.
    void read(const Element& e);

    // The type that `vehicle` names, SUMO's default if it names none; drawn by the id if it names a distribution.
    VehicleTypeId of(const Element& vehicle, std::string_view id);
    void report() const;

private:
    struct Distribution {
        std::vector<VehicleTypeId> types;
        std::vector<double> weights;
    };
    VehicleTypeId add(const Element& e);
    VehicleTypeId add_default(std::string_view id, VehicleClass vehicle_class, std::string_view v_class);
    void read_distribution(const Element& e);
    Reading& r_;
    IdIndex<VehicleTypeId> types_;
    ByText<Distribution> distributions_;
    std::map<std::string, std::int64_t> models_, kin_;
    std::int64_t imperfect_ = 0;
};

}  // namespace shahr::sumo
