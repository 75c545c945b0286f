#include "kernels/engines.h"

#include <algorithm>

#include "kernels/building/engine.h"
#include "kernels/building/systems_engine.h"
#include "kernels/heat/engine.h"
#include "kernels/power/engine.h"
#include "kernels/traffic/engine.h"
#include "kernels/water/engine.h"
#include "kernels/weather/engine.h"

namespace shahr::SHAHR_BACKEND {

std::vector<std::unique_ptr<Engine>> make_engines(const City& city, std::span<const Member> members) {
    std::vector<std::unique_ptr<Engine>> engines;
    if (members.empty()) return engines;
    const auto bus = std::make_shared<Bus>();
    if (std::all_of(members.begin(), members.end(), [](const Member& member) { return member.weather != nullptr; })) {
        auto weather = std::make_unique<weather::WeatherEngine>(city, members, bus);
        const auto write = [writer = weather.get()](const Tick& tick) { writer->write(tick); };
        engines.push_back(std::move(weather));
        if (!city.envelopes.zones.id.empty()) engines.push_back(std::make_unique<building::BuildingEngine>(city, members, bus, write));
        if (!city.envelopes.zones.id.empty() && !city.services.systems.building.empty()) engines.push_back(std::make_unique<building::SystemsEngine>(city, members, bus));
    }
    if (!city.power.buses.id.empty()) engines.push_back(std::make_unique<power::PowerEngine>(city, members, bus));
    if (!city.heat.nodes.id.empty()) engines.push_back(heat::make_heat_engine(city, members, bus));
    if (!city.network.roads.id.empty() && members.front().scenario->traffic.trips != "none") engines.push_back(std::make_unique<traffic::TrafficEngine>(city, members));
    if (!city.water.nodes.id.empty()) engines.push_back(std::make_unique<water::WaterEngine>(city, members, bus));
    return engines;
}

}  // namespace shahr::SHAHR_BACKEND
