#include "sim/synthesis/gravity.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace shahr {
namespace {

double sum_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

// One side of Wilson's equations at a time: what each row (column) would get, and the factors that put it right.
struct Balance {
    std::span<const double> productions, deterrence;
    std::vector<double> attractions;
    std::vector<double> a, b;                  // A_i O_i and B_j D_j

    std::vector<double> row_sums() const {
        std::vector<double> sums(a.size(), 0);
        for (std::size_t i = 0; i < a.size(); ++i) {
            const double* f = deterrence.data() + i * b.size();
            for (std::size_t j = 0; j < b.size(); ++j) sums[i] += f[j] * b[j];
        }
        return sums;
    }
    std::vector<double> column_sums() const {
        std::vector<double> sums(b.size(), 0);
        for (std::size_t i = 0; i < a.size(); ++i) {
            const double* f = deterrence.data() + i * b.size();
            for (std::size_t j = 0; j < b.size(); ++j) sums[j] += f[j] * a[i];
        }
        return sums;
    }
    // Fits the rows and returns how far they were off, as a share of the mean row.
    static double fit(std::vector<double>& factors, std::span<const double> wanted, const std::vector<double>& sums, double mean) {
        double worst = 0;
        for (std::size_t i = 0; i < factors.size(); ++i) {
            worst = std::max(worst, std::abs(factors[i] * sums[i] - wanted[i]));
            factors[i] = sums[i] > 0 ? wanted[i] / sums[i] : 0;
        }
        return worst / mean;
    }
};

}  // namespace

TripMatrix balance(std::span<const double> productions, std::span<const double> attractions,
                   std::span<const double> deterrence, int most) {
    assert(deterrence.size() == productions.size() * attractions.size());
    TripMatrix matrix{productions.size(), attractions.size(), std::vector<double>(deterrence.size(), 0), 0, 0};
    const double all = sum_of(productions), offered = sum_of(attractions);
    if (all <= 0 || offered <= 0) return matrix;

    Balance balance{productions, deterrence, std::vector<double>(attractions.begin(), attractions.end()), {}, {}};
    for (double& d : balance.attractions) d *= all / offered;
    balance.a.assign(productions.size(), 1);
    balance.b = balance.attractions;
    const double mean = all / static_cast<double>(std::max(productions.size(), attractions.size()));
    constexpr double enough = 1e-6;
    matrix.residual = 1;
    while (matrix.residual > enough && matrix.iterations < most) {
        // After the columns are fitted, only the rows can be off: the next round measures by how much.
        const double rows_off = Balance::fit(balance.a, productions, balance.row_sums(), mean);
        if (matrix.iterations > 0) matrix.residual = rows_off;
        Balance::fit(balance.b, balance.attractions, balance.column_sums(), mean);
        ++matrix.iterations;
    }
    for (std::size_t i = 0; i < matrix.origins; ++i)
        for (std::size_t j = 0; j < matrix.destinations; ++j) {
            const std::size_t ij = i * matrix.destinations + j;
            matrix.trips[ij] = balance.a[i] * deterrence[ij] * balance.b[j];
        }
    return matrix;
}

}  // namespace shahr
