#include "sim/city/water_segments.h"

#include <algorithm>

namespace shahr {
namespace {

class Segment {
public:
    explicit Segment(const WaterNetwork& net) : net_(net), at_node_(net.nodes.id.size()), has_link_(net.links.id.size(), 0), has_node_(net.nodes.id.size(), 0) {
        for (const WaterLinkId link : rows(net.links.id)) {
            at_node_[row(net.links.from[link])].push_back(link);
            at_node_[row(net.links.to[link])].push_back(link);
        }
    }
    WaterSegment around(WaterLinkId first) {
        take(first);
        while (!open_.empty()) {
            const WaterLinkId link = open_.back();
            open_.pop_back();
            if (!can_be_shut(link, net_.links.from[link])) enter(net_.links.from[link]);
            if (!can_be_shut(link, net_.links.to[link])) enter(net_.links.to[link]);
        }
        for (const WaterNodeId node : found_.nodes)
            for (const WaterLinkId link : at_node_[row(node)])
                if (!has_link_[row(link)]) has_link_[row(link)] = 1, found_.links.push_back(link);
        std::sort(found_.links.begin(), found_.links.end());
        std::sort(found_.nodes.begin(), found_.nodes.end());
        return found_;
    }

private:
    bool can_be_shut(WaterLinkId link, WaterNodeId end) const {
        if (net_.links.kind[link] != WaterLinkKind::pipe || net_.nodes.kind[end] != WaterNodeKind::junction) return true;
        return (net_.links.from[link] == end ? net_.links.valve_from : net_.links.valve_to)[link] != 0;
    }
    void take(WaterLinkId link) {
        if (has_link_[row(link)]) return;
        has_link_[row(link)] = 1;
        found_.links.push_back(link);
        open_.push_back(link);
    }
    void enter(WaterNodeId node) {
        if (has_node_[row(node)]) return;
        has_node_[row(node)] = 1;
        found_.nodes.push_back(node);
        for (const WaterLinkId link : at_node_[row(node)])
            if (!can_be_shut(link, node)) take(link);
    }

    const WaterNetwork& net_;
    std::vector<std::vector<WaterLinkId>> at_node_;
    std::vector<std::uint8_t> has_link_, has_node_;
    std::vector<WaterLinkId> open_;
    WaterSegment found_;
};

}  // namespace

WaterSegment segment_of(const WaterNetwork& net, WaterLinkId link) {
    return Segment(net).around(link);
}

}  // namespace shahr
