// The curves of pandapipes' standard pumps.
#pragma once
#include <optional>
#include <string_view>

namespace shahr {

// Lift in Pa over the flow Q in m3/s: pa + pa_per_m3ps Q + pa_per_m3ps2 Q^2.
struct PumpCurve {
    double pa, pa_per_m3ps, pa_per_m3ps2;
};

// The parabola that fits the type's points best (least squares), as pandapipes does it. Nothing for other names than P1, P2
// and P3 of its library (points: pandapipes, std_types/library/Pump).
std::optional<PumpCurve> standard_pump(std::string_view type);

}  // namespace shahr
