// The times of a fixed-time signal programme, after Webster, "Traffic signal settings", Road Research Technical Paper 39
// (1958), and the usual clearance rules.
#pragma once
#include <vector>

namespace shahr {

// Yellow by the speed limit: 3 s up to 50 km/h, 4 s up to 60, 5 s above.
double yellow_s(double speed_limit_mps);

// All-red between a movement that ends and one that begins: the last vehicle (5 m long) leaves the point where their paths
// meet, `clear_m` from its stop line, no later than the first one reaches it. Whole seconds, 0 to 5.
double all_red_s(double clear_m, double clear_speed_mps, double entry_m, double entry_speed_mps);

// What one stage asks for.
struct StageDemand {
    double flow_ratio;                         // flow over saturation flow of its critical lane
    double yellow_s, all_red_s;
    double least_green_s;
};

// C = (1.5 L + 5) / (1 - Y), L being 2 s of starting loss and the all-red of each stage; Y above 0.85 counts as 0.85.
// Between 50 and 120 s, longer only if the least greens need it; then up to a multiple of 30 s, so that neighbours share
// a cycle or its half and can be coordinated.
double webster_cycle_s(const std::vector<StageDemand>& stages);

// Greens in whole seconds that fill the cycle: effective green in proportion to the flow ratios, none below its least.
std::vector<double> split_greens_s(const std::vector<StageDemand>& stages, double cycle_s);

}  // namespace shahr
