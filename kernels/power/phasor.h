// Complex numbers of one lane or many.
#pragma once
#include "kernels/base/lanes.h"

namespace shahr::SHAHR_BACKEND::power {

template <class P>
struct Phasor {
    P re, im;
};
template <class P>
SHAHR_HD Phasor<P> operator+(Phasor<P> a, Phasor<P> b) {
    return {a.re + b.re, a.im + b.im};
}
template <class P>
SHAHR_HD Phasor<P> operator-(Phasor<P> a, Phasor<P> b) {
    return {a.re - b.re, a.im - b.im};
}
template <class P>
SHAHR_HD Phasor<P> operator*(Phasor<P> a, Phasor<P> b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
template <class P>
SHAHR_HD P squared_magnitude(Phasor<P> x) {
    return x.re * x.re + x.im * x.im;
}
template <class P>
SHAHR_HD Phasor<P> one_over(Phasor<P> x) {
    const P over = 1.0 / squared_magnitude(x);
    return {x.re * over, -x.im * over};
}
// By the same complex number in every lane.
template <class P>
SHAHR_HD Phasor<P> scaled(View<const double> by, Index i, Phasor<P> a) {
    const double re = by[2 * i], im = by[2 * i + 1];
    return {re * a.re - im * a.im, re * a.im + im * a.re};
}

// Complex rows in an array of lanes.
template <class L>
struct Phasors {
    Strand<L, double> values;
    using P = typename L::Real;
    SHAHR_HD Phasor<P> operator[](Index i) const { return {values[2 * i], values[2 * i + 1]}; }
    SHAHR_HD Phasors from(Index i) const { return {{values.data + static_cast<std::int64_t>(2 * i) * L::tile}}; }
    SHAHR_HD void set(Index i, Phasor<P> v) const {
        values.set(2 * i, v.re);
        values.set(2 * i + 1, v.im);
    }
};

}  // namespace shahr::SHAHR_BACKEND::power
