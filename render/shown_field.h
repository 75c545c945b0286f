// What can be shown on the map: a recorded field in the form in which roads, mains, branches or buildings can be compared, with its colours.
#pragma once
#include <string>
#include <vector>

#include "render/frame_source.h"
#include "render/palette.h"

namespace shahr {

struct ShownField {
    enum class Measure { as_recorded, per_limit, per_km, per_hour, percent_of_interval, per_floor_area };
    std::string name;                          // of the recorded field: "speed"
    std::string label;                         // "Speed"
    Measure measure = Measure::as_recorded;
    ColourScale scale;
    Along along = Along::roads;
};

// What the source can show, the speed first. Counts are shown per kilometre, so that a long road does not look worse than
// a short one, powers of buildings per square metre of their floor. All fields of roads and buildings; of the networks those that
// are known here.
std::vector<ShownField> shown_fields(const FrameSource& source);

// One value per road, main, branch or building in the scale's measure at one of its records; NaN: nothing to show. Empty if the
// source has nothing then.
std::vector<float> shown_values(const FrameSource& source, const ShownField& field, std::size_t record);
// One road over all records.
std::vector<float> shown_series(const FrameSource& source, const ShownField& field, RoadId road);

}  // namespace shahr
