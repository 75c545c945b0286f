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

// What one movement with a signal sees; the aspect of others is `off` for good.
struct ShowAspect {
    NetworkView network;
    std::int64_t time_ms;
    View<std::uint8_t> aspect;
    SHAHR_HD void operator()(Index k) const {
        const Index movement = network.signalled[k], phase = phase_at(network, network.signal[movement], time_ms);
        aspect[movement] = network.aspect[network.first_aspect[phase] + network.signal_link[movement]];
    }
};

}  // namespace shahr::SHAHR_BACKEND::traffic
