#include "sim/synthesis/signal_timing.h"

#include <algorithm>
#include <cmath>

namespace shahr {
namespace {

constexpr double starting_loss_s = 2, vehicle_m = 5, shortest_cycle_s = 50, longest_cycle_s = 120, cycle_step_s = 30;

double between_greens_s(const std::vector<StageDemand>& stages) {
    double sum = 0;
    for (const StageDemand& s : stages) sum += s.yellow_s + s.all_red_s;
    return sum;
}

}  // namespace

double yellow_s(double speed_limit_mps) {
    const double kmh = 3.6 * speed_limit_mps;
    return kmh < 50.5 ? 3 : kmh < 60.5 ? 4 : 5;
}

double all_red_s(double clear_m, double clear_speed_mps, double entry_m, double entry_speed_mps) {
    const double gap = (clear_m + vehicle_m) / clear_speed_mps - entry_m / entry_speed_mps;
    return std::clamp(std::ceil(gap), 0.0, 5.0);
}

double webster_cycle_s(const std::vector<StageDemand>& stages) {
    double lost = 0, ratio = 0, least = between_greens_s(stages);
    for (const StageDemand& s : stages) {
        lost += starting_loss_s + s.all_red_s;
        ratio += s.flow_ratio;
        least += s.least_green_s;
    }
    const double best = (1.5 * lost + 5) / (1 - std::min(ratio, 0.85));
    return cycle_step_s * std::ceil(std::max(std::clamp(best, shortest_cycle_s, longest_cycle_s), least) / cycle_step_s);
}

std::vector<double> split_greens_s(const std::vector<StageDemand>& stages, double cycle_s) {
    const std::size_t n = stages.size();
    std::vector<double> green(n, 0);
    std::vector<bool> at_least(n, false);
    // Effective green is green and yellow less the starting loss. Stages below their least get it; the others share the rest.
    for (bool settled = false; !settled;) {
        settled = true;
        double rest = cycle_s, ratio = 0;
        for (std::size_t i = 0; i < n; ++i) {
            rest -= stages[i].all_red_s + starting_loss_s;
            if (at_least[i])
                rest -= stages[i].least_green_s + stages[i].yellow_s - starting_loss_s;
            else
                ratio += stages[i].flow_ratio;
        }
        for (std::size_t i = 0; i < n; ++i) {
            green[i] = at_least[i] ? stages[i].least_green_s : rest * stages[i].flow_ratio / ratio + starting_loss_s - stages[i].yellow_s;
            if (green[i] >= stages[i].least_green_s) continue;
            at_least[i] = true;
            settled = false;
        }
    }
    // Whole seconds: round down, the remainder goes to the stages with the greatest fractions, the first of equals.
    double left = cycle_s - between_greens_s(stages);
    std::vector<std::size_t> order(n);
    for (std::size_t i = 0; i < n; ++i) order[i] = i, left -= std::floor(green[i]);
    const auto fraction = [&](std::size_t i) { return green[i] - std::floor(green[i]); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return fraction(a) > fraction(b); });
    for (double& g : green) g = std::floor(g);
    for (std::size_t i = 0; left > 0.5; i = (i + 1) % n, left -= 1) green[order[i]] += 1;
    return green;
}

}  // namespace shahr
