#include "sim/synthesis/grid_equipment.h"

#include <numbers>

namespace shahr {
namespace {

constexpr TransformerType distribution[] = {
    {"TMG-63", 63e3, 220, 1280, 4.5, 2.4},   {"TMG-100", 100e3, 290, 1970, 4.5, 2.2}, {"TMG-160", 160e3, 410, 2650, 4.5, 2.0},  {"TMG-250", 250e3, 570, 3700, 4.5, 1.9},
    {"TMG-400", 400e3, 830, 5500, 4.5, 1.8}, {"TMG-630", 630e3, 1060, 7600, 5.5, 1.6}, {"TMG-1000", 1000e3, 1550, 10800, 5.5, 1.2},
};
constexpr TransformerType primary[] = {
    {"TDN-10000", 10e6, 14e3, 60e3, 10.5, 0.9},  {"TDN-16000", 16e6, 18e3, 85e3, 10.5, 0.7},   {"TRDN-25000", 25e6, 25e3, 120e3, 10.5, 0.65},
    {"TRDN-40000", 40e6, 34e3, 170e3, 10.5, 0.55}, {"TRDN-63000", 63e6, 50e3, 245e3, 10.5, 0.5},
};
constexpr LineType lv_cables[] = {
    {"AVBbShv 4x50", 0.641, 0.066, 250, 135, false},  {"AVBbShv 4x95", 0.320, 0.064, 250, 200, false},  {"AVBbShv 4x120", 0.253, 0.064, 250, 230, false},
    {"AVBbShv 4x150", 0.206, 0.063, 250, 270, false}, {"AVBbShv 4x185", 0.164, 0.063, 250, 305, false},
};
constexpr LineType lv_overhead[] = {
    {"SIP-2 3x35+54.6", 0.868, 0.09, 0, 160, true}, {"SIP-2 3x50+54.6", 0.641, 0.09, 0, 195, true},   {"SIP-2 3x70+70", 0.443, 0.09, 0, 240, true},
    {"SIP-2 3x95+95", 0.320, 0.085, 0, 300, true},  {"SIP-2 3x120+95", 0.253, 0.085, 0, 340, true},
};
constexpr LineType mv_cables[] = {
    {"ASB 3x120", 0.258, 0.081, 430, 240, false},
    {"ASB 3x185", 0.167, 0.077, 520, 310, false},
    {"ASB 3x240", 0.129, 0.075, 580, 355, false},
};
constexpr LineType mv_overhead[] = {
    {"AS-50", 0.60, 0.355, 9.5, 210, true},
    {"AS-70", 0.42, 0.345, 10, 265, true},
    {"AS-95", 0.31, 0.335, 10.5, 330, true},
    {"AS-120", 0.245, 0.325, 11, 390, true},
};

}  // namespace

std::span<const TransformerType> distribution_transformers() { return distribution; }
std::span<const TransformerType> primary_transformers() { return primary; }
std::span<const LineType> low_voltage_cables() { return lv_cables; }
std::span<const LineType> low_voltage_overhead() { return lv_overhead; }
const LineType* service_line(double load_va, double length_m, bool overhead) {
    constexpr double low_v = 400, cosine = 0.95, sine = 0.31, most_drop = 0.04;
    for (const LineType& type : overhead ? low_voltage_overhead() : low_voltage_cables()) {
        const double ohm = (type.resistance_ohm_km * cosine + type.reactance_ohm_km * sine) * length_m / 1000;
        if (load_va <= std::numbers::sqrt3 * low_v * type.rated_a && load_va * ohm <= most_drop * low_v * low_v) return &type;
    }
    return nullptr;
}

std::span<const LineType> medium_voltage_cables() { return mv_cables; }
std::span<const LineType> medium_voltage_overhead() { return mv_overhead; }

}  // namespace shahr
