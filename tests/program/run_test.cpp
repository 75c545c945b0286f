// Whole runs of the built program on the generated city.
#include "program.h"
#include "sim/results/reading.h"

namespace shahr {
namespace {

class WholeRun : public ProgramTest {
protected:
    double kpi(const std::string& file, std::string_view name) const {
        for (const Kpi& kpi : ResultFile(folder_ / file).kpis())
            if (kpi.name == name) return kpi.value;
        ADD_FAILURE() << name;
        return -1;
    }
};

TEST_F(WholeRun, LeavesAResultALogAndASummary) {
    const Outcome outcome = run({"run", scenario("small.toml"), "-o", "small.h5"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    for (const char* words : {"An hour in sixteen blocks", "trips: ", "asked", "mean_travel_time", "conservation_residual", "result: small.h5"})
        EXPECT_NE(outcome.out.find(words), std::string::npos) << words;
    EXPECT_NE(outcome.err.find("x real time"), std::string::npos);
    EXPECT_FALSE(exists("small.h5.partial"));
    EXPECT_NE(read("small.log.json").find("\"vehicle_updates_per_s\""), std::string::npos);
    EXPECT_GT(kpi("small.h5", "trips_begun"), 100);
    EXPECT_GE(kpi("small.h5", "completed_share"), 0.9);
    EXPECT_EQ(kpi("small.h5", "conservation_residual"), 0);
}

TEST_F(WholeRun, InfoShowsTheBalanceAndTheScenario) {
    ASSERT_EQ(run({"run", scenario("small.toml"), "-o", "small.h5", "-q"}).code, 0);
    const Outcome info = run({"info", "small.h5"});
    EXPECT_EQ(info.code, 0);
    EXPECT_NE(info.out.find("removed: exact"), std::string::npos) << info.out;
    const Outcome text = run({"info", "small.h5", "--scenario"});
    EXPECT_NE(text.out.find("title = \"An hour in sixteen blocks\""), std::string::npos);
    EXPECT_EQ(text.out.find(folder_.string()), std::string::npos);
}

TEST_F(WholeRun, OneFileForAnyNumberOfThreadsAndAnyFolder) {
    ASSERT_EQ(run({"run", scenario("small.toml"), "-o", "one.h5", "--threads", "1", "-q"}).code, 0);
    environment_["SHAHR_THREADS"] = "8";
    ASSERT_EQ(run({"run", scenario("small.toml"), "-o", "eight.h5", "-q"}).code, 0);
    EXPECT_FALSE(read("one.h5").empty());
    EXPECT_TRUE(read("one.h5") == read("eight.h5"));
}

TEST_F(WholeRun, TheScenarioInTheResultGivesTheSameRun) {
    ASSERT_EQ(run({"run", "--set", "demand.scale=0.5", scenario("small.toml"), "--seed", "3", "-o", "a.h5", "-q"}).code, 0);
    std::filesystem::copy(scenario("small_grid.toml"), folder_ / "small_grid.toml");
    write("again.toml", run({"info", "a.h5", "--scenario"}).out);
    ASSERT_EQ(run({"run", "again.toml", "-o", "b.h5", "-q"}).code, 0);
    EXPECT_TRUE(read("a.h5") == read("b.h5"));
}

TEST_F(WholeRun, CompareTellsWhatAClosedBridgeDoes) {
    const Arguments sets = {"--set", "start=2026-03-10 07:00", "--set", "length=1h", "-q"};
    const auto run_it = [&](const std::string& name, const std::string& output) {
        Arguments arguments = {"run", scenario(name), "-o", output};
        arguments.insert(arguments.end(), sets.begin(), sets.end());
        return run(arguments).code;
    };
    ASSERT_EQ(run_it("demo.toml", "morning.h5"), 0);
    ASSERT_EQ(run_it("closed_bridge.toml", "closed.h5"), 0);
    EXPECT_GT(kpi("closed.h5", "distance") / kpi("closed.h5", "trips_completed"), kpi("morning.h5", "distance") / kpi("morning.h5", "trips_completed"));
    const Outcome table = run({"compare", "morning.h5", "closed.h5"});
    EXPECT_EQ(table.code, 0);
    EXPECT_NE(table.out.find("worse"), std::string::npos) << table.out;
    EXPECT_EQ(run({"compare", "morning.h5", "closed.h5", "--csv"}).out.substr(0, 29), "indicator,unit,better,file,va");
    EXPECT_EQ(run({"compare", "morning.h5", "closed.h5", "--json"}).out.substr(0, 10), "{\"files\": ");
    EXPECT_EQ(run({"compare", "morning.h5", "closed.h5", "--json", "--csv"}).code, 2);
}

TEST_F(WholeRun, SpeaksJson) {
    const Outcome outcome = run({"run", scenario("small.toml"), "-o", "small.h5", "--log-format", "json"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.out, "");
    std::istringstream lines(outcome.err);
    int progress = 0;
    for (std::string line; std::getline(lines, line);) {
        EXPECT_TRUE(line.starts_with("{\"event\":\"") && line.ends_with("}")) << line;
        progress += line.find("\"progress\"") != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(progress, 10);
}

TEST_F(WholeRun, OfNoLengthIsOneRecord) {
    ASSERT_EQ(run({"run", scenario("small.toml"), "--set", "length=0s", "-o", "small.h5", "-q"}).code, 0);
    EXPECT_EQ(ResultFile(folder_ / "small.h5").times("traffic").size(), 1u);
}

// Ctrl-C in the midst of a run, once or twice, and --resume: the file of an uninterrupted run, byte for byte.
TEST_F(WholeRun, GoesOnAfterAnInterruptWithTheSameBits) {
    const Arguments whole = {"run", scenario("demo.toml"), "--set", "length=1h", "-o", "a.h5", "--log-format", "json"};
    ASSERT_EQ(run(whole).code, 0);
    const std::string expected = read("a.h5");
    std::filesystem::remove(folder_ / "a.h5");

    Arguments resumed = whole;
    resumed.push_back("--resume");
    EXPECT_EQ(run(resumed).code, 2) << "there is nothing to resume";
    int interrupted = 0;
    for (const Arguments& arguments : {whole, resumed}) {
        const pid_t child = start(arguments);
        ASSERT_TRUE(has_said("\"progress\""));
        kill(child, SIGINT);
        const Outcome outcome = wait_for(child);
        if (outcome.code == 0) break;          // it was quicker than the signal
        ASSERT_EQ(outcome.code, 130) << outcome.err;
        EXPECT_NE(outcome.err.find("interrupted at 06:"), std::string::npos) << outcome.err;
        EXPECT_TRUE(exists("a.checkpoint"));
        EXPECT_TRUE(exists("a.h5.partial"));
        EXPECT_FALSE(exists("a.h5"));
        ++interrupted;
    }
    EXPECT_GT(interrupted, 0);
    if (!exists("a.h5")) {
        ASSERT_EQ(run(resumed).code, 0);
    }
    EXPECT_TRUE(read("a.h5") == expected);
    for (const char* name : {"a.checkpoint", "a.h5.partial", "a.h5.so_far"}) EXPECT_FALSE(exists(name)) << name;
}

TEST_F(WholeRun, ResumesOnlyWhatWasInterrupted) {
    const Arguments whole = {"run", scenario("demo.toml"), "--set", "length=1h", "-o", "a.h5", "--log-format", "json"};
    const pid_t child = start(whole);
    ASSERT_TRUE(has_said("\"progress\""));
    kill(child, SIGINT);
    if (wait_for(child).code == 0) GTEST_SKIP() << "it was quicker than the signal";
    const Outcome other = run({"run", scenario("demo.toml"), "--set", "length=2h", "-o", "a.h5", "--resume"});
    EXPECT_EQ(other.code, 2);
    EXPECT_NE(other.err.find("a.checkpoint (of another scenario)"), std::string::npos) << other.err;
    const Arguments resumed = {"run", scenario("demo.toml"), "--set", "length=1h", "-o", "a.h5", "--resume", "-q"};
    EXPECT_EQ(run(resumed).code, 0) << "the wrong attempt has spoilt nothing";
}

}  // namespace
}  // namespace shahr
