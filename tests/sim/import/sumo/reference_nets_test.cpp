// SUMO's own networks, where the test data lie: nothing of them is lost on the way.
#include <filesystem>

#include "tests/sim/import/sumo/crafted.h"

namespace shahr {
namespace {

std::size_t occurrences(const std::string& text, const std::string& word) {
    std::size_t n = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) ++n;
    return n;
}

class SumoReference : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(data_)) GTEST_SKIP() << "no test data: set SHAHR_TEST_DATA to the folder that holds traffic/";
    }
    std::filesystem::path data_ = std::filesystem::path(SHAHR_TEST_DATA) / "traffic";
};

void expect_complete(const std::filesystem::path& net) {
    ImportReport report;
    const RoadNetwork network = import_sumo({net, {}, {}}, report).network;
    const std::string text = bytes_of(net);
    const std::size_t internal = occurrences(text, "<edge id=\":");
    EXPECT_EQ(network.roads.id.size(), occurrences(text, "<edge ") - internal);
    EXPECT_EQ(network.lanes.id.size(), occurrences(text, "<lane ") - occurrences(text, "<lane id=\":"));
    EXPECT_EQ(network.junctions.id.size(), occurrences(text, "<junction ") - occurrences(text, "<junction id=\":"));
    EXPECT_EQ(network.movements.from_lane.size(), occurrences(text, "<connection ") - occurrences(text, "<connection from=\":"));
    EXPECT_EQ(network.signals.id.size(), occurrences(text, "<tlLogic "));
    EXPECT_EQ(network.signal_phases.duration.size(), occurrences(text, "<phase "));
    const auto waiting = [&](MovementId m) { return network.movements.wait_m[m] > 0; };
    std::size_t splits = 0;
    for (const MovementId m : rows(network.movements.from_lane)) splits += waiting(m);
    EXPECT_EQ(splits, occurrences(text, "cont=\"1\""));
}

TEST_F(SumoReference, NothingOfTheNetworksIsLost) {
    expect_complete(data_ / "small5x5" / "grid5.net.xml");
    expect_complete(data_ / "mid20x20" / "grid20.net.xml");
    for (const char* physics : {"priority", "satflow", "spillback", "merge"}) expect_complete(data_ / "physics" / physics / "net.net.xml");
    expect_complete(data_ / "physics" / "ring" / "ring.net.xml");
}

TEST_F(SumoReference, NoVehicleIsLost) {
    ImportReport report;
    const City small = import_sumo({data_ / "small5x5" / "grid5.net.xml", {data_ / "small5x5" / "grid5.rou.xml"}, {}}, report);
    EXPECT_EQ(small.trips.id.size(), occurrences(bytes_of(data_ / "small5x5" / "grid5.rou.xml"), "<vehicle "));
    const City congested = import_sumo({data_ / "small5x5" / "grid5.net.xml", {data_ / "congested5x5" / "routes.rou.xml.gz"}, {}}, report);
    EXPECT_EQ(congested.trips.id.size(), 9000u);
    const City mid = import_sumo({data_ / "mid20x20" / "grid20.net.xml", {data_ / "mid20x20" / "grid20_20k.rou.xml.gz"}, {}}, report);
    EXPECT_EQ(mid.trips.id.size(), 20000u);
}

}  // namespace
}  // namespace shahr
