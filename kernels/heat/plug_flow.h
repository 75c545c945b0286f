// Water on its way through a pipe: a row of plugs, each a share of the pipe's length with a temperature that is linear along
// it. Plugs move with the flow, so a front arrives when the water does and stays steep; on their way they cool towards the
// ground, exponentially in time. The wall is at the water's temperature (Anzelius 1926 in the limit of quick exchange, which
// holds for steel and plastic where the transit takes minutes): it slows a front by the ratio of heat capacities.
#pragma once
#include "kernels/base/array.h"
#include "kernels/base/math.h"

namespace shahr::SHAHR_BACKEND::heat {

inline constexpr Index most_plugs = 32;        // of a pipe; beyond, the two neighbours most alike become one

// Mean of exp(-k t) over t in [a, b].
SHAHR_HD inline double mean_decay(double k, double a, double b) {
    const double x = k * (b - a);
    if (x < 1e-5) return exp(-k * a) * (1 - 0.5 * x);
    return (exp(-k * a) - exp(-k * b)) / x;
}

// The same for a temperature that rises linearly by 1 over [a, b] and is 0 in the middle: series in k (b - a), below 1e-6 up to 1.
SHAHR_HD inline double mean_decay_of_rise(double k, double a, double b) {
    const double x = k * (b - a);
    return -exp(-0.5 * k * (a + b)) * x * (1.0 / 12 + x * x * (1.0 / 480 + x * x / 53760));
}

// The plugs of one pipe in memory, from its `from` end on.
struct Plugs {
    double* share;                             // sum 1
    double* mean;                              // degC
    double* rise;                              // K, from the end nearer to `from` to the other
    std::int64_t stride;                       // from one plug to the next
    Index* count;

    SHAHR_HD double& width(Index i) const { return share[i * stride]; }
    SHAHR_HD double& celsius(Index i) const { return mean[i * stride]; }
    SHAHR_HD double& slope(Index i) const { return rise[i * stride]; }
    SHAHR_HD void copy(Index to, Index from) const {
        width(to) = width(from);
        celsius(to) = celsius(from);
        slope(to) = slope(from);
    }
};

// What a pipe does in one step.
struct PipeStep {
    double moved;                              // share of the pipe's length by which the water moves; above 1: it is flushed
    bool forward;                              // from `from` to `to`
    double decay_per_s;                        // k = U L / C, C the heat capacity of water and wall
    double ground_c;
    double dt_s;
};

// Mean temperature of what leaves during the step, for water that enters at `entering_c`; and by how much, in kelvins times
// shares of the pipe, what was in it or has left has cooled (`lost`; new water that stays is counted by `advance`).
struct Leaving {
    double celsius, lost;
};

SHAHR_HD inline Leaving leaving(const Plugs& plugs, const PipeStep& step, double entering_c) {
    const Index n = *plugs.count;
    double done = 0, sum = 0, lost = 0;
    for (Index i = 0; i < n && done < step.moved; ++i) {
        const Index at = step.forward ? n - 1 - i : i;
        const double whole = plugs.width(at), width = done + whole < step.moved ? whole : step.moved - done, part = width / whole;
        const double onward = step.forward ? plugs.slope(at) : -plugs.slope(at);     // rise in the direction of flow
        const double excess = plugs.celsius(at) + 0.5 * onward * (1 - part) - step.ground_c;
        const double begin = done / step.moved * step.dt_s, end = (done + width) / step.moved * step.dt_s;
        const double left = excess * mean_decay(step.decay_per_s, begin, end) - onward * part * mean_decay_of_rise(step.decay_per_s, begin, end);
        sum += width * left;
        lost += width * (excess - left);
        done += width;
    }
    const double through = step.moved - done;  // flushed: new water that has passed the whole pipe
    if (through > 0) {
        const double left = exp(-step.decay_per_s * step.dt_s / step.moved);
        sum += through * (entering_c - step.ground_c) * left;
        lost += through * (entering_c - step.ground_c) * (1 - left);
    }
    return {step.moved > 0 ? step.ground_c + sum / step.moved : entering_c, lost};
}

// The plugs i and i + 1 as one: the same heat, and the rise that fits both best (least squares).
struct Joined {
    double width, mean, rise, blurred;         // K^2: square of what is lost by it
};
SHAHR_HD inline Joined joined(const Plugs& plugs, Index i) {
    const double a = plugs.width(i), b = plugs.width(i + 1), m = plugs.celsius(i), n = plugs.celsius(i + 1), r = plugs.slope(i), q = plugs.slope(i + 1), w = a + b;
    const double mean = (a * m + b * n) / w, rise = (6 * a * b * (n - m) + r * a * a + q * b * b) / (w * w);
    return {w, mean, rise, a * ((m - mean) * (m - mean) + r * r / 12) + b * ((n - mean) * (n - mean) + q * q / 12) - w * rise * rise / 12};
}

SHAHR_HD inline void join_most_alike(const Plugs& plugs) {
    Index best = 0;
    Joined least{0, 0, 0, 1e300};
    for (Index i = 0; i + 1 < *plugs.count; ++i) {
        const Joined both = joined(plugs, i);
        if (both.blurred < least.blurred) least = both, best = i;
    }
    plugs.width(best) = least.width;
    plugs.celsius(best) = least.mean;
    plugs.slope(best) = least.rise;
    for (Index j = best + 1; j + 1 < *plugs.count; ++j) plugs.copy(j, j + 1);
    --*plugs.count;
}

// Takes `share` away at one end.
SHAHR_HD inline void cut(const Plugs& plugs, bool at_end, double share) {
    while (*plugs.count > 0 && share > 0) {
        const Index at = at_end ? *plugs.count - 1 : 0;
        const double whole = plugs.width(at);
        if (whole > share) {
            const double part = share / whole;
            plugs.celsius(at) += (at_end ? -0.5 : 0.5) * part * plugs.slope(at);
            plugs.slope(at) *= 1 - part;
            plugs.width(at) = whole - share;
            return;
        }
        share -= whole;
        if (!at_end)
            for (Index j = 0; j + 1 < *plugs.count; ++j) plugs.copy(j, j + 1);
        --*plugs.count;
    }
}

// Puts one there; `inward`: its rise away from that end.
SHAHR_HD inline void put(const Plugs& plugs, bool at_end, double share, double celsius, double inward) {
    if (*plugs.count == most_plugs) join_most_alike(plugs);
    const Index n = (*plugs.count)++, at = at_end ? n : 0;
    if (!at_end)
        for (Index j = n; j > 0; --j) plugs.copy(j, j - 1);
    plugs.width(at) = share;
    plugs.celsius(at) = celsius;
    plugs.slope(at) = at_end ? -inward : inward;
}

// Moves on by one step. Returns what has been lost by the water that is in the pipe at its end, in kelvins times shares.
SHAHR_HD inline double advance(const Plugs& plugs, const PipeStep& step, double entering_c) {
    cut(plugs, step.forward, step.moved < 1 ? step.moved : 1);
    if (!(step.moved < 1)) *plugs.count = 0;
    const double left = exp(-step.decay_per_s * step.dt_s);
    double lost = 0;
    for (Index i = 0; i < *plugs.count; ++i) {
        const double excess = plugs.celsius(i) - step.ground_c;
        lost += plugs.width(i) * excess * (1 - left);
        plugs.celsius(i) = step.ground_c + excess * left;
        plugs.slope(i) *= left;
    }
    if (step.moved > 0) {
        const double share = step.moved < 1 ? step.moved : 1, longest = step.moved < 1 ? step.dt_s : step.dt_s / step.moved;
        const double remains = mean_decay(step.decay_per_s, 0, longest), excess = entering_c - step.ground_c;
        lost += share * excess * (1 - remains);
        put(plugs, !step.forward, share, step.ground_c + excess * remains, excess * (exp(-step.decay_per_s * longest) - 1));
    }
    return lost;
}

// What has always flowed in at `entering_c` and takes `transit_s` (infinity: stands still), in eight plugs.
SHAHR_HD inline void settle(const Plugs& plugs, bool forward, double decay_per_s, double ground_c, double transit_s, double entering_c) {
    const Index n = 8;
    *plugs.count = n;
    for (Index i = 0; i < n; ++i) {
        const Index at = forward ? i : n - 1 - i;
        plugs.width(at) = 1.0 / n;
        plugs.celsius(at) = decay_per_s > 0 ? ground_c : entering_c;
        plugs.slope(at) = 0;
        if (!(decay_per_s > 0) || !(transit_s * decay_per_s < 500)) continue;
        const double begin = transit_s / n * i, end = transit_s / n * (i + 1), excess = entering_c - ground_c;
        plugs.celsius(at) = ground_c + excess * mean_decay(decay_per_s, begin, end);
        const double fall = excess * (exp(-decay_per_s * begin) - exp(-decay_per_s * end));
        plugs.slope(at) = forward ? -fall : fall;
    }
}

// Mean temperature of the pipe.
SHAHR_HD inline double mean_celsius(const Plugs& plugs) {
    double sum = 0, width = 0;
    for (Index i = 0; i < *plugs.count; ++i) sum += plugs.width(i) * plugs.celsius(i), width += plugs.width(i);
    return sum / width;
}

}  // namespace shahr::SHAHR_BACKEND::heat
