// The doubly constrained gravity model: how many trips go from each zone to each other.
//
//   T_ij = A_i O_i B_j D_j f_ij,   sum over j of T_ij = O_i,   sum over i of T_ij = D_j
//
// Wilson, "A statistical theory of spatial distribution models", Transportation Research 1, 1967, eqs. (7) to (10).
#pragma once
#include <span>
#include <vector>

namespace shahr {

struct TripMatrix {
    std::size_t origins = 0, destinations = 0;
    std::vector<double> trips;                 // [origin][destination]
    int iterations = 0;
    double residual = 0;                       // greatest error of a row's or column's sum, as a share of the mean zone's trips

    std::span<const double> row(std::size_t origin) const { return std::span(trips).subspan(origin * destinations, destinations); }
};

// Balances by alternating rows and columns (Furness 1965) until the residual is below 1e-6, or for `most` rounds: then
// the residual says how far it came, as where `deterrence` forbids what the totals ask for.
// `deterrence` is f_ij >= 0 [origin][destination]. The attractions are scaled to the sum of the productions.
// A zone that has trips but no destination with f > 0 keeps none: its row is 0, and counts in the residual.
TripMatrix balance(std::span<const double> productions, std::span<const double> attractions,
                   std::span<const double> deterrence, int most = 2000);

}  // namespace shahr
