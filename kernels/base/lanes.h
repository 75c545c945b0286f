// Many variants of one system in memory side by side: arrays are value[tile][row][lane in the tile], a lane being one
// variant. A functor's call works on `width` lanes at once: on the CPU a whole tile as one vector, on the GPU one lane a
// thread, the lanes of a tile being the threads of a warp. What is written over L::Real, once, is both; and since each
// operation is done lane by lane, a lane's bits depend neither on the other lanes nor on how many there are.
#pragma once
#include <cmath>
#include <cstdint>

#include "kernels/base/array.h"
#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND {

// One system alone.
struct Single {
    using Real = double;
    using Whole = std::int64_t;
    using Mask = bool;
    static constexpr Index tile = 1, width = 1;
};

#ifdef __CUDACC__
struct Batch {
    using Real = double;
    using Whole = std::int64_t;
    using Mask = bool;
    static constexpr Index tile = 32, width = 1;
};
#else
#pragma GCC diagnostic ignored "-Wpsabi"       // without AVX-512 vectors pass through memory; all of it is inlined
struct Batch {
    using Real = double __attribute__((vector_size(64)));
    using Whole = std::int64_t __attribute__((vector_size(64)));
    using Mask = std::int64_t __attribute__((vector_size(64)));
    static constexpr Index tile = 8, width = 8;
};
#endif

template <class L>
Index padded(Index lanes) {
    return (lanes + L::tile - 1) / L::tile * L::tile;
}
// The number of calls that cover so many lanes.
template <class L>
Index calls(Index lanes) {
    return padded<L>(lanes) / L::width;
}
template <class L>
SHAHR_HD Index first_lane(Index call) {
    return call * L::width;
}

// Where a lane of a row stands.
template <class L>
SHAHR_HD std::int64_t place(Index rows, Index row, Index lane) {
    return (static_cast<std::int64_t>(lane / L::tile) * rows + row) * L::tile + lane % L::tile;
}

// The rows of an array for the lanes of one call.
template <class L, class T>
struct Strand {
    T* data = nullptr;
    SHAHR_HD T& lane(Index row, Index w) const { return data[static_cast<std::int64_t>(row) * L::tile + w]; }
    SHAHR_HD auto operator[](Index row) const { return *reinterpret_cast<const typename L::Real*>(data + static_cast<std::int64_t>(row) * L::tile); }
    SHAHR_HD void set(Index row, typename L::Real value) const { *reinterpret_cast<typename L::Real*>(data + static_cast<std::int64_t>(row) * L::tile) = value; }
};

template <class L, class T>
SHAHR_HD Strand<L, T> strand(View<T> values, Index rows, Index call) {
    return {values.data + place<L>(rows, 0, first_lane<L>(call))};
}

// How many rows one evaluation of a law takes, where rows stand in a column whose length is a multiple of eight: with members
// side by side one row in all lanes; a system alone on the CPU eight rows.
template <class L>
struct RowPack {
    using Real = typename L::Real;
    static constexpr Index step = 1;
    SHAHR_HD static Real constant(View<const double> v, Index k) { return Real{} + v[k]; }
    SHAHR_HD static Real get(const Strand<L, double>& s, Index k) { return s[k]; }
    SHAHR_HD static void set(const Strand<L, double>& s, Index k, Real value) { s.set(k, value); }
};
#ifndef __CUDACC__
template <>
struct RowPack<Single> {
    using Real = Batch::Real;
    static constexpr Index step = 8;
    static Real load(const double* p) { return *reinterpret_cast<const Real*>(p); }
    static Real constant(View<const double> v, Index k) { return load(v.data + k); }
    static Real get(const Strand<Single, double>& s, Index k) { return load(s.data + k); }
    static void set(const Strand<Single, double>& s, Index k, Real value) { *reinterpret_cast<Real*>(s.data + k) = value; }
};
#endif

// Masks and choices, one lane or many.
SHAHR_HD inline double select(bool mask, double yes, double no) {
    return mask ? yes : no;
}
SHAHR_HD inline bool any(bool mask) {
    return mask;
}
SHAHR_HD inline bool lane_of(bool mask, Index) {
    return mask;
}
SHAHR_HD inline double lane_of(double value, Index) {
    return value;
}
SHAHR_HD inline void set_lane(bool& mask, Index, bool value) {
    mask = value;
}
SHAHR_HD inline void set_lane(double& value, Index, double to) {
    value = to;
}
SHAHR_HD inline double square_root(double x) {
    return ::sqrt(x);
}
#ifndef __CUDACC__
inline Batch::Real select(Batch::Mask mask, Batch::Real yes, Batch::Real no) {
    return mask ? yes : no;
}
inline bool any(Batch::Mask mask) {
    std::int64_t all = 0;
    for (int w = 0; w < Batch::width; ++w) all |= mask[w];
    return all != 0;
}
inline bool lane_of(Batch::Mask mask, Index w) {
    return mask[w] != 0;
}
inline double lane_of(Batch::Real value, Index w) {
    return value[w];
}
inline void set_lane(Batch::Mask& mask, Index w, bool value) {
    mask[w] = value ? -1 : 0;
}
inline void set_lane(Batch::Real& value, Index w, double to) {
    value[w] = to;
}
inline Batch::Real square_root(Batch::Real x) {
    for (int w = 0; w < Batch::width; ++w) x[w] = ::sqrt(x[w]);
    return x;
}
#endif

template <class P>
SHAHR_HD P absolute(P x) {
    return select(x < 0.0, -x, x);
}
template <class P>
SHAHR_HD P larger(P a, P b) {
    return select(a > b, a, b);
}
template <class P>
SHAHR_HD P smaller(P a, P b) {
    return select(a < b, a, b);
}

}  // namespace shahr::SHAHR_BACKEND
