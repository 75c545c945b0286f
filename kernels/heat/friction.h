// Pressure loss of a pipe: Darcy-Weisbach with Colebrook's friction factor, and its derivative.
#pragma once
#include "kernels/base/math.h"

namespace shahr::SHAHR_BACKEND::heat {

inline constexpr double pi = 3.14159265358979323846;

// Sand roughness over diameter, in the two forms that Colebrook's equation and its first guess want.
struct Roughness {
    double linear = 0, guess = 0;
    Roughness() = default;
    SHAHR_HD explicit Roughness(double relative) : linear(relative / 3.71), guess(pow(relative / 3.7, 1.11)) {}
};

struct Friction {
    double factor, per_log_flow;               // f and m df/dm
};

// Colebrook (1939): 1/sqrt(f) = -2 log10(2.51 / (Re sqrt(f)) + (k/D) / 3.71), by Newton's method in x = 1/sqrt(f), from
// Haaland's explicit form (1983), which is within 2 %: three steps reach the last digits for Re above 500.
SHAHR_HD inline Friction colebrook(double reynolds, const Roughness& roughness) {
    const double per_ln10 = 0.43429448190325182765, a = 2.51 / reynolds;
    double x = -1.8 * per_ln10 * log(roughness.guess + 6.9 / reynolds), slope = 1;
    if (!(x > 1)) x = 1;
    for (int i = 0; i < (reynolds > 500 ? 3 : 8); ++i) {
        const double inner = a * x + roughness.linear;
        slope = 1 + 2 * per_ln10 * a / inner;
        x -= (x + 2 * per_ln10 * log(inner)) / slope;
        if (!(x > 0.1)) x = 0.1;
    }
    const double x_per_log_flow = 2 * per_ln10 * a * x / ((a * x + roughness.linear) * slope);
    return {1 / (x * x), -2 / (x * x * x) * x_per_log_flow};
}

// Below Re = 2000: Hagen-Poiseuille, 64/Re. Above 4000: Colebrook. Between: linear in Re, a continuous stand-in for a range
// in which no single value holds.
SHAHR_HD inline Friction friction(double reynolds, const Roughness& roughness, bool colebrook_only) {
    if (colebrook_only || reynolds >= 4000) return colebrook(reynolds, roughness);
    if (reynolds <= 2000) return {64 / reynolds, -64 / reynolds};
    const double low = 64.0 / 2000, high = colebrook(4000, roughness).factor, slope = (high - low) / 2000;
    return {low + slope * (reynolds - 2000), slope * reynolds};
}

struct PipeShape {
    double length_m, diameter_m;
    Roughness roughness;
    double loss_coefficient;
    bool colebrook_only;
};

struct PressureLoss {
    double pa;                                 // along the flow's sign
    double pa_per_kgps;                        // derivative, > 0
};

// p_from - p_to without the height, by Darcy and Weisbach. Below Re = 10 it is linear in the flow, so that the derivative
// stays above 0.
SHAHR_HD inline PressureLoss pipe_loss(const PipeShape& pipe, double flow_kgps, double density_kgpm3, double viscosity_pas) {
    const double area = 0.25 * pi * pipe.diameter_m * pipe.diameter_m;
    const double least = 10 * viscosity_pas * area / pipe.diameter_m;
    const double magnitude = flow_kgps < 0 ? -flow_kgps : flow_kgps, m = magnitude > least ? magnitude : least;
    const Friction f = friction(m * pipe.diameter_m / (area * viscosity_pas), pipe.roughness, pipe.colebrook_only);
    const double lengths = pipe.length_m / pipe.diameter_m, per_square = 1 / (2 * density_kgpm3 * area * area);
    const double resistance = (f.factor * lengths + pipe.loss_coefficient) * per_square;
    if (m > magnitude) return {resistance * m * flow_kgps, resistance * m};
    const double pa = resistance * m * m;
    return {flow_kgps < 0 ? -pa : pa, 2 * resistance * m + f.per_log_flow * lengths * per_square * m};
}

}  // namespace shahr::SHAHR_BACKEND::heat
