// The distinct directions in which the surfaces and windows of a city face: sunlight is worked out once for each of them.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/city/envelopes.h"

namespace shahr {

struct Orientations {
    std::vector<double> azimuth_deg, tilt_deg; // rounded to whole degrees: 1.7 % of the direct light at worst
    std::vector<std::int32_t> of_surface, of_window;  // rows of the above
};

// In order of first mention. Horizontal planes have the azimuth 0.
Orientations orientations_of(const Envelopes& envelopes);

}  // namespace shahr
