// What can be shown along the roads and mains: a recorded field in the form in which they can be compared, with its colours.
#pragma once
#include <string>
#include <vector>

#include "render/frame_source.h"
#include "render/palette.h"

namespace shahr {

struct ShownField {
    enum class Measure { as_recorded, per_limit, per_km, per_hour };
    enum class Along { roads, mains };
    std::string name;                          // of the recorded field: "speed"
    std::string label;                         // "Speed"
    Measure measure = Measure::as_recorded;
    ColourScale scale;
    Along along = Along::roads;
};

// The moments that the source can show: those of the traffic, without any those of the water network.
std::vector<Duration> shown_times(const FrameSource& source);

// What the source can show, the speed first. Counts are shown per kilometre, so that a long road does not look worse than
// a short one.
std::vector<ShownField> shown_fields(const FrameSource& source);

// One value per road or main in the scale's measure at one of the shown times; NaN: nothing to show. Empty if the source has
// nothing then.
std::vector<float> shown_values(const FrameSource& source, const ShownField& field, std::size_t record);
// One road over all records.
std::vector<float> shown_series(const FrameSource& source, const ShownField& field, RoadId road);

}  // namespace shahr
