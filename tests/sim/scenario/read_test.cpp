// Scenario files that are right, and what becomes of them.
#include "sim/scenario/read.h"

#include <gtest/gtest.h>

#include <fstream>

#include "sim/base/error.h"

namespace shahr {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

// A folder with a few scenario files and a city file that is never opened.
class ScenarioFiles : public testing::Test {
protected:
    ScenarioFiles() : folder_(fs::temp_directory_path() / ("shahr_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {
        fs::remove_all(folder_);
        fs::create_directories(folder_ / "sub");
        write("town.h5", "");
    }
    ~ScenarioFiles() override { fs::remove_all(folder_); }
    fs::path write(const fs::path& name, std::string_view text) const {
        std::ofstream(folder_ / name) << text;
        return folder_ / name;
    }
    fs::path folder_;
};

constexpr std::string_view base_text = R"(
title  = "A morning"
city   = "town.h5"
start  = "2026-03-10 06:00"
length = "4h"
[traffic]
step = "0.5s"
[[close_road]]
name  = "Long Street"
begin = "07:00"
end   = "10:00"
label = "works"
[[set_speed]]
id    = "way/123"
speed = "36 km/h"
begin = "22:00"
end   = "05:00"
daily = true
)";

using Read = ScenarioFiles;

TEST_F(Read, ReadsEveryKey) {
    const Scenario s = read_scenario(write("a.toml", R"(
title = "t"
city = "town.h5"
start = 2026-03-10T06:30:00
length = "90min"
seed = 7
record_every = "1min"
[traffic]
step = "500ms"
reroute_every = "3min"
reroute_share = 1
trips = "given"
[demand]
population = 25000
trips_per_person = 2.5
car_share = 0.3
scale = 1.5
span = "1h"
)"));
    EXPECT_EQ(s.title, "t");
    EXPECT_EQ(s.city, (folder_ / "town.h5").string());
    EXPECT_EQ(s.first_day, std::chrono::sys_days{std::chrono::year{2026} / 3 / 10});
    EXPECT_EQ(s.start, 6h + 30min);
    EXPECT_EQ(s.length, 90min);
    EXPECT_EQ(s.seed, 7u);
    EXPECT_EQ(s.record_every, 1min);
    EXPECT_EQ(s.traffic.step, 500ms);
    EXPECT_EQ(s.traffic.reroute_every, 3min);
    EXPECT_EQ(s.traffic.reroute_share, 1);
    EXPECT_EQ(s.traffic.trips, "given");
    EXPECT_EQ(s.demand.population, 25000);
    EXPECT_EQ(s.demand.trips_per_person, 2.5);
    EXPECT_EQ(s.demand.car_share, 0.3);
    EXPECT_EQ(s.demand.scale, 1.5);
    EXPECT_EQ(s.demand.span, 1h);
    EXPECT_FALSE(s.until_idle);
}

TEST_F(Read, InterventionsStandInTheOrderOfTheLines) {
    const Scenario s = read_scenario(write("a.toml", base_text));
    ASSERT_EQ(s.interventions.size(), 2u);
    const Intervention& close = s.interventions[0];
    EXPECT_EQ(std::get<CloseRoad>(close.change).address.name, "Long Street");
    EXPECT_EQ(close.begin, 7h);
    EXPECT_EQ(close.end, 10h);
    EXPECT_EQ(close.label, "works");
    EXPECT_EQ(close.where, (folder_ / "a.toml").string() + ":8");
    const Intervention& slow = s.interventions[1];
    EXPECT_EQ(slow.order, 1);
    EXPECT_DOUBLE_EQ(std::get<SetSpeedLimit>(slow.change).speed_limit_mps, 10);
    EXPECT_TRUE(slow.daily);
    EXPECT_EQ(slow.end, 29h);                  // over midnight
}

TEST_F(Read, AnOverlayAppendsReplacesAndRemoves) {
    write("base.toml", base_text);
    const Scenario s = read_scenario(write("sub/over.toml", R"(
base = "../base.toml"
length = "2h"
remove = "works"
[[scale_demand]]
factor = 0.5
[traffic]
reroute_share = 0.25
)"));
    EXPECT_EQ(s.title, "A morning");
    EXPECT_EQ(s.length, 2h);
    EXPECT_EQ(s.traffic.step, 500ms);
    EXPECT_EQ(s.traffic.reroute_share, 0.25);
    EXPECT_TRUE(fs::equivalent(s.city, folder_ / "town.h5"));
    ASSERT_EQ(s.interventions.size(), 2u);
    EXPECT_TRUE(std::holds_alternative<SetSpeedLimit>(s.interventions[0].change));
    EXPECT_EQ(std::get<ScaleDemand>(s.interventions[1].change).factor, 0.5);
}

TEST_F(Read, SetsOverrideAndNeedNoQuotes) {
    const std::string town = "city=" + (folder_ / "town.h5").string();
    const std::vector<std::string> sets = {"length=90s", "traffic.step=\"1s\"", "demand.scale=2", "title=007", "start=2026-03-11 07:15", town};
    const Scenario s = read_scenario(write("a.toml", base_text), sets);
    EXPECT_EQ(s.length, 90s);
    EXPECT_EQ(s.traffic.step, 1s);
    EXPECT_EQ(s.demand.scale, 2);
    EXPECT_EQ(s.title, "007");
    EXPECT_EQ(s.start, 7h + 15min);
}

TEST_F(Read, TheTextGivesTheSameRunAndTheSameText) {
    write("base.toml", base_text);
    const std::vector<std::string> sets = {"seed=3", "demand.car_share=0.3"};
    const Scenario s = read_scenario(write("sub/over.toml", "base = \"../base.toml\"\ntitle = \"with \\\"quotes\\\"\"\n[[scale_demand]]\nfactor = 0.3\narea = [[76.9, 43.2], [77.0, 43.2], [77, 43.3]]\n"), sets);
    const Scenario again = read_scenario_text(s.text, folder_ / "sub/copy.toml");
    EXPECT_EQ(again.text, s.text);
    EXPECT_EQ(again.title, s.title);
    EXPECT_EQ(again.seed, 3u);
    EXPECT_EQ(again.demand.car_share, 0.3);
    EXPECT_TRUE(fs::equivalent(again.city, s.city));
    ASSERT_EQ(again.interventions.size(), s.interventions.size());
    for (std::size_t i = 0; i < s.interventions.size(); ++i) {
        EXPECT_EQ(again.interventions[i].begin, s.interventions[i].begin);
        EXPECT_EQ(again.interventions[i].end, s.interventions[i].end);
        EXPECT_EQ(again.interventions[i].change.index(), s.interventions[i].change.index());
    }
    EXPECT_EQ(std::get<ScaleDemand>(again.interventions[2].change).area, std::get<ScaleDemand>(s.interventions[2].change).area);
    EXPECT_EQ(s.text.find(folder_.string()), std::string::npos) << "no path of this machine in the record";
}

TEST_F(Read, TextMayBeOfAnyLanguage) {
    const Scenario s = read_scenario(write("a.toml", "city = \"town.h5\" # город\nlength = \"1h\"\ntitle = \"Утро \\\" в городе\"\n[[close_road]]\nname = 'Абай даңғылы'\n"));
    EXPECT_EQ(s.title, "Утро \" в городе");
    EXPECT_EQ(std::get<CloseRoad>(s.interventions[0].change).address.name, "Абай даңғылы");
}

TEST_F(Read, RecordEveryStepAndAtMultiplesOfTheStep) {
    const std::string head = "city = \"town.h5\"\nlength = \"1h\"\n";
    EXPECT_EQ(read_scenario(write("a.toml", head + "record_every = \"step\"\n[traffic]\nstep = \"0.5s\"")).record_every, 0ms);
    EXPECT_EQ(read_scenario(write("a.toml", head)).record_every, 5min);
}

TEST_F(Read, WithoutALengthGivenTripsEndTheRun) {
    const Scenario s = read_scenario(write("a.toml", "city = \"town.h5\"\n[traffic]\ntrips = \"given\""));
    EXPECT_TRUE(s.until_idle);
    EXPECT_EQ(s.first_day, std::chrono::sys_days{std::chrono::year{2000} / 1 / 1});
}

City two_streets() {
    City city;
    Roads& roads = city.network.roads;
    roads.id = {"way/12:1-2", "way/12:2-1", "way/123:2-3", "edge7"};
    roads.name = {"Long Street", "Long Street", "Mill Lane", ""};
    city.places.id = {"way/9"};
    city.places.name = {"Old Town"};
    city.places.is_area = {1};
    const std::vector<Point> ring = {{0, 0}, {10, 0}, {10, 10}, {0, 0}};
    city.places.outline.push_back(ring);
    return city;
}

std::vector<RoadId> closed_roads(std::string_view address) {
    Scenario s;
    const bool id = address.starts_with("id:");
    RoadAddress to{id ? "" : std::string(address), id ? std::string(address.substr(3)) : ""};
    s.interventions.push_back({"", "x.toml:1", 0, 0s, 1h, false, CloseRoad{{}, to}});
    fit_to_city(s, two_streets());
    return std::get<CloseRoad>(s.interventions[0].change).roads;
}

TEST(FitToCity, ANameOrAWayIsAllItsRoads) {
    EXPECT_EQ(closed_roads("Long Street"), (std::vector{RoadId{0}, RoadId{1}}));
    EXPECT_EQ(closed_roads("id:way/12"), (std::vector{RoadId{0}, RoadId{1}}));
    EXPECT_EQ(closed_roads("id:way/123:2-3"), (std::vector{RoadId{2}}));
    EXPECT_EQ(closed_roads("id:edge7"), (std::vector{RoadId{3}}));
}

std::string message(auto&& f) {
    try {
        f();
    } catch (const InputError& e) {
        return e.what();
    }
    return "";
}

TEST(FitToCity, AnUnknownNameGetsASuggestion) {
    EXPECT_EQ(message([] { closed_roads("Long Stret"); }), "x.toml:1: name = \"Long Stret\" (no such road in the city) did you mean \"Long Street\"?");
    EXPECT_EQ(message([] { closed_roads("id:way/13"); }), "x.toml:1: id = \"way/13\" (no such road in the city) did you mean \"way/12\"?");
}

TEST(FitToCity, APlaceIsItsOutline) {
    Scenario s;
    ScaleDemand change{2};
    change.place = "Old Town";
    s.interventions.push_back({"", "x.toml:1", 0, 0s, 1h, false, change});
    fit_to_city(s, two_streets());
    EXPECT_EQ(std::get<ScaleDemand>(s.interventions[0].change).area.size(), 4u);
    std::get<ScaleDemand>(s.interventions[0].change).place = "Old Twon";
    EXPECT_EQ(message([&] { fit_to_city(s, two_streets()); }), "x.toml:1: place = \"Old Twon\" (no such mapped area in the city) did you mean \"Old Town\"?");
}

}  // namespace
}  // namespace shahr
