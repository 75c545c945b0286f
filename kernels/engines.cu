#include "kernels/engines.h"

#include "kernels/power/engine.h"
#include "kernels/traffic/engine.h"

namespace shahr::SHAHR_BACKEND {

std::vector<std::unique_ptr<Engine>> make_engines(const City& city, std::span<const Member> members) {
    std::vector<std::unique_ptr<Engine>> engines;
    if (members.empty()) return engines;
    const auto bus = std::make_shared<Bus>();
    if (!city.power.buses.id.empty()) engines.push_back(std::make_unique<power::PowerEngine>(city, members, bus));
    if (!city.network.roads.id.empty() && members.front().scenario->traffic.trips != "none") engines.push_back(std::make_unique<traffic::TrafficEngine>(city, members));
    return engines;
}

}  // namespace shahr::SHAHR_BACKEND
