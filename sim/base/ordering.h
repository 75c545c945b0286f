// Orders in which the nodes of a sparse graph are eliminated so that little fill arises. Only ordering.cpp knows METIS and Eigen.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace shahr {

// Nested dissection (George 1973) by METIS 5 (Karypis and Kumar 1998) of the undirected graph with edges a[i] - b[i]:
// result[k] is the node to eliminate k-th, separators last. Loops and repeated edges do not matter, nor whether the
// graph is connected. Same edges in the same order, same result. Throws std::bad_alloc.
std::vector<std::int32_t> nested_dissection(std::int32_t nodes, std::span<const std::int32_t> a, std::span<const std::int32_t> b);

// Approximate minimum degree (Amestoy, Davis and Duff 1996) of the same: better than nested dissection for graphs that are
// nearly trees. Same edges in the same order, same result.
std::vector<std::int32_t> approximate_minimum_degree(std::int32_t nodes, std::span<const std::int32_t> a, std::span<const std::int32_t> b);

}  // namespace shahr
