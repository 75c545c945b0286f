#include "sim/import/osm/graph.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shahr::osm {

double turn_angle(const Link& in, const Link& out) {
    const auto heading = [](Point a, Point b) { return std::atan2(b.y_m - a.y_m, b.x_m - a.x_m); };
    return std::remainder(heading(out.shape[0], out.shape[1]) - heading(in.shape[in.shape.size() - 2], in.shape.back()), 2 * std::numbers::pi);
}

void Graph::index_links() {
    in.assign(nodes.size(), {});
    out.assign(nodes.size(), {});
    for (std::size_t i = 0; i < links.size(); ++i) {
        if (!links[i].alive) continue;
        out[static_cast<std::size_t>(links[i].from)].push_back(static_cast<LinkRow>(i));
        in[static_cast<std::size_t>(links[i].to)].push_back(static_cast<LinkRow>(i));
    }
}

std::vector<NodeRow> Graph::neighbours(NodeRow n) const {
    std::vector<NodeRow> found;
    for (const LinkRow l : ins(n)) found.push_back(link(l).from);
    for (const LinkRow l : outs(n)) found.push_back(link(l).to);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

LinkRow Graph::onward(LinkRow in_link) const {
    LinkRow only = no_row;
    for (const LinkRow l : outs(link(in_link).to)) {
        if (l == link(in_link).opposite) continue;
        if (only != no_row) return no_row;
        only = l;
    }
    return only;
}

bool Graph::is_junction(NodeRow n) const {
    if (neighbours(n).size() > 2) return true;
    for (const LinkRow l : ins(n)) {
        int ways_on = 0;
        for (const LinkRow next : outs(n)) ways_on += next != link(l).opposite;
        if (ways_on > 1) return true;
    }
    for (const LinkRow l : outs(n)) {
        int ways_here = 0;
        for (const LinkRow before : ins(n)) ways_here += before != link(l).opposite;
        if (ways_here > 1) return true;
    }
    return false;
}

}  // namespace shahr::osm
