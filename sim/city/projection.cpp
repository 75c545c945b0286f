#include "sim/city/projection.h"

#include <fmt/format.h>
#include <proj.h>

#include "sim/base/error.h"

namespace shahr {

struct LocalPlane::Transformation {
    PJ_CONTEXT* context = proj_context_create();
    PJ* pj = nullptr;
    double offset_x_m = 0, offset_y_m = 0;
    ~Transformation() {
        proj_destroy(pj);
        proj_context_destroy(context);
    }
};

Projection local_projection(LonLat centre) {
    return {fmt::format("+proj=tmerc +lat_0={:.6f} +lon_0={:.6f} +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m", centre.lat_deg, centre.lon_deg), 0, 0};
}

LocalPlane::LocalPlane(const Projection& projection) : transformation_(std::make_unique<Transformation>()) {
    if (projection.proj.empty()) throw InputError("projection = \"\" (the city has no place on the earth) one imported from a map");
    auto& t = *transformation_;
    proj_log_level(t.context, PJ_LOG_NONE);
    t.pj = proj_create(t.context, projection.proj.c_str());
    if (t.pj == nullptr) throw InputError(fmt::format("projection = {} (PROJ does not understand it) a definition such as +proj=utm +zone=32", projection.proj));
    t.offset_x_m = projection.offset_x_m;
    t.offset_y_m = projection.offset_y_m;
}
LocalPlane::~LocalPlane() = default;
LocalPlane::LocalPlane(LocalPlane&&) noexcept = default;
LocalPlane& LocalPlane::operator=(LocalPlane&&) noexcept = default;

Point LocalPlane::to_plane(LonLat position) const {
    const auto& t = *transformation_;
    const PJ_COORD xy = proj_trans(t.pj, PJ_FWD, proj_coord(proj_torad(position.lon_deg), proj_torad(position.lat_deg), 0, 0));
    return {xy.xy.x + t.offset_x_m, xy.xy.y + t.offset_y_m};
}

LonLat LocalPlane::to_earth(Point point) const {
    const auto& t = *transformation_;
    const PJ_COORD lp = proj_trans(t.pj, PJ_INV, proj_coord(point.x_m - t.offset_x_m, point.y_m - t.offset_y_m, 0, 0));
    return {proj_todeg(lp.lp.lam), proj_todeg(lp.lp.phi)};
}

}  // namespace shahr
