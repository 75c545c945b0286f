// Buildings as a user runs them: a description, a year of weather, a result.
#include "program.h"
#include "sim/results/reading.h"
#include "tests/sim/import/crafted_epw.h"

namespace shahr {
namespace {

class BuildingRun : public ProgramTest {
protected:
    BuildingRun() {
        std::ofstream(folder_ / "year.epw") << crafted_epw();
        std::ofstream(folder_ / "room.toml") << "city = \"" SHAHR_SOURCE_DIR "/tests/reference/ashrae140/case600.toml\"\nstart = \"2021-01-05\"\nlength = \"2d\"\nrecord_every = \"1h\"\n"
                                                "[weather]\nfile = \"year.epw\"\n[buildings]\nwarm_up = \"3d\"\n";
    }
    double kpi(const std::string& file, std::string_view name) const {
        for (const Kpi& kpi : ResultFile(folder_ / file).kpis())
            if (kpi.name == name) return kpi.value;
        ADD_FAILURE() << name;
        return -1;
    }
};

TEST_F(BuildingRun, LeavesLoadsWhateverTheRecordsAndTheBlocks) {
    ASSERT_EQ(run({"run", "room.toml", "-o", "hours.h5", "-q"}).code, 0);
    ASSERT_EQ(run({"run", "room.toml", "-o", "day.h5", "-q", "--set", "record_every=2d"}).code, 0);
    const double heating = kpi("hours.h5", "heating_need");
    EXPECT_GT(heating, 1e6);
    EXPECT_EQ(heating, kpi("day.h5", "heating_need"));
}

TEST_F(BuildingRun, EveryModelRuns) {
    for (const char* model : {"detailed", "annex_b", "5r1c"}) {
        ASSERT_EQ(run({"run", "room.toml", "-o", "x.h5", "-q", "--set", std::string("buildings.model=") + model}).code, 0) << model;
        EXPECT_GT(kpi("x.h5", "heating_need"), 1e6) << model;
    }
}

TEST_F(BuildingRun, AColdSpellNeedsMoreHeat) {
    std::ofstream(folder_ / "cold.toml") << "base = \"room.toml\"\n[[shift_weather]]\ntemperature_k = -10\nbegin = \"2021-01-05 00:00\"\nend = \"2021-01-06 12:00\"\n";
    ASSERT_EQ(run({"run", "room.toml", "-o", "a.h5", "-q"}).code, 0);
    ASSERT_EQ(run({"run", "cold.toml", "-o", "b.h5", "-q"}).code, 0);
    EXPECT_GT(kpi("b.h5", "heating_need"), kpi("a.h5", "heating_need") + 0.75 * 10 * 60 * 36 * 3600);  // 60 W/K or more, for 36 hours; the walls give some of it
}

TEST_F(BuildingRun, ItsWeatherIsReplacedByAnotherFilesForASpan) {
    std::ofstream(folder_ / "frost.epw") << crafted_epw([](int, EpwRow& row) { row[6] = "-20.0", row[7] = "-25.0"; return true; });
    const std::string block = "base = \"room.toml\"\n[[replace_weather]]\nfile = \"frost.epw\"\n";
    std::ofstream(folder_ / "day.toml") << block + "begin = \"2021-01-06 00:00\"\nend = \"2021-01-07 00:00\"\n";
    std::ofstream(folder_ / "whole.toml") << "base = \"room.toml\"\n[weather]\nfile = \"frost.epw\"\n";
    std::ofstream(folder_ / "half_hour.toml") << block + "begin = \"2021-01-06 00:30\"\n";
    for (const std::string name : {"room", "day", "whole"}) ASSERT_EQ(run({"run", name + ".toml", "-o", name + ".h5", "-q"}).code, 0) << name;
    EXPECT_GT(kpi("day.h5", "heating_need"), 1.2 * kpi("room.h5", "heating_need"));
    EXPECT_GT(kpi("whole.h5", "heating_need"), 1.2 * kpi("day.h5", "heating_need"));
    const Outcome outcome = run({"run", "half_hour.toml", "-o", "x.h5", "-q"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("half_hour.toml:2: [[replace_weather]] (begins or ends within an hour) full hours"), std::string::npos) << outcome.err;
}

TEST_F(BuildingRun, AClimateOfTheProgramServesWithoutAnyFile) {
    std::ofstream(folder_ / "almaty.toml") << "city = \"" SHAHR_SOURCE_DIR "/tests/reference/ashrae140/case600.toml\"\nstart = \"2021-01-05\"\nlength = \"2d\"\n[weather]\nclimate = \"almaty\"\n";
    const Outcome outcome = run({"run", "almaty.toml", "-o", "a.h5"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("made of the monthly normals of Almaty, seed 1"), std::string::npos) << outcome.out;
    EXPECT_GT(kpi("a.h5", "heating_need"), 1e8);
    const Outcome wrong = run({"run", "almaty.toml", "-o", "x.h5", "--set", "weather.climate=almati"});
    EXPECT_EQ(wrong.code, 2);
    EXPECT_NE(wrong.err.find("did you mean"), std::string::npos) << wrong.err;
}

TEST_F(BuildingRun, ARoomWithoutWindowsHasNoSunThroughThem) {
    ASSERT_EQ(run({"run", "room.toml", "-o", "a.h5", "-q", "--set", "city=" SHAHR_SOURCE_DIR "/tests/reference/ashrae140/case430.toml", "--set", "buildings.record_surfaces=true"}).code, 0);
    const ResultFile result(folder_ / "a.h5");
    EXPECT_NE(result.find("surfaces", "incident_sun"), nullptr);
    EXPECT_EQ(result.find("surfaces", "transmitted_sun"), nullptr);
}

TEST_F(BuildingRun, WithoutWeatherItSaysSo) {
    std::ofstream(folder_ / "bare.toml") << "city = \"" SHAHR_SOURCE_DIR "/tests/reference/ashrae140/case600.toml\"\nlength = \"1h\"\n";
    const Outcome outcome = run({"run", "bare.toml", "-o", "x.h5"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("weather.file (missing, and the city has buildings) an .epw file; or weather.climate"), std::string::npos) << outcome.err;
    EXPECT_FALSE(exists("x.h5"));
}

}  // namespace
}  // namespace shahr
