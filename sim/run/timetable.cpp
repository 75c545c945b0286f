#include "sim/run/timetable.h"

#include <algorithm>
#include <type_traits>
#include <tuple>

namespace shahr {
namespace {

using namespace std::chrono_literals;

bool acts_during_the_run(const Intervention& intervention) {
    const auto& change = intervention.change;
    return !std::holds_alternative<ScaleDemand>(change) && !std::holds_alternative<Retrofit>(change) && !std::holds_alternative<ChangeShares>(change);
}

void add_span(std::vector<Switch>& switches, std::size_t i, Duration on, Duration off, Duration begin, Duration end) {
    if (off <= begin || on >= end || off <= on) return;
    switches.push_back({std::max(on, begin), i, true});
    if (off < end) switches.push_back({off, i, false});
}

}  // namespace

std::vector<Switch> timetable(std::span<const Intervention> interventions, Duration begin, Duration end) {
    std::vector<Switch> switches;
    for (std::size_t i = 0; i < interventions.size(); ++i) {
        const Intervention& it = interventions[i];
        if (!acts_during_the_run(it)) continue;
        if (!it.daily) {
            add_span(switches, i, it.begin, it.end, begin, end);
            continue;
        }
        // From the day before: a span over midnight holds in the first morning as well.
        for (Duration day = -24h; it.begin + day < end; day += 24h) add_span(switches, i, it.begin + day, it.end + day, begin, end);
    }
    // A daily span that ends as it begins again is switched off first.
    const auto key = [](const Switch& s) { return std::tuple(s.at, s.intervention, s.on); };
    std::sort(switches.begin(), switches.end(), [&](const Switch& a, const Switch& b) { return key(a) < key(b); });
    return switches;
}

EngineId engine_of(const Intervention& intervention) {
    const auto engine = []<class T>(const T&) {
        if (std::is_same_v<T, ShiftWeather>) return EngineId::weather;
        if (std::is_same_v<T, TripBranch> || std::is_same_v<T, CloseBranch>) return EngineId::power;
        if (std::is_same_v<T, CloseWaterLink> || std::is_same_v<T, BurstPipe> || std::is_same_v<T, ScaleWaterDemand>) return EngineId::water;
        if (std::is_same_v<T, SetHeatPlant> || std::is_same_v<T, CloseHeatLink>) return EngineId::heat;
        return EngineId::traffic;
    };
    return std::visit(engine, intervention.change);
}

}  // namespace shahr
