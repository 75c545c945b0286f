// Random numbers for the host: each stream is a pure function of (seed, purpose, entity), so that what is drawn for one
// thing depends neither on the order nor on the number of the others.
#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>

namespace shahr {

// The finaliser of SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
constexpr std::uint64_t scramble(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

class Draws {
public:
    constexpr Draws(std::uint64_t seed, std::uint64_t purpose, std::uint64_t entity)
        : state_(scramble(scramble(scramble(seed + golden) + purpose * golden) + entity * golden)) {}

    constexpr std::uint64_t bits() { return scramble(state_ += golden); }
    // In [0, 1), in steps of 2^-53.
    constexpr double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
    constexpr double between(double low, double high) { return low + (high - low) * uniform(); }
    // A whole number whose expectation is `expected` (>= 0).
    constexpr std::int64_t round(double expected) { return static_cast<std::int64_t>(expected + uniform()); }
    // Box and Muller 1958.
    double normal(double mean, double deviation) {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return mean + deviation * radius * std::cos(2 * std::numbers::pi * uniform());
    }

private:
    static constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ull;
    std::uint64_t state_;
};

}  // namespace shahr
