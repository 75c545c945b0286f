#include "kernels/base/pipe_network.h"

namespace shahr::SHAHR_BACKEND {
namespace {

// The unknown heads numbered through; a given one has none.
std::vector<Index> number_unknowns(std::span<const std::uint8_t> given) {
    std::vector<Index> number(given.size(), -1);
    Index next = 0;
    for (std::size_t v = 0; v < given.size(); ++v)
        if (!given[v]) number[v] = next++;
    return number;
}

FactorPattern analyse(std::span<const Index> from, std::span<const Index> to, std::span<const std::uint8_t> given) {
    const std::vector<Index> number = number_unknowns(given);
    std::vector<Index> a, b;
    Index unknowns = 0;
    for (const Index n : number) unknowns += n >= 0;
    for (std::size_t k = 0; k < from.size(); ++k) {
        const Index i = number[static_cast<std::size_t>(from[k])], j = number[static_cast<std::size_t>(to[k])];
        if (i < 0 || j < 0) continue;
        a.push_back(i);
        b.push_back(j);
    }
    return analyse_pattern(unknowns, a, b);
}

}  // namespace

PipeTopology::PipeTopology(Index nodes, std::span<const Index> from, std::span<const Index> to, std::span<const std::uint8_t> given)
    : nodes_(nodes), pattern_(analyse(from, to, given)), factor_(pattern_), from_(from), to_(to) {
    const std::vector<Index> number = number_unknowns(given);
    std::vector<Index> rank(given.size(), -1), node(static_cast<std::size_t>(pattern_.size())), rank_from, rank_to, entry(from.size(), -1);
    for (std::size_t v = 0; v < given.size(); ++v) {
        if (number[v] < 0) continue;
        rank[v] = pattern_.filled.rank[static_cast<std::size_t>(number[v])];
        node[static_cast<std::size_t>(rank[v])] = static_cast<Index>(v);
    }
    std::size_t edge = 0;
    for (std::size_t k = 0; k < from.size(); ++k) {
        rank_from.push_back(rank[static_cast<std::size_t>(from[k])]);
        rank_to.push_back(rank[static_cast<std::size_t>(to[k])]);
        if (!given[static_cast<std::size_t>(from[k])] && !given[static_cast<std::size_t>(to[k])]) entry[k] = pattern_.entry_of_edge[edge++];
    }
    rank_ = Array<Index>(rank);
    node_ = Array<Index>(node);
    rank_from_ = Array<Index>(rank_from);
    rank_to_ = Array<Index>(rank_to);
    entry_ = Array<Index>(entry);
}

PipeView PipeTopology::view() const {
    return {nodes_, from_.size(), from_, to_, rank_, node_, rank_from_, rank_to_, entry_, factor_.view()};
}

}  // namespace shahr::SHAHR_BACKEND
