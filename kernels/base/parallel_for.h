// parallel_for(n, functor): calls functor(i) for every i in [0, n), each once, in any order, at the same time.
// A functor holds views and numbers, and writes only what index i owns.
#pragma once
#include <string_view>
#include <type_traits>

#include "kernels/base/backend.h"
#ifndef __CUDACC__
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#endif

namespace shahr::SHAHR_BACKEND {

// What a functor is called in messages: its type without our namespaces.
template <class F>
constexpr std::string_view functor_name() {
    constexpr std::string_view whole = __PRETTY_FUNCTION__, before = "F = ";
    constexpr std::size_t begin = whole.find(before) + before.size(), end = whole.find_first_of(";]", begin);
    std::string_view name = whole.substr(begin, end - begin);
    const std::size_t last_scope = name.substr(0, name.find('<')).rfind("::");
    return last_scope == name.npos ? name : name.substr(last_scope + 2);
}

// Throws DeviceError if the functor could not be started. What goes wrong while it runs is reported by a later call, with
// the name of the functor started last; builds with asserts wait for each one, and so name the right one.
void check_launch(std::string_view functor);

#ifdef __CUDACC__
template <class F>
__global__ void run_functor(Index n, F f) {
    const Index i = static_cast<Index>(blockIdx.x) * static_cast<Index>(blockDim.x) + static_cast<Index>(threadIdx.x);
    if (i < n) f(i);
}
#endif

// `grain`: so many calls are worth waking another thread of the CPU for (about 3 us); name a small one where a call takes
// long. The GPU has no use for it.
template <class F>
void parallel_for(Index n, const F& f, [[maybe_unused]] Index grain = 256) {
    static_assert(std::is_trivially_copyable_v<F>);
    if (n <= 0) return;
#ifdef __CUDACC__
    run_functor<<<(static_cast<unsigned>(n) + 255u) / 256u, 256>>>(n, f);
    check_launch(functor_name<F>());
#else
    const auto run = [f](const tbb::blocked_range<Index>& range) {
        for (Index i = range.begin(); i < range.end(); ++i) f(i);
    };
    if (n <= grain) run({0, n});
    else tbb::parallel_for(tbb::blocked_range<Index>(0, n, grain), run);
#endif
}

}  // namespace shahr::SHAHR_BACKEND
