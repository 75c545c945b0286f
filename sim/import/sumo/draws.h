// Random choices that SUMO leaves open, keyed by the vehicle's id: the same in every import of the same files.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/base/random.h"

namespace shahr::sumo {

enum class Choice : std::uint64_t { type, route, lane, position, speed, arrival, flow };

inline Draws draws_for(std::string_view id, Choice choice) {
    std::uint64_t hash = 0xCBF29CE484222325ull;  // FNV-1a
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    return {0, static_cast<std::uint64_t>(choice), hash};
}

// An index, each as likely as its weight; weights are not negative, and there is one at least.
inline std::size_t weighted_choice(const std::vector<double>& weights, Draws draws) {
    double sum = 0;
    for (const double w : weights) sum += w;
    double left = draws.uniform() * sum;
    for (std::size_t i = 0; i + 1 < weights.size(); ++i)
        if ((left -= weights[i]) < 0) return i;
    return weights.size() - 1;
}

}  // namespace shahr::sumo
