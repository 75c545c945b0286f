// The factored admittance matrix of one sequence, which all lanes share but for the columns that regulating taps alter.
#pragma once
#include <span>

#include "kernels/base/array.h"
#include "kernels/base/sparse_factor.h"
#include "kernels/power/network.h"
#include "kernels/power/tap_changers.h"

namespace shahr::SHAHR_BACKEND::power {

// L and U, the same for all lanes: complex numbers as pairs.
struct SweepFactorView {
    View<const double> lower, upper;           // [entry]  U's rows are scaled by the inverse of its diagonal
    View<const double> inverse;                // [rank]
    View<const double> source;                 // [rank]  right-hand side without loads: what a slack holds
    View<const std::uint8_t> takes_load;       // [rank]  0: the voltage is given
    LaneColumnsView own;                       // what stands for these where each lane has its own taps
};

// The branch of a changer in one sequence, with its taps as built.
struct TappedBranch {
    Index from, to;                            // ranks
    TwoPort port;
};

class LaneColumns {
public:
    LaneColumns() = default;
    // `is_own` [rank]: to be factored by lanes; `reduced`: the matrix after the other columns have been eliminated.
    LaneColumns(const FactorPattern& pattern, const std::vector<std::uint8_t>& is_own, const Admittance& reduced, const std::vector<std::uint8_t>& is_held, std::span<const TappedBranch> tapped);
    LaneColumnsView view() const { return {of_rank_, first_, row_, target_, reduced_, place_ff_, place_ft_, place_tf_, ff_, ft_, tf_}; }

private:
    Array<Index> of_rank_, first_, row_, target_, place_ff_, place_ft_, place_tf_;
    Array<double> reduced_, ff_, ft_, tf_;
};

class SweepFactor {
public:
    // `held` [rank]: the voltage where `is_held`. `into`: ranks of which the response is asked.
    SweepFactor(const FactorPattern& pattern, const Admittance& admittance, const std::vector<Complex>& held, const std::vector<std::uint8_t>& is_held, std::span<const TappedBranch> tapped,
                std::span<const Index> into = {});
    SweepFactorView view() const { return {lower_, upper_, inverse_, source_, takes_load_, own_.view()}; }
    const std::vector<Complex>& without_load() const { return without_load_; }  // [rank]  taps as built
    // [a][b]  what a current of 1 pu into node into[b] adds to the voltage at into[a]
    const std::vector<std::vector<Complex>>& response() const { return response_; }

private:
    std::vector<Complex> without_load_;
    std::vector<std::vector<Complex>> response_;
    Array<double> lower_, upper_, inverse_, source_;
    Array<std::uint8_t> takes_load_;
    LaneColumns own_;
};

}  // namespace shahr::SHAHR_BACKEND::power
