// Random numbers without a state: each draw is a pure function of (seed, entity, step, purpose).
#pragma once
#include <cstdint>

#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND {

struct Draw4 {
    std::uint32_t value[4];
};

// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
SHAHR_HD inline Draw4 philox(std::uint64_t seed, std::uint32_t entity, std::uint64_t step, std::uint32_t purpose) {
    std::uint32_t c[4] = {entity, purpose, static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(step >> 32)};
    std::uint32_t k[2] = {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = 0xD2511F53ull * c[0], b = 0xCD9E8D57ull * c[2];
        const std::uint32_t next[4] = {static_cast<std::uint32_t>(b >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(b),
                                       static_cast<std::uint32_t>(a >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(a)};
        for (int i = 0; i < 4; ++i) c[i] = next[i];
        k[0] += 0x9E3779B9u;
        k[1] += 0xBB67AE85u;
    }
    return {{c[0], c[1], c[2], c[3]}};
}

// Uniform in [0, 1), in steps of 2^-24.
SHAHR_HD inline float unit_float(std::uint32_t bits) {
    return static_cast<float>(bits >> 8) * 0x1.0p-24f;
}

}  // namespace shahr::SHAHR_BACKEND
