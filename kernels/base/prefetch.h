// Memory that is about to be used, in no order that the CPU could guess. The GPU hides such waits by itself.
#pragma once
#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND {

SHAHR_HD inline void prefetch([[maybe_unused]] const void* p) {
#ifndef __CUDA_ARCH__
    __builtin_prefetch(p, 1);
#endif
}

}  // namespace shahr::SHAHR_BACKEND
