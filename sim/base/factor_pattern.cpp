#include "sim/base/factor_pattern.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

#include "sim/base/ordering.h"

namespace shahr {
namespace {

using Numbers = std::vector<std::int32_t>;

constexpr std::size_t at(std::int32_t i) {
    return static_cast<std::size_t>(i);
}

struct Edges {
    Numbers a, b;
};

// A graph whose nodes of degree two and less are eliminated in rounds.
class ThinningGraph {
public:
    ThinningGraph(std::int32_t nodes, std::span<const std::int32_t> a, std::span<const std::int32_t> b) : neighbours_(at(nodes)), gone_(at(nodes), 0) {
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (a[i] == b[i]) continue;
            neighbours_[at(a[i])].push_back(b[i]);
            neighbours_[at(b[i])].push_back(a[i]);
        }
        for (Numbers& list : neighbours_) {
            std::sort(list.begin(), list.end());
            list.erase(std::unique(list.begin(), list.end()), list.end());
        }
    }

    // Eliminates, round by round, the nodes with at most so many neighbours left, no two neighbours in one round.
    Numbers thin(std::size_t most) {
        Numbers order, round(neighbours_.size()), touched(neighbours_.size(), -1), next;
        std::iota(round.begin(), round.end(), 0);
        for (std::int32_t count = 0; !round.empty(); ++count) {
            next.clear();
            for (const std::int32_t v : round) {
                if (gone_[at(v)] || neighbours_[at(v)].size() > most) continue;
                if (touched[at(v)] == count) {
                    next.push_back(v);         // a neighbour went in this round
                    continue;
                }
                for (const std::int32_t u : neighbours_[at(v)]) {
                    if (std::exchange(touched[at(u)], count) != count) next.push_back(u);
                }
                eliminate_thin(v);
                order.push_back(v);
            }
            std::sort(next.begin(), next.end());
            next.erase(std::unique(next.begin(), next.end()), next.end());
            round.swap(next);
        }
        return order;
    }

    // What is left, its nodes renumbered; `names` gives their old numbers.
    Edges core(Numbers& names) const {
        Numbers number(neighbours_.size(), -1);
        for (std::size_t v = 0; v < neighbours_.size(); ++v) {
            if (gone_[v]) continue;
            number[v] = static_cast<std::int32_t>(names.size());
            names.push_back(static_cast<std::int32_t>(v));
        }
        Edges edges;
        for (std::size_t v = 0; v < neighbours_.size(); ++v) {
            if (gone_[v]) continue;
            for (const std::int32_t u : neighbours_[v]) {
                if (static_cast<std::int32_t>(v) >= u) continue;
                edges.a.push_back(number[v]);
                edges.b.push_back(number[at(u)]);
            }
        }
        return edges;
    }

private:
    void eliminate_thin(std::int32_t v) {
        const Numbers ends = std::exchange(neighbours_[at(v)], {});
        for (const std::int32_t u : ends) erase(neighbours_[at(u)], v);
        if (ends.size() == 2) {
            insert(neighbours_[at(ends[0])], ends[1]);
            insert(neighbours_[at(ends[1])], ends[0]);
        }
        gone_[at(v)] = 1;
    }
    static void erase(Numbers& list, std::int32_t v) { list.erase(std::lower_bound(list.begin(), list.end(), v)); }
    static void insert(Numbers& list, std::int32_t v) {
        const auto place = std::lower_bound(list.begin(), list.end(), v);
        if (place == list.end() || *place != v) list.insert(place, v);
    }

    std::vector<Numbers> neighbours_;
    std::vector<std::uint8_t> gone_;
};

std::int64_t count_updates(const Elimination& filled) {
    std::int64_t updates = 0;
    for (std::size_t k = 0; k < filled.node.size(); ++k) {
        const std::int64_t n = filled.first_link[k + 1] - filled.first_link[k];
        updates += n * (n + 1) / 2;
    }
    return updates;
}

Elimination eliminate_core_after(Numbers thin, const Numbers& names, const Numbers& core_order, std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
    for (const std::int32_t v : core_order) thin.push_back(names[at(v)]);
    return eliminate(thin, a, b);
}

void list_targets(FactorPattern& pattern) {
    const Elimination& f = pattern.filled;
    pattern.first_target.assign(1, 0);
    for (std::int32_t k = 0; k < pattern.size(); ++k) {
        const std::int32_t end = f.first_link[at(k) + 1];
        for (std::int32_t first = f.first_link[at(k)]; first < end; ++first) {
            // The rows of column k beyond `first` are among those of column high[first]: one walk over both.
            std::int32_t place = f.first_link[at(f.high[at(first)])];
            for (std::int32_t second = first + 1; second < end; ++second) {
                while (f.high[at(place)] != f.high[at(second)]) ++place;
                pattern.target.push_back(place);
            }
        }
        pattern.first_target.push_back(static_cast<std::int64_t>(pattern.target.size()));
    }
}

}  // namespace

FactorPattern analyse_pattern(std::int32_t nodes, std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
    assert(a.size() == b.size());
    ThinningGraph graph(nodes, a, b);
    Numbers thin = graph.thin(1);              // trees first: whatever else ends in them would fill
    const Numbers series = graph.thin(2);
    thin.insert(thin.end(), series.begin(), series.end());
    Numbers names;
    const Edges core = graph.core(names);
    const auto n = static_cast<std::int32_t>(names.size());

    FactorPattern pattern;
    pattern.filled = eliminate_core_after(thin, names, approximate_minimum_degree(n, core.a, core.b), a, b);
    if (n > 0) {
        Elimination dissected = eliminate_core_after(thin, names, nested_dissection(n, core.a, core.b), a, b);
        if (count_updates(dissected) < count_updates(pattern.filled)) pattern.filled = std::move(dissected);
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto [low, high] = std::minmax(pattern.filled.rank[at(a[i])], pattern.filled.rank[at(b[i])]);
        pattern.entry_of_edge.push_back(low == high ? -1 : pattern.filled.find_link(low, high));
    }
    list_targets(pattern);
    return pattern;
}

UpdatesByEntry updates_by_entry(const FactorPattern& pattern) {
    const Elimination& f = pattern.filled;
    UpdatesByEntry by;
    by.first.assign(at(pattern.entries()) + 1, 0);
    for (const std::int32_t t : pattern.target) ++by.first[at(t) + 1];
    std::partial_sum(by.first.begin(), by.first.end(), by.first.begin());
    by.left.resize(pattern.target.size());
    by.right.resize(pattern.target.size());
    std::vector<std::int64_t> next(by.first.begin(), by.first.end() - 1);
    std::size_t update = 0;
    for (std::int32_t k = 0; k < pattern.size(); ++k) {
        for (std::int32_t first = f.first_link[at(k)]; first < f.first_link[at(k) + 1]; ++first) {
            for (std::int32_t second = first + 1; second < f.first_link[at(k) + 1]; ++second) {
                const auto place = static_cast<std::size_t>(next[at(pattern.target[update++])]++);
                by.left[place] = first;
                by.right[place] = second;
            }
        }
    }
    return by;
}

}  // namespace shahr
