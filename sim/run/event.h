// Something that happened at a moment and at a place: a pump that cannot lift, a tank that is empty, a branch that trips, a
// state that was not found. Recorded in the group "events".
#pragma once
#include <cstdint>
#include <string>

#include "sim/base/time.h"
#include "sim/run/frame.h"

namespace shahr {

struct Event {
    Duration time{};
    std::string engine;                        // "water"
    std::string kind;                          // "pump_cannot_lift": one word for each kind of event
    RowKind rows = RowKind::whole;             // the table of the row
    std::int32_t row = -1;                     // -1: the whole network
    std::string text;                          // a sentence for people, with the figures
};

}  // namespace shahr
