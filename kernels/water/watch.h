// Turns what a solution is to be warned of into events: once when it begins and once when it is over.
#pragma once
#include <set>
#include <string>

#include "kernels/water/state.h"
#include "sim/run/engine.h"

namespace shahr::SHAHR_BACKEND::water {

class Watch {
public:
    Watch(const WaterNetwork& net, const Network& network) : net_(&net), network_(&network) {}
    // Looks at the first member.
    void look(const State& state, Duration now);
    void take(std::vector<Event>& events);

    void save(Archive& archive) const;
    void load(Archive& archive);

private:
    void say(Duration now, const char* kind, RowKind rows, Index row, std::string text);
    // Begins or ends a condition that lasts at a row. `text` and `over` make the sentences for its beginning and its end.
    template <class Text, class Over>
    void last(bool holds, Duration now, const char* kind, RowKind rows, Index row, const Text& text, const Over& over);
    // The same for a condition of the whole network; what is said names the worst row, as long as there is one.
    template <class Text, class Over>
    void last_anywhere(bool holds, Duration now, const char* kind, RowKind rows, Index worst, const Text& text, const Over& over);
    void look_at_links(const State& state, Duration now);
    void look_at_tanks(const State& state, Duration now);
    void look_at_pressures(const State& state, Duration now);
    void look_for_cut_off(const State& state, Duration now);

    const WaterNetwork* net_;
    const Network* network_;
    std::set<std::pair<std::string, Index>> lasting_;
    std::vector<Event> events_;
    std::vector<std::uint8_t> shut_;           // [link row of the table]  at the last look
};

}  // namespace shahr::SHAHR_BACKEND::water
