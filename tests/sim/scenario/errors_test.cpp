// Every mistake in a scenario, and the sentence it gets.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/base/error.h"
#include "sim/scenario/read.h"

namespace shahr {
namespace {

namespace fs = std::filesystem;

struct Mistake {
    const char* name;
    std::string_view lines;                    // after "city = ..." on line 1 and "length = ..." on line 2
    std::string_view sentence;
};

void PrintTo(const Mistake& m, std::ostream* os) {
    *os << m.name;
}

class Mistakes : public testing::TestWithParam<Mistake> {
protected:
    static std::string message_of(std::string_view lines, std::vector<std::string> sets = {}) {
        const std::string city = (fs::path(SHAHR_SOURCE_DIR) / "README.md").string();   // any file that is there
        try {
            read_scenario_text("city = \"" + city + "\"\nlength = \"1h\"\n" + std::string(lines), "s.toml", sets);
        } catch (const InputError& e) {
            return e.what();
        }
        return "no error";
    }
};

TEST_P(Mistakes, GetASentence) {
    EXPECT_EQ(message_of(GetParam().lines), GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(All, Mistakes, testing::Values(
    Mistake{"UnknownKey", "sead = 1", "s.toml:3: sead = 1 (no such key) did you mean \"seed\"?"},
    Mistake{"UnknownTableKey", "[traffic]\nstpe = \"1s\"", "s.toml:4: traffic.stpe = \"1s\" (no such key) did you mean \"traffic.step\"?"},
    Mistake{"MisspeltTable", "[trafic]\nstep = \"1s\"", "s.toml:4: trafic.step = \"1s\" (no such key) did you mean \"traffic.step\"?"},
    Mistake{"KeyInTheWrongTable", "[demand]\nseed = 1", "s.toml:4: demand.seed = 1 (no such key) did you mean \"seed\"?"},
    Mistake{"NegativeDuration", "record_every = \"-5min\"", "s.toml:3: record_every = \"-5min\" (a negative duration) 1ms or more"},
    Mistake{"DurationWithoutUnit", "record_every = 300", "s.toml:3: record_every = 300 (no unit) a number with a unit, as \"4h\", \"5min\", \"90s\", \"1d\""},
    Mistake{"NoDuration", "record_every = \"soon\"", "s.toml:3: record_every = \"soon\" (not a duration) a number with a unit, as \"4h\", \"5min\", \"90s\", \"1d\""},
    Mistake{"RecordBetweenSteps", "record_every = \"1500ms\"", "s.toml:3: record_every = \"1500ms\" (not a multiple of the traffic's step, 1s) \"step\", or a multiple of 1s"},
    Mistake{"NoTime", "start = \"tomorrow\"", "s.toml:3: start = \"tomorrow\" (not a time) \"07:00\", or with a date \"2026-03-10 07:00\""},
    Mistake{"NoSuchDay", "start = \"2026-02-30 06:00\"", "s.toml:3: start = \"2026-02-30 06:00\" (not a time) \"07:00\", or with a date \"2026-03-10 07:00\""},
    Mistake{"NegativeSeed", "seed = -1", "s.toml:3: seed = -1 (negative) 0 or more"},
    Mistake{"SeedInQuotes", "seed = \"1\"", "s.toml:3: seed = \"1\" (not a whole number) a whole number, without quotes"},
    Mistake{"ShareAboveOne", "[traffic]\nreroute_share = 1.5", "s.toml:4: traffic.reroute_share = 1.5 (too large) from 0 to 1"},
    Mistake{"NumberInQuotes", "[demand]\nscale = \"2\"", "s.toml:4: demand.scale = \"2\" (not a number) a number, without quotes"},
    Mistake{"NotFinite", "[demand]\nscale = nan", "s.toml:4: demand.scale = nan (not a finite number) from 0 to 1000"},
    Mistake{"NoSuchChoice", "[traffic]\ntrips = \"givn\"", "s.toml:4: traffic.trips = \"givn\" (no such choice) did you mean \"given\"?"},
    Mistake{"NotAText", "title = 5", "s.toml:3: title = 5 (not a text) a text in quotes"},
    Mistake{"SpanBeyondTheRun", "[demand]\nspan = \"2h\"", "s.toml:4: demand.span = \"2h\" (longer than the run, 1h) the run's length or less"},
    Mistake{"NoTripsFile", "[demand]\ntrips_file = \"no.csv\"", "s.toml:4: demand.trips_file = \"no.csv\" (no such file) a .csv with the columns depart_s, from_lon, from_lat, to_lon, to_lat, class"},
    Mistake{"UnknownIntervention", "[[close_raod]]\nname = \"x\"", "s.toml:3: [[close_raod]] (no such intervention) did you mean \"close_road\"?"},
    Mistake{"InterventionInOneBracket", "[close_road]\nname = \"x\"", "s.toml:4: close_road.name = \"x\" (an intervention is a block of lines of its own) [[close_road]] in a scenario file"},
    Mistake{"UnknownInterventionKey", "[[close_road]]\nname = \"x\"\nbegn = \"07:00\"", "s.toml:5: begn = \"07:00\" (no such key in [[close_road]]) did you mean \"begin\"?"},
    Mistake{"NoRoad", "[[close_road]]\nbegin = \"07:00\"", "s.toml:3: [[close_road]] (the road is missing) name = \"a street\" or id = \"way/123\""},
    Mistake{"NameAndId", "[[close_road]]\nname = \"x\"\nid = \"y\"", "s.toml:5: id = \"y\" (both name and id) one of the two"},
    Mistake{"EmptyName", "[[close_road]]\nname = \"\"", "s.toml:4: name = \"\" (empty) name = \"a street\" or id = \"way/123\""},
    Mistake{"EndsBeforeItBegins", "[[close_road]]\nname = \"x\"\nbegin = \"10:00\"\nend = \"07:00\"", "s.toml:6: end = \"07:00\" (not after its begin, 10:00) a later time, with a date if it is on another day"},
    Mistake{"DailyWithADate", "[[close_road]]\nname = \"x\"\nbegin = \"2026-03-10 10:00\"\nend = \"11:00\"\ndaily = true", "s.toml:5: begin = \"2026-03-10 10:00\" (a date where daily = true) a clock time, as \"07:00\""},
    Mistake{"DailyWithoutEnd", "[[close_road]]\nname = \"x\"\nbegin = \"10:00\"\ndaily = true", "s.toml:3: [[close_road]] (end is missing) daily = true needs begin and end"},
    Mistake{"DailyInQuotes", "[[close_road]]\nname = \"x\"\ndaily = \"yes\"", "s.toml:5: daily = \"yes\" (neither true nor false) true or false, without quotes"},
    Mistake{"NoSpeed", "[[set_speed]]\nname = \"x\"", "s.toml:3: [[set_speed]] (speed is missing) speed = \"30 km/h\""},
    Mistake{"SpeedWithoutUnit", "[[set_speed]]\nname = \"x\"\nspeed = 30", "s.toml:5: speed = 30 (no unit) a number with a unit, as \"30 km/h\", \"8.3 m/s\", \"20 mph\""},
    Mistake{"SpeedOfZero", "[[set_speed]]\nname = \"x\"\nspeed = \"0 km/h\"", "s.toml:5: speed = \"0 km/h\" (not above zero) a speed above zero; [[close_road]] closes a road"},
    Mistake{"NegativeFactor", "[[scale_demand]]\nfactor = -1", "s.toml:4: factor = -1 (negative) from 0 to 100"},
    Mistake{"TwoCorners", "[[scale_demand]]\nfactor = 1\narea = [[1, 2], [3, 4]]", "s.toml:5: area = [[1.0, 2.0], [3.0, 4.0]] (fewer than three corners) at least three corners: [[x, y], [x, y], [x, y]]"},
    Mistake{"CornersOfThree", "[[scale_demand]]\nfactor = 1\narea = [[1, 2, 3]]", "s.toml:5: area (a list of neither texts, numbers nor points) points are written [[x, y], [x, y], ...]"},
    Mistake{"AreaAndPlace", "[[scale_demand]]\nfactor = 1\nplace = \"x\"\narea = [[1, 2], [3, 4], [5, 6]]", "s.toml:5: place = \"x\" (area is given as well) one of the two"},
    Mistake{"RemoveWithoutBase", "remove = \"works\"", "s.toml:3: remove = \"works\" (the base has no intervention labelled \"works\") no intervention of the base has a label"},
    Mistake{"TimeWithZone", "start = 2026-03-10T06:00:00Z", "s.toml:3: start (a time with a zone) a text, a number, true or false"}),
    [](const auto& info) { return info.param.name; });

TEST_F(Mistakes, OnTheCommandLineNameTheOption) {
    EXPECT_EQ(message_of("", {"trafic.step=1s"}), "--set: trafic.step = 1s (no such key) did you mean \"traffic.step\"?");
    EXPECT_EQ(message_of("", {"length=-1h"}), "--set: length = -1h (a negative duration) zero or more");
    EXPECT_EQ(message_of("", {"length"}), "--set length (not key=value) as in --set traffic.step=0.5s");
    EXPECT_EQ(message_of("", {"base=x.toml"}), "--set base=x.toml (\"base\" belongs in a file) write an overlay");
    EXPECT_EQ(message_of("", {"city=nowhere.h5"}), "--set: city = nowhere.h5 (no such file) a city file (.h5, made by shahr import) or the description of a grid city (.toml)");
    EXPECT_EQ(message_of("", {"close_road=5"}), "--set: close_road = 5 (an intervention is a block of lines of its own) [[close_road]] in a scenario file");
}

TEST_F(Mistakes, OfTheWholeFile) {
    const auto message = [](std::string_view text) {
        try {
            read_scenario_text(text, "s.toml");
        } catch (const InputError& e) {
            return std::string(e.what());
        }
        return std::string("no error");
    };
    EXPECT_EQ(message("title = \"x\nlength = 2").substr(0, 20), "s.toml:1: (not TOML:");
    EXPECT_EQ(message("length = \"1h\""), "s.toml: city (missing) a city file (.h5, made by shahr import) or the description of a grid city (.toml), here or as --set city=...");
    EXPECT_EQ(message("seed = 1\nseed = 2").substr(0, 20), "s.toml:2: (not TOML:");
    EXPECT_EQ(message(std::string_view("seed = 1\nstart = 2026-03-10T\0\0:00:00", 32)), "s.toml:2: (not TOML: a control character) text in UTF-8; keys of plain letters, values in quotes");
    EXPECT_EQ(message("# Об этом\ntitle = \"Утро\"\nдлина = 1"), "s.toml:3: (not TOML: a character that has no meaning outside of quotes) text in UTF-8; keys of plain letters, values in quotes");
    EXPECT_THROW(read_scenario("nowhere.toml"), InputError);
    EXPECT_THROW(read_scenario("/"), InputError);
}

TEST_F(Mistakes, ABaseMayNotLeadBackToItself) {
    const fs::path folder = fs::temp_directory_path() / "shahr_cycle";
    fs::create_directories(folder);
    std::ofstream(folder / "a.toml") << "base = \"b.toml\"";
    std::ofstream(folder / "b.toml") << "seed = 1\nbase = \"a.toml\"";
    try {
        read_scenario(folder / "a.toml");
        FAIL() << "the cycle was not seen";
    } catch (const InputError& e) {
        EXPECT_EQ(std::string(e.what()), (folder / "b.toml").string() + ":2: base = \"a.toml\" (leads back to a file that is already being read) a base that does not stand on this file");
    }
    fs::remove_all(folder);
}

TEST_F(Mistakes, AMissingBaseIsNamedWhereItIsMentioned) {
    try {
        read_scenario_text("base = \"nowhere.toml\"", "s.toml");
        FAIL();
    } catch (const InputError& e) {
        EXPECT_EQ(std::string(e.what()), "s.toml:1: base = nowhere.toml (no such file) the path of a scenario file (.toml)");
    }
}

}  // namespace
}  // namespace shahr
