// What the signals show.
#pragma once
#include "kernels/traffic/network.h"

namespace shahr::SHAHR_BACKEND::traffic {

SHAHR_HD inline Index phase_at(const NetworkView& network, Index signal, std::int64_t time_ms) {
    const std::int64_t cycle = network.cycle_ms[signal];
    std::int64_t t = cycle > 0 ? (time_ms - network.offset_ms[signal]) % cycle : 0;
    if (t < 0) t += cycle;
    Index phase = network.first_phase[signal];
    while (phase + 1 < network.first_phase[signal + 1] && network.phase_end_ms[phase] <= t) ++phase;
    return phase;
}

// One signal, for all of its movements; the aspect of movements without one is `off` for good.
struct ShowAspect {
    NetworkView network;
    std::int64_t time_ms;
    View<std::uint8_t> aspect;
    SHAHR_HD void operator()(Index signal) const {
        const Index first = network.first_aspect[phase_at(network, signal, time_ms)];
        for (Index k = network.first_signalled[signal]; k < network.first_signalled[signal + 1]; ++k)
            aspect[network.signalled[k]] = network.aspect[first + network.signal_link[network.signalled[k]]];
    }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
