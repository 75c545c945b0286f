#include "kernels/engines.h"

#include "kernels/traffic/engine.h"

namespace shahr::SHAHR_BACKEND {

std::vector<std::unique_ptr<Engine>> make_engines(const City& city, std::span<const Member> members) {
    std::vector<std::unique_ptr<Engine>> engines;
    if (members.empty()) return engines;
    if (!city.network.roads.id.empty() && members.front().scenario->traffic.trips != "none") engines.push_back(std::make_unique<traffic::TrafficEngine>(city, members));
    return engines;
}

}  // namespace shahr::SHAHR_BACKEND
