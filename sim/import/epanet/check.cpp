// What only the whole network shows: sources, nodes without links, parts without a source.
#include <fmt/format.h>

#include <numeric>

#include "sim/base/error.h"
#include "sim/import/epanet/parts.h"

namespace shahr::epanet {
namespace {

void require_links(const Reader& r) {
    std::vector<std::uint8_t> touched(r.net.nodes.id.size(), 0);
    for (const WaterLinkId link : rows(r.net.links.id))
        for (const WaterNodeId node : {r.net.links.from[link], r.net.links.to[link]}) touched[row(node)] = 1;
    for (const WaterNodeId node : rows(r.net.nodes.id)) {
        if (touched[row(node)]) continue;
        const std::string_view section = r.net.nodes.kind[node] == WaterNodeKind::junction ? "JUNCTIONS" : r.net.nodes.kind[node] == WaterNodeKind::tank ? "TANKS" : "RESERVOIRS";
        r.text.fail(*r.line_of_node.at(number(node)), section, fmt::format("'{}' (no link leads to it) a pipe, pump or valve to it", r.net.nodes.id[node]));
    }
}

// Every junction must be joined to a reservoir or a tank by links, open or closed: without one its head means nothing.
void require_source_everywhere(const Reader& r) {
    const WaterNodes& n = r.net.nodes;
    std::vector<std::int32_t> part(n.id.size());
    std::iota(part.begin(), part.end(), 0);
    const auto root = [&](std::int32_t v) {
        while (part[static_cast<std::size_t>(v)] != v) v = part[static_cast<std::size_t>(v)] = part[static_cast<std::size_t>(part[static_cast<std::size_t>(v)])];
        return v;
    };
    for (const WaterLinkId link : rows(r.net.links.id)) part[static_cast<std::size_t>(root(number(r.net.links.from[link])))] = root(number(r.net.links.to[link]));
    std::vector<std::uint8_t> fed(n.id.size(), 0);
    for (const WaterNodeId node : rows(n.id))
        if (n.kind[node] != WaterNodeKind::junction) fed[static_cast<std::size_t>(root(number(node)))] = 1;
    for (const WaterNodeId node : rows(n.id))
        if (!fed[static_cast<std::size_t>(root(number(node)))])
            r.text.fail(*r.line_of_node.at(number(node)), "JUNCTIONS", fmt::format("'{}' (its part of the network has no reservoir and no tank) a link to a source", n.id[node]));
}

}  // namespace

void check_network(const Reader& r) {
    const WaterNodes& n = r.net.nodes;
    if (n.id.size() < 2) throw InputError(fmt::format("{} (fewer than two nodes) junctions and a reservoir or tank", r.text.source()));
    bool source = false;
    for (const WaterNodeKind kind : n.kind) source = source || kind != WaterNodeKind::junction;
    if (!source) throw InputError(fmt::format("{} (no reservoir and no tank) a source of water", r.text.source()));
    require_links(r);
    require_source_everywhere(r);
}

}  // namespace shahr::epanet
