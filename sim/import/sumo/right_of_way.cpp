// Conflicts: who waits for whom inside a junction, from SUMO's request matrices.
//
// A junction's links are counted along incLanes, for each lane in the order of its connections. Request k says of link
// k which links it must let go first (`response`) and which it meets at all (`foes`); the last digit is link 0.
#include <algorithm>

#include "sim/base/polyline.h"
#include "sim/import/sumo/network.h"
#include "sim/import/sumo/values.h"

namespace shahr::sumo {
namespace {

constexpr double car_width_m = 1.8;            // SUMO's default

struct Conflict {
    MovementId movement, foe;
    bool yields, merges;
    double at_m, foe_at_m;
};

struct Request {
    std::string_view response, foes;
    static bool bit(std::string_view digits, std::size_t link) { return link < digits.size() && digits[digits.size() - 1 - link] == '1'; }
    bool yields_to(std::size_t link) const { return bit(response, link); }
    bool meets(std::size_t link) const { return bit(foes, link); }
};

class ConflictReader {
public:
    explicit ConflictReader(Reading& reading) : r_(reading), m_(reading.city.network.movements) {}

    void read(const Element& net) {
        for (const Element e : net.children())
            if (e.name() == "junction" && e.text("type") != "internal") read_junction(e);
        std::sort(found_.begin(), found_.end(), [](const Conflict& a, const Conflict& b) { return std::pair(a.movement, a.foe) < std::pair(b.movement, b.foe); });
        auto& conflicts = r_.city.network.conflicts;
        for (const Conflict& c : found_) {
            conflicts.movement.push_back(c.movement);
            conflicts.foe.push_back(c.foe);
            conflicts.yields.push_back(c.yields);
            conflicts.merges.push_back(c.merges);
            conflicts.at_m.push_back(static_cast<float>(c.at_m));
            conflicts.foe_at_m.push_back(static_cast<float>(c.foe_at_m));
        }
        r_.report.guessed(unruled_merges_, "pairs of connections into one lane of which no request speaks", "whoever comes first goes first");
        r_.report.dropped(side_by_side_, "pairs of foes that yield to nobody", "their paths stay more than a car's width apart");
        r_.report.dropped(misfits_, "right-of-way matrices", "they do not fit the junction's connections");
    }

private:
    void read_junction(const Element& junction) {
        const std::vector<MovementId> links = links_of(junction);
        std::vector<Request> requests(links.size());
        std::size_t count = 0;
        bool fits = true;
        for (const Element e : junction.children()) {
            if (e.name() != "request") {
                r_.unread.element(e);
                continue;
            }
            const auto k = static_cast<std::size_t>(e.index("index"));
            ++count;
            if (k < links.size())
                requests[k] = {e.text("response"), e.text("foes")};
            else
                fits = false;
        }
        if (count > 0 && (!fits || count != links.size())) {
            ++misfits_;
            std::fill(requests.begin(), requests.end(), Request{});
        }
        for (std::size_t i = 0; i < links.size(); ++i)
            for (std::size_t k = i + 1; k < links.size(); ++k)
                if (is_some(links[i]) && is_some(links[k])) add_pair(links[i], links[k], requests[i], requests[k], i, k);
    }

    std::vector<MovementId> links_of(const Element& junction) const {
        std::vector<MovementId> links;
        for (const auto lane : words(junction.text("incLanes", "")))
            if (const auto found = r_.links.find(lane); found != r_.links.end()) links.insert(links.end(), found->second.begin(), found->second.end());
        return links;
    }

    void add_pair(MovementId a, MovementId b, const Request& of_a, const Request& of_b, std::size_t i, std::size_t k) {
        const bool merges = m_.to_lane[a] == m_.to_lane[b] && m_.from_lane[a] != m_.from_lane[b];
        const bool a_yields = of_a.yields_to(k), b_yields = of_b.yields_to(i);
        const bool meet = of_a.meets(k) || of_b.meets(i) || a_yields || b_yields;
        if (!meet && !merges) return;
        unruled_merges_ += !meet;
        const Meeting at = merges ? Meeting{m_.length_m[a], m_.length_m[b], 0} : driven_meeting(a, b);
        if (at.gap_m > car_width_m && !a_yields && !b_yields) {
            ++side_by_side_;
            return;
        }
        found_.push_back({a, b, a_yields, merges, at.at_m, at.other_at_m});
        found_.push_back({b, a, b_yields, merges, at.other_at_m, at.at_m});
    }

    // In driven metres: SUMO's lane lengths may differ from those of their shapes.
    Meeting driven_meeting(MovementId a, MovementId b) const {
        const auto driven = [&](MovementId m) {
            const double drawn_m = length(m_.shape[m]);
            return drawn_m > 0 ? m_.length_m[m] / drawn_m : 0;
        };
        const Meeting drawn = meeting(m_.shape[a], m_.shape[b]);
        return {drawn.at_m * driven(a), drawn.other_at_m * driven(b), drawn.gap_m};
    }

    Reading& r_;
    const Movements& m_;
    std::vector<Conflict> found_;
    std::int64_t unruled_merges_ = 0, misfits_ = 0, side_by_side_ = 0;
};

// SUMO keeps every connection clear that meets another, unless it says keepClear="false"; here the junction decides.
void keep_clear(const Element& net, Reading& reading) {
    auto& network = reading.city.network;
    for (const MovementId m : network.conflicts.movement) network.junctions.keep_clear[network.movements.junction[m]] = 1;
    std::int64_t open = 0;
    for (const Element e : net.children()) {
        if (e.name() != "connection" || e.flag("keepClear", true)) continue;
        ++open;
        if (const RoadId from = reading.roads.find(e.text("from")); is_some(from)) network.junctions.keep_clear[network.roads.to[from]] = 0;
    }
    if (open > 0) reading.report.guessed(open, "connections with keepClear=\"false\"", "their junction as a whole may be blocked");
}

}  // namespace

void read_right_of_way(const Element& net, Reading& reading) {
    ConflictReader(reading).read(net);
    keep_clear(net, reading);
}

}  // namespace shahr::sumo
