// Small SUMO files written by hand: a main street west-east that a side street meets from the south.
#pragma once
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "sim/base/error.h"
#include "sim/import/sumo_import.h"
#include "tests/sim/base/scratch.h"

namespace shahr {

// The side street's left turn (sc -> cw) goes through an internal junction 4 m in; everybody else goes straight through.
// Links along incLanes: 0 sc->ce right, 1 sc->cw left, 2 ec->cw straight, 3 wc->ce straight.
struct CraftedNet {
    std::string junction_type = "priority";
    std::string requests = R"(
        <request index="0" response="1000" foes="1000" cont="0"/>
        <request index="1" response="1100" foes="1100" cont="1"/>
        <request index="2" response="0000" foes="0010" cont="0"/>
        <request index="3" response="0000" foes="0011" cont="0"/>)";
    std::string side_lane = R"(<lane id="sc_0" index="0" speed="8.33" length="92.80" shape="101.60,0.00 101.60,92.80"/>)";
    std::string signal;                        // attributes of each connection: ' tl="c" linkIndex="%"', % its number
    std::string more;                          // further elements, before the junctions

    std::string link(int index, const std::string& rest) const {
        std::string tl = signal;
        if (const auto at = tl.find('%'); at != std::string::npos) tl.replace(at, 1, std::to_string(index));
        return "<connection " + rest + tl + "/>\n";
    }
    std::string text() const {
        return R"(<?xml version="1.0" encoding="UTF-8"?>
<net version="1.9">
<location netOffset="10.00,20.00" projParameter="!"/>
<edge id=":c_0" function="internal"><lane id=":c_0_0" index="0" speed="5" length="6.00" shape="101.60,92.80 107.20,98.40"/></edge>
<edge id=":c_1" function="internal"><lane id=":c_1_0" index="0" speed="6" length="4.00" shape="101.60,92.80 101.60,96.80"/></edge>
<edge id=":c_4" function="internal"><lane id=":c_4_0" index="0" speed="6" length="10.00" shape="101.60,96.80 96.00,101.60"/></edge>
<edge id=":c_2" function="internal"><lane id=":c_2_0" index="0" speed="13.89" length="11.20" shape="107.20,101.60 96.00,101.60"/></edge>
<edge id=":c_3" function="internal"><lane id=":c_3_0" index="0" speed="13.89" length="11.20" shape="96.00,98.40 107.20,98.40"/></edge>
)" + more + R"(
<junction id="c" type=")" + junction_type + R"(" x="100" y="100" incLanes="sc_0 ec_0 wc_0" intLanes=":c_0_0 :c_4_0 :c_2_0 :c_3_0">)" + requests + R"(
</junction>
<junction id="e" type="dead_end" x="200" y="100" incLanes="ce_0" intLanes=""/>
<junction id="w" type="dead_end" x="0" y="100" incLanes="cw_0" intLanes=""/>
<junction id="s" type="dead_end" x="100" y="0" incLanes="" intLanes=""/>
<junction id=":c_4_0" type="internal" x="101" y="96" incLanes=":c_1_0 ec_0" intLanes=":c_2_0 :c_3_0"/>
<edge id="sc" from="s" to="c" priority="1" name="Side Street">)" + side_lane + R"(</edge>
<edge id="ec" from="e" to="c" priority="10" type="highway.primary"><lane id="ec_0" index="0" speed="13.89" length="92.80" shape="200.00,101.60 107.20,101.60"/></edge>
<edge id="wc" from="w" to="c" priority="10"><lane id="wc_0" index="0" speed="13.89" length="96.00" shape="0.00,98.40 96.00,98.40"/></edge>
<edge id="ce" from="c" to="e" priority="10"><lane id="ce_0" index="0" speed="13.89" length="92.80" shape="107.20,98.40 200.00,98.40"/></edge>
<edge id="cw" from="c" to="w" priority="10"><lane id="cw_0" index="0" speed="13.89" length="96.00" shape="96.00,101.60 0.00,101.60"/></edge>
)" + link(0, R"(from="sc" to="ce" fromLane="0" toLane="0" via=":c_0_0" dir="r" state="m")") +
               link(1, R"(from="sc" to="cw" fromLane="0" toLane="0" via=":c_1_0" dir="l" state="m")") +
               link(2, R"(from="ec" to="cw" fromLane="0" toLane="0" via=":c_2_0" dir="s" state="M")") +
               link(3, R"(from="wc" to="ce" fromLane="0" toLane="0" via=":c_3_0" dir="s" state="M")") + R"(
<connection from=":c_0" to="ce" fromLane="0" toLane="0" dir="r" state="M"/>
<connection from=":c_1" to="cw" fromLane="0" toLane="0" via=":c_4_0" dir="l" state="m"/>
<connection from=":c_4" to="cw" fromLane="0" toLane="0" dir="l" state="M"/>
<connection from=":c_2" to="cw" fromLane="0" toLane="0" dir="s" state="M"/>
<connection from=":c_3" to="ce" fromLane="0" toLane="0" dir="s" state="M"/>
</net>
)";
    }
};

struct Imported {
    City city;
    ImportReport report;

    std::int64_t count(const std::string& what) const {
        for (const auto& line : report.lines)
            if (line.what == what) return line.count;
        return 0;
    }
    MovementId movement(const std::string& from_lane, const std::string& to_lane) const {
        const auto& n = city.network;
        for (const MovementId m : rows(n.movements.from_lane))
            if (n.lanes.id[n.movements.from_lane[m]] == from_lane && n.lanes.id[n.movements.to_lane[m]] == to_lane) return m;
        return none<MovementId>;
    }
    ConflictId conflict(MovementId movement, MovementId foe) const {
        for (const ConflictId c : city.network.conflicts_of()[movement])
            if (city.network.conflicts.foe[c] == foe) return c;
        return none<ConflictId>;
    }
    TripId trip(const std::string& id) const {
        for (const TripId t : rows(city.trips.id))
            if (city.trips.id[t] == id) return t;
        return none<TripId>;
    }
    RoadId road(const std::string& id) const {
        for (const RoadId r : rows(city.network.roads.id))
            if (city.network.roads.id[r] == id) return r;
        return none<RoadId>;
    }
};

// Writes the texts as files named net.xml, rou.xml and add.xml, and imports them. An empty text is no file.
inline Imported import_text(const std::string& net, const std::string& routes = "", const std::string& additional = "") {
    const Scratch folder;
    SumoFiles files{folder / "net.xml", {}, {}};
    std::ofstream(files.net) << net;
    if (!routes.empty()) std::ofstream(files.routes.emplace_back(folder / "rou.xml")) << routes;
    if (!additional.empty()) std::ofstream(files.additional.emplace_back(folder / "add.xml")) << additional;
    Imported imported;
    imported.city = import_sumo(files, imported.report);
    return imported;
}

// What the import says against the texts, without the folder's name; "" if nothing.
inline std::string complaint(const std::string& net, const std::string& routes = "", const std::string& additional = "") {
    try {
        import_text(net, routes, additional);
    } catch (const InputError& e) {
        const std::string text = e.what();
        const auto slash = text.rfind('/', text.find(".xml"));
        return slash == std::string::npos ? text : text.substr(slash + 1);
    }
    return "";
}

}  // namespace shahr
