// What hangs together: things numbered from 0, joined two by two (disjoint sets with halved paths; Tarjan and van Leeuwen 1984).
#pragma once
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace shahr {

class JoinedParts {
public:
    explicit JoinedParts(std::size_t things) : before_(things) { std::iota(before_.begin(), before_.end(), std::size_t{0}); }

    void join(std::size_t a, std::size_t b) {
        a = first_of(a), b = first_of(b);
        before_[std::max(a, b)] = std::min(a, b);
    }
    // The first thing of the part to which this one belongs.
    std::size_t first_of(std::size_t at) {
        while (before_[at] != at) at = before_[at] = before_[before_[at]];
        return at;
    }

private:
    std::vector<std::size_t> before_;
};

}  // namespace shahr
