// What can be shown along the roads: a recorded field in the form in which roads can be compared, with its colours.
#pragma once
#include <string>
#include <vector>

#include "render/frame_source.h"
#include "render/palette.h"

namespace shahr {

struct ShownField {
    enum class Measure { as_recorded, per_limit, per_km, per_hour };
    std::string name;                          // of the recorded field: "speed"
    std::string label;                         // "Speed"
    Measure measure = Measure::as_recorded;
    ColourScale scale;
};

// What the source can show, the speed first. Counts are shown per kilometre, so that a long road does not look worse than
// a short one.
std::vector<ShownField> shown_fields(const FrameSource& source);

// One value per road in the scale's measure; NaN: nothing to show. Empty if the source has nothing at that record.
std::vector<float> shown_values(const FrameSource& source, const ShownField& field, std::size_t record);
// One road over all records.
std::vector<float> shown_series(const FrameSource& source, const ShownField& field, RoadId road);

}  // namespace shahr
