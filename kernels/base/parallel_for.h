// parallel_for(n, functor): calls functor(i) for every i in [0, n), each once, in any order, at the same time.
// A functor holds views and numbers, and writes only what index i owns.
#pragma once
#include <type_traits>

#include "kernels/base/backend.h"
#ifndef __CUDACC__
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#endif

namespace shahr::SHAHR_BACKEND {

void check_launch(const char* functor);

#ifdef __CUDACC__
template <class F>
__global__ void run_functor(Index n, F f) {
    const Index i = static_cast<Index>(blockIdx.x) * static_cast<Index>(blockDim.x) + static_cast<Index>(threadIdx.x);
    if (i < n) f(i);
}

template <class F>
void parallel_for(Index n, const F& f) {
    static_assert(std::is_trivially_copyable_v<F>);
    if (n <= 0) return;
    run_functor<<<static_cast<unsigned>((n + 255) / 256), 256>>>(n, f);
    check_launch(__PRETTY_FUNCTION__);
}
#else
template <class F>
void parallel_for(Index n, const F& f) {
    static_assert(std::is_trivially_copyable_v<F>);
    if (n <= 0) return;
    tbb::parallel_for(tbb::blocked_range<Index>(0, n, 256), [f](const tbb::blocked_range<Index>& range) {
        for (Index i = range.begin(); i < range.end(); ++i) f(i);
    });
}
#endif

}  // namespace shahr::SHAHR_BACKEND
