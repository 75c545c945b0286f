// Between longitude and latitude (WGS 84, degrees) and the city's local plane (metres).
#pragma once
#include <memory>

#include "sim/base/point.h"
#include "sim/city/city.h"

namespace shahr {

struct LonLat {
    double lon_deg = 0, lat_deg = 0;
};

// A transverse Mercator plane centred there: true to scale within 1e-5 for 30 km around.
Projection local_projection(LonLat centre);

class LocalPlane {
public:
    // Throws InputError if PROJ does not understand the definition, or if it is empty.
    explicit LocalPlane(const Projection& projection);
    ~LocalPlane();
    LocalPlane(LocalPlane&&) noexcept;
    LocalPlane& operator=(LocalPlane&&) noexcept;

    Point to_plane(LonLat position) const;
    LonLat to_earth(Point point) const;

private:
    struct Transformation;
    std::unique_ptr<Transformation> transformation_;
};

}  // namespace shahr
