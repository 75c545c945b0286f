#include "sim/base/ordering.h"

#include <metis.h>

#include <Eigen/OrderingMethods>
#include <Eigen/SparseCore>
#include <algorithm>
#include <cassert>
#include <new>
#include <numeric>
#include <stdexcept>
#include <type_traits>

namespace shahr {
namespace {

static_assert(std::is_same_v<idx_t, std::int32_t>, "this METIS counts in 64 bits: install the one with 32-bit idx_t");

struct Neighbours {
    std::vector<idx_t> first, item;
};

// Both directions of every edge, each neighbour once, ascending.
Neighbours symmetric_neighbours(idx_t nodes, std::span<const idx_t> a, std::span<const idx_t> b) {
    const auto n = static_cast<std::size_t>(nodes);
    std::vector<idx_t> first(n + 1, 0), item(2 * a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        assert(0 <= a[i] && a[i] < nodes && 0 <= b[i] && b[i] < nodes);
        ++first[static_cast<std::size_t>(a[i]) + 1];
        ++first[static_cast<std::size_t>(b[i]) + 1];
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<idx_t> at(first.begin(), first.end() - 1);
    for (std::size_t i = 0; i < a.size(); ++i) {
        item[static_cast<std::size_t>(at[static_cast<std::size_t>(a[i])]++)] = b[i];
        item[static_cast<std::size_t>(at[static_cast<std::size_t>(b[i])]++)] = a[i];
    }
    Neighbours out;
    out.first.push_back(0);
    for (std::size_t v = 0; v < n; ++v) {
        const auto begin = item.begin() + first[v], end = item.begin() + first[v + 1];
        std::sort(begin, end);
        for (auto it = begin; it != end; ++it) {
            if (*it != static_cast<idx_t>(v) && (it == begin || *it != *(it - 1))) out.item.push_back(*it);
        }
        out.first.push_back(static_cast<idx_t>(out.item.size()));
    }
    return out;
}

}  // namespace

std::vector<std::int32_t> nested_dissection(std::int32_t nodes, std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
    assert(nodes >= 0 && a.size() == b.size());
    std::vector<idx_t> order(static_cast<std::size_t>(nodes));
    std::iota(order.begin(), order.end(), 0);
    Neighbours graph = symmetric_neighbours(nodes, a, b);
    if (graph.item.empty()) return order;

    idx_t options[METIS_NOPTIONS];
    METIS_SetDefaultOptions(options);
    options[METIS_OPTION_SEED] = 1;
    options[METIS_OPTION_NUMBERING] = 0;
    std::vector<idx_t> position(order.size());
    const int status = METIS_NodeND(&nodes, graph.first.data(), graph.item.data(), nullptr, options, order.data(), position.data());
    if (status == METIS_ERROR_MEMORY) throw std::bad_alloc();
    if (status != METIS_OK) throw std::logic_error("METIS refused the graph");
    return order;
}

std::vector<std::int32_t> approximate_minimum_degree(std::int32_t nodes, std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
    assert(nodes >= 0 && a.size() == b.size());
    if (nodes == 0) return {};
    std::vector<Eigen::Triplet<double, std::int32_t>> entries;
    for (std::int32_t v = 0; v < nodes; ++v) entries.emplace_back(v, v, 1.0);
    for (std::size_t i = 0; i < a.size(); ++i) {
        entries.emplace_back(a[i], b[i], 1.0);
        entries.emplace_back(b[i], a[i], 1.0);
    }
    Eigen::SparseMatrix<double, Eigen::ColMajor, std::int32_t> matrix(nodes, nodes);
    matrix.setFromTriplets(entries.begin(), entries.end());
    Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, std::int32_t> order;
    Eigen::AMDOrdering<std::int32_t>()(matrix, order);
    return {order.indices().data(), order.indices().data() + nodes};
}

}  // namespace shahr
