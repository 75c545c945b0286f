// Which movements of a junction meet, and where. Whether they do is decided by the order of lanes around the junction
// alone, so that crooked shapes cannot lose a conflict; the shapes only say where.
#pragma once
#include <vector>

#include "sim/city/city.h"
#include "sim/synthesis/ports.h"

namespace shahr {

struct MovementPair {
    MovementId a, b;                           // a < b
    bool merges;                               // into one lane; else they cross
    float a_at_m, b_at_m;                      // where they meet, from the start of each
};

// The movements of each junction, ascending.
class MovementsAtJunctions {
public:
    explicit MovementsAtJunctions(const RoadNetwork& network);
    std::span<const MovementId> operator[](JunctionId j) const {
        return std::span(movements_).subspan(first_[row(j)], first_[row(j) + 1] - first_[row(j)]);
    }

private:
    std::vector<std::size_t> first_;
    std::vector<MovementId> movements_;
};

// Place of every lane end in the counter-clockwise order around its junction: `at_end` where the lane ends, `at_start`
// where it begins. Two movements cross where their chords between places do.
struct LanePlaces {
    Column<LaneId, std::int32_t> at_end, at_start;
};
LanePlaces find_lane_places(const City& city, const Ports& ports);

// Appends the pairs of one junction.
void find_pairs(const RoadNetwork& network, std::span<const MovementId> movements, const LanePlaces& places, std::vector<MovementPair>& pairs);

}  // namespace shahr
