#include "sim/import/osm/access.h"

#include <string>

namespace shahr::osm {
namespace {

enum class Right { unknown, open, destination, closed };

Right right_of(std::string_view value) {
    if (is_any(value, {"yes", "permissive", "designated", "official", "public"})) return Right::open;
    if (is_any(value, {"private", "destination", "customers", "delivery", "residents", "permit", "unknown"}))
        return Right::destination;
    if (is_any(value,
               {"no", "agricultural", "forestry", "emergency", "military", "use_sidepath", "psv", "bus", "taxi"}))
        return Right::closed;
    return Right::unknown;
}

// The most special of the keys that says something.
Right right_of(const Tags& tags, std::initializer_list<std::string_view> keys) {
    for (const auto key : keys)
        if (const Right right = right_of(tags[key]); right != Right::unknown) return right;
    return Right::unknown;
}

ClassMask set(ClassMask mask, VehicleClass c, Right right) {
    if (right == Right::unknown) return mask;
    return static_cast<ClassMask>(right == Right::closed ? mask & ~mask_of(c) : mask | mask_of(c));
}

}  // namespace

Access access_of(const Tags& tags, RoadClass road_class) {
    using enum VehicleClass;
    const bool bus_way = is_any(tags["highway"], {"busway", "bus_guideway"});
    Right cars = right_of(tags, {"motorcar", "motor_vehicle", "vehicle", "access"});
    if (bus_way && !tags.has("motorcar") && !tags.has("motor_vehicle")) cars = Right::closed;

    Access access;
    access.allowed = cars == Right::closed ? ClassMask{0} : motor_vehicles;
    access.destination_only = cars == Right::destination || road_class == RoadClass::service;
    const Right psv = bus_way ? Right::open : right_of(tags, {"psv"});
    const auto closed_but = [&](std::string_view word) {  // access = bus closes the way to others, but not to buses
        for (const auto key : {"motor_vehicle", "vehicle", "access"})
            if (tags.is(key, word)) return Right::open;
        return Right::unknown;
    };
    for (const Right right : {closed_but("psv"), psv})
        access.allowed = set(set(access.allowed, bus, right), taxi, right);
    for (const Right right : {closed_but("bus"), right_of(tags, {"bus"})})
        access.allowed = set(access.allowed, bus, right);
    access.allowed = set(access.allowed, taxi, right_of(tags, {"taxi"}));
    access.allowed = set(access.allowed, truck, right_of(tags, {"hgv"}));
    access.allowed = set(access.allowed, delivery, right_of(tags, {"goods"}));
    access.allowed = set(access.allowed, motorcycle, right_of(tags, {"motorcycle"}));
    if (access.allowed != 0) access.allowed |= mask_of(emergency);

    const bool fast =
        road_class == RoadClass::motorway || road_class == RoadClass::motorway_link || tags.is("motorroad", "yes");
    if (access.allowed != 0 && !fast && right_of(tags, {"bicycle", "vehicle", "access"}) != Right::closed)
        access.allowed |= mask_of(bicycle);
    return access;
}

bool blocks_cars(const Tags& tags) {
    const auto barrier = tags["barrier"];
    if (barrier.empty()) return false;
    const Right cars = right_of(tags, {"motorcar", "motor_vehicle", "vehicle", "access"});
    if (cars == Right::open) return false;
    if (cars == Right::closed) return true;
    if (is_any(barrier, {"bollard", "block", "jersey_barrier", "debris", "cycle_barrier", "motorcycle_barrier", "stile",
                         "turnstile", "kissing_gate", "full-height_turnstile", "log", "chain", "planter", "horse_stile",
                         "fence", "wall"}))
        return true;
    if (barrier == "kerb") return tags.is("kerb", "raised");
    // Gates: open unless they say that they are private or locked.
    return is_any(barrier, {"gate", "lift_gate", "swing_gate", "sliding_gate", "sally_port"}) &&
           (cars == Right::destination || tags.is("locked", "yes"));
}

}  // namespace shahr::osm
