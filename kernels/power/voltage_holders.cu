#include "kernels/power/voltage_holders.h"

#include "kernels/base/array.h"

namespace shahr::SHAHR_BACKEND::power {

std::vector<Index> voltage_ranks(const Network& network) {
    std::vector<Index> ranks;
    for (Index k = 0; k < network.size(); ++k)
        if (network.is_voltage[at(k)]) ranks.push_back(k);
    return ranks;
}

VoltageHolders::VoltageHolders(const Network& network, const std::vector<Index>& ranks, bool keep_limits, const std::vector<Complex>& without_load, const std::vector<std::vector<Complex>>& response) {
    if (ranks.empty()) return;
    constexpr double infinite = std::numeric_limits<double>::infinity();
    std::vector<Index> of_rank(without_load.size(), -1);
    std::vector<double> target, min_q, max_q, sensitivity;
    for (std::size_t a = 0; a < ranks.size(); ++a) {
        const Index i = ranks[a];
        of_rank[at(i)] = static_cast<Index>(a);
        target.push_back(network.voltage_pu[at(i)]);
        min_q.push_back(keep_limits ? network.min_reactive_pu[at(i)] : -infinite);
        max_q.push_back(keep_limits ? network.max_reactive_pu[at(i)] : infinite);
        const Complex direction = std::conj(without_load[at(i)]) / std::abs(without_load[at(i)]);
        for (std::size_t b = 0; b < ranks.size(); ++b) {
            const Complex current_of_reactive_power = Complex(0, -1) / std::conj(without_load[at(ranks[b])]);
            sensitivity.push_back((direction * response[a][b] * current_of_reactive_power).real());
        }
    }
    rank_ = Array<Index>(ranks);
    of_rank_ = Array<Index>(of_rank);
    target_pu_ = Array<double>(target);
    min_q_ = Array<double>(min_q);
    max_q_ = Array<double>(max_q);
    sensitivity_ = Array<double>(sensitivity);
}

}  // namespace shahr::SHAHR_BACKEND::power
