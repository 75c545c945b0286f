#include "sim/import/sumo/vehicle_classes.h"

#include <array>

#include "sim/import/sumo/values.h"

namespace shahr::sumo {
namespace {

struct Kin {
    std::string_view name;
    VehicleClass as;
    bool namesake;
};
using enum VehicleClass;
constexpr std::array kinship{
    Kin{"passenger", car, true},       Kin{"private", car, false},      Kin{"evehicle", car, false},      Kin{"hov", car, false},
    Kin{"vip", car, false},            Kin{"army", truck, false},       Kin{"authority", emergency, false}, Kin{"custom1", car, false},
    Kin{"custom2", car, false},        Kin{"ignoring", car, false},     Kin{"taxi", taxi, true},          Kin{"bus", bus, true},
    Kin{"coach", bus, false},          Kin{"truck", truck, true},       Kin{"trailer", truck, false},     Kin{"delivery", delivery, true},
    Kin{"motorcycle", motorcycle, true}, Kin{"moped", motorcycle, false}, Kin{"bicycle", bicycle, true},  Kin{"emergency", emergency, true},
    Kin{"tram", tram, true},           Kin{"rail_urban", rail, false},  Kin{"rail", rail, true},          Kin{"rail_electric", rail, false},
    Kin{"rail_fast", rail, false},     Kin{"pedestrian", pedestrian, true}};

constexpr ClassMask everyone = (1u << enum_names<VehicleClass>.size()) - 1;

const Kin* kin(std::string_view v_class) {
    for (const Kin& k : kinship)
        if (k.name == v_class) return &k;
    return nullptr;
}

ClassMask listed(std::string_view list) {
    ClassMask mask = 0;
    for (const auto word : words(list)) {
        if (word == "all") return everyone;
        if (const Kin* k = kin(word); k != nullptr && k->namesake) mask = static_cast<ClassMask>(mask | mask_of(k->as));
    }
    return mask;
}

}  // namespace

std::optional<VehicleClass> vehicle_class(std::string_view v_class) {
    const Kin* k = kin(v_class);
    return k == nullptr ? std::nullopt : std::optional(k->as);
}

bool is_namesake(std::string_view v_class) {
    const Kin* k = kin(v_class);
    return k != nullptr && k->namesake;
}

ClassMask permissions(std::optional<std::string_view> allow, std::optional<std::string_view> disallow) {
    if (allow && !allow->empty()) return listed(*allow);
    if (disallow) return static_cast<ClassMask>(everyone & ~listed(*disallow));
    return everyone;
}

}  // namespace shahr::sumo
