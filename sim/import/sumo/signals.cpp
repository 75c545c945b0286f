#include "sim/import/sumo/signals.h"

#include <cmath>
#include <map>

#include "sim/import/sumo/values.h"

namespace shahr::sumo {
namespace {

std::optional<Aspect> aspect(char letter) {
    switch (letter) {
        case 'r': return Aspect::red;
        case 'u': return Aspect::red_amber;
        case 'y':
        case 'Y': return Aspect::yellow;
        case 'g':
        case 's': return Aspect::green_minor;  // 's': turn on red after stopping
        case 'G': return Aspect::green;
        case 'o':
        case 'O': return Aspect::off;
        default: return std::nullopt;
    }
}

Duration milliseconds(double seconds) {
    return Duration(std::llround(seconds * 1000));
}

class ProgrammeReader {
public:
    explicit ProgrammeReader(Reading& reading) : r_(reading), signals_(reading.city.network.signals), phases_(reading.city.network.signal_phases) {}

    void read(const Element& logic) {
        const SignalId signal = signals_.id.push_back(std::string(logic.text("id")));
        r_.signals.add(logic.text("id"), signal);
        const auto type = logic.text("type", "static");
        if (type != "static") ++not_static_[std::string(type)];
        if (const auto offset_s = logic.number("offset", 0); std::abs(offset_s) < 1e9)
            signals_.offset.push_back(milliseconds(offset_s));
        else
            logic.refuse("offset", "is far too long", "seconds within the cycle");
        signals_.cycle.push_back(read_phases(logic, signal));
        r_.unread.attributes_but(logic, {"id", "type", "programID", "offset"});
    }

    void report(std::int64_t replaced) const {
        for (const auto& [type, count] : not_static_) r_.report.guessed(count, type + " signal programmes", "run by the lengths of their phases, as if static");
        r_.report.dropped(replaced, "signal programmes", "a later programme of the same signal counts");
        r_.report.dropped(empty_, "phases of no length", "they are never shown");
        r_.report.guessed(turn_on_red_, "signal states 's' (turn on red after stopping)", "taken as green that gives way");
    }

private:
    Duration read_phases(const Element& logic, SignalId signal) {
        Duration cycle{};
        std::size_t links = 0;
        for (const Element e : logic.children()) {
            if (e.name() != "phase") {
                r_.unread.element(e);
                continue;
            }
            r_.unread.attributes_but(e, {"duration", "state", "name", "minDur", "maxDur"});
            const Duration length = milliseconds(e.at_least(e.find("duration") ? "duration" : "minDur", 0));
            const auto state = e.text("state");
            if (links == 0) links = state.size();
            if (state.empty() || state.size() != links) e.refuse("state", "has another length than the phases before", "one letter per link");
            if (length <= Duration{0}) {
                ++empty_;
                continue;
            }
            phases_.signal.push_back(signal);
            phases_.duration.push_back(length);
            phases_.aspects.push_back(aspects(e, state));
            cycle += length;
        }
        if (cycle <= Duration{0}) logic.refuse("programID", "has no phase that lasts", "phases with a duration above 0");
        return cycle;
    }

    std::vector<Aspect> aspects(const Element& phase, std::string_view state) {
        std::vector<Aspect> shown;
        for (const char letter : state) {
            const auto a = aspect(letter);
            if (!a) phase.refuse("state", std::string("'") + letter + "' is no signal state", "letters of \"rugGyYsoO\"");
            shown.push_back(*a);
            turn_on_red_ += letter == 's';
        }
        return shown;
    }

    Reading& r_;
    Signals& signals_;
    SignalPhases& phases_;
    std::map<std::string, std::int64_t> not_static_;
    std::int64_t empty_ = 0, turn_on_red_ = 0;
};

}  // namespace

void Programmes::read(const Element& root) {
    for (const Element e : root.children())
        if (e.name() == "tlLogic") logics_.push_back(e);
}

void Programmes::finish(Reading& reading) {
    ByText<std::size_t> last;
    for (std::size_t i = 0; i < logics_.size(); ++i) last[std::string(logics_[i].text("id"))] = i;
    ProgrammeReader reader(reading);
    ByText<bool> done;                         // signals in the order in which they first stand in the files
    for (const Element& logic : logics_)
        if (done.emplace(std::string(logic.text("id")), true).second) reader.read(logics_[last.find(logic.text("id"))->second]);
    reader.report(static_cast<std::int64_t>(logics_.size() - last.size()));
}

}  // namespace shahr::sumo
