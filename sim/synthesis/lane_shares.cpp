// The rules by which the lanes of one approach are shared among its turnings, where no arrows are known.
#include <algorithm>

#include "sim/synthesis/movements.h"

namespace shahr {
namespace {

// The turnings of one kind and the lanes they use together.
struct Group {
    int turnings = 0, room = 0;
    LaneRange lanes{0, -1};
    int width() const { return lanes.last - lanes.first + 1; }
};

// No way ahead (the stem of a T): each side gets its part of the lanes, an odd lane in the middle belongs to both.
void split_between(Group& kerb, Group& across, int n) {
    kerb.lanes = {0, (n - 1) / 2};
    across.lanes = {n / 2, n - 1};
    while (kerb.width() > kerb.room && across.lanes.first <= kerb.lanes.last) --kerb.lanes.last;
    while (across.width() > across.room && across.lanes.first <= kerb.lanes.last) ++across.lanes.first;
}

// Ahead leads on into fewer lanes than come: take lanes from it that another turning can use.
void fit_ahead(Group& kerb, Group& ahead, Group& across) {
    const auto can_grow = [](const Group& g) { return g.turnings > 0 && g.width() < std::min(g.room, 2); };
    while (ahead.width() > std::max(ahead.room, 1)) {
        if (across.turnings > 0 && ahead.lanes.last >= across.lanes.first)
            --ahead.lanes.last;
        else if (kerb.turnings > 0 && ahead.lanes.first <= kerb.lanes.last)
            ++ahead.lanes.first;
        else if (can_grow(across))
            --across.lanes.first, --ahead.lanes.last;
        else if (can_grow(kerb))
            ++kerb.lanes.last, ++ahead.lanes.first;
        else
            return;
    }
}

}  // namespace

// The far-side turn gets a lane of its own from three lanes on and two from four; the near-side turn shares the kerb lane.
std::vector<LaneRange> share_lanes(int n, const std::vector<int>& side, const std::vector<int>& room) {
    Group group[3];                            // kerb side, ahead, across
    for (std::size_t t = 0; t < side.size(); ++t) {
        Group& g = group[side[t] + 1];
        ++g.turnings;
        g.room = std::max(g.room, room[t]);
    }
    auto& [kerb, ahead, across] = group;
    if (ahead.turnings == 0 && kerb.turnings > 0 && across.turnings > 0) {
        split_between(kerb, across, n);
    } else if (ahead.turnings == 0) {
        kerb.lanes = across.lanes = {0, n - 1};
    } else {
        kerb.lanes = {0, 0};
        across.lanes = {n >= 4 && across.room >= 2 ? n - 2 : n - 1, n - 1};
        ahead.lanes = {0, n >= 3 && across.turnings > 0 ? across.lanes.first - 1 : n - 1};
        fit_ahead(kerb, ahead, across);
    }
    std::vector<LaneRange> share;
    for (std::size_t t = 0; t < side.size(); ++t) share.push_back(group[side[t] + 1].lanes);
    return share;
}

}  // namespace shahr
