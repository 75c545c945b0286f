// Counting bits alike on both devices.
#pragma once
#include <cstdint>

#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND {

// The place of the lowest bit that is set; at least one must be.
SHAHR_HD inline Index lowest_bit(std::uint32_t bits) {
#ifdef __CUDA_ARCH__
    return __ffs(static_cast<int>(bits)) - 1;
#else
    return __builtin_ctz(bits);
#endif
}

}  // namespace shahr::SHAHR_BACKEND
