// One solution of a heat network: rounds of hydraulics and temperatures until neither changes any more.
#pragma once
#include "kernels/heat/advance.h"
#include "kernels/heat/control.h"
#include "kernels/heat/hydraulics.h"
#include "kernels/heat/temperatures.h"

namespace shahr::SHAHR_BACKEND::heat {

template <class L>
class Solver {
public:
    Solver(const HeatNetwork& heat, Index members, std::span<const std::uint8_t> simulated = {});

    Network network;
    State<L> state;
    Array<double> available, set_supply_c;     // [plant][lane]  share of each plant's capacity; NaN: by its curve

    // At rest: as if all had always been as it is now; fills the pipes with that, and starts the sums.
    void settle();
    // On by dt from what the pipes hold.
    void step(double dt_s);

    static constexpr double accuracy = 1e-7;
    static constexpr Index most_rounds = 60;
    // Relative, in the last round; above `accuracy`: no solution.
    double change_of(Index lane) const { return state.change.values.to_host(static_cast<Index>(place<L>(1, 0, lane))); }
    Index rounds_of(Index lane) const { return state.rounds.values.to_host(static_cast<Index>(place<L>(1, 0, lane))); }

private:
    void solve(double dt_s);
    void round(double dt_s);
    Array<double> flow_before_, node_before_;
};

extern template class Solver<Single>;
extern template class Solver<Batch>;

}  // namespace shahr::SHAHR_BACKEND::heat
