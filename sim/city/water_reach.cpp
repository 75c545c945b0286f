#include "sim/city/water_reach.h"

#include <utility>

namespace shahr {

std::vector<std::uint8_t> joined_to_a_source(const WaterNetwork& net, std::span<const std::uint8_t> shut) {
    std::vector<std::vector<std::int32_t>> around(net.nodes.id.size());
    for (const WaterLinkId link : rows(net.links.id)) {
        if (shut[row(link)]) continue;
        around[row(net.links.from[link])].push_back(number(net.links.to[link]));
        around[row(net.links.to[link])].push_back(number(net.links.from[link]));
    }
    std::vector<std::uint8_t> joined(around.size(), 0);
    std::vector<std::int32_t> open;
    for (const WaterNodeId node : rows(net.nodes.id))
        if (net.nodes.kind[node] != WaterNodeKind::junction) joined[row(node)] = 1, open.push_back(number(node));
    while (!open.empty()) {
        const auto from = static_cast<std::size_t>(open.back());
        open.pop_back();
        for (const std::int32_t to : around[from])
            if (!std::exchange(joined[static_cast<std::size_t>(to)], std::uint8_t{1})) open.push_back(to);
    }
    return joined;
}

}  // namespace shahr
