// What the program says to a command line or a file that is not right, and the exit code it leaves.
#include <sys/stat.h>

#include "program.h"

namespace shahr {
namespace {

class Usage : public ProgramTest {
protected:
    void expect(const Arguments& arguments, int code, const std::string& words) {
        const Outcome outcome = run(arguments);
        EXPECT_EQ(outcome.code, code) << outcome.err;
        EXPECT_EQ(outcome.err, words + "\n");
        EXPECT_EQ(outcome.out, "");
    }
};

TEST_F(Usage, HelpAndVersionAreNoErrors) {
    EXPECT_EQ(run({"--help"}).code, 0);
    EXPECT_NE(run({"run", "--help"}).out.find("--device"), std::string::npos);
    const Outcome version = run({"--version"});
    EXPECT_EQ(version.code, 0);
    EXPECT_EQ(version.out.substr(0, 6), "shahr ");
    EXPECT_NE(version.out.find("commit"), std::string::npos);
    EXPECT_NE(version.out.find("devices"), std::string::npos);
}

TEST_F(Usage, AMisspeltCommandOrOptionGetsASuggestion) {
    expect({"rnu"}, 2, "shahr rnu (no such command) did you mean \"run\"?");
    expect({"run", "x.toml", "--devcie", "cpu"}, 2, "shahr run --devcie (no such option) did you mean \"--device\"?");
    expect({"run", "x.toml", "--devcie=cpu"}, 2, "shahr run --devcie=cpu (no such option) did you mean \"--device\"?");
    expect({"sweep"}, 2, "shahr sweep (planned, but not built yet) one of: import, run, compare, info, export, map, view, check, devices");
    EXPECT_EQ(run({}).code, 2);
    EXPECT_NE(run({}).err.find("one of: import, run, compare"), std::string::npos);
}

TEST_F(Usage, AMissingOrSurplusArgument) {
    EXPECT_EQ(run({"run"}).code, 2);
    EXPECT_NE(run({"run"}).err.find("scenario is required"), std::string::npos);
    expect({"check", "a.toml", "b.toml"}, 2, "shahr check b.toml (not expected) shahr check --help shows what is");
    expect({"run", "x.toml", "--threads", "-1"}, 2, "shahr run (--threads: -1, not a whole number from 0 to 1024) shahr run --help shows what is right");
    expect({"map", "x.h5", "--width", "3"}, 2, "shahr map (--width: 3, not a number from 20 to 1000000) shahr map --help shows what is right");
    EXPECT_EQ(run({"run", "x.toml", "--log-format", "xml"}).code, 2);
    expect({"compare", "a.h5"}, 2, "shahr compare (one file) two or more results");
}

TEST_F(Usage, WrongScenarios) {
    expect({"run", "nowhere.toml"}, 2, "nowhere.toml (no such file) the path of a scenario file (.toml)");
    write("key.toml", "length = \"1h\"\nsead = 1\n");
    expect({"run", "key.toml"}, 2, "key.toml:2: sead = 1 (no such key) did you mean \"seed\"?");
    write("negative.toml", "length = \"-1h\"\n");
    expect({"run", "negative.toml"}, 2, "negative.toml:1: length = \"-1h\" (a negative duration) zero or more");
    write("city.toml", "city = \"gone.h5\"\nlength = \"1h\"\n");
    expect({"run", "city.toml"}, 2, "city.toml:1: city = \"gone.h5\" (no such file) a city file (.h5, made by shahr import) or the description of a grid city (.toml)");
    EXPECT_EQ(run({"check", "city.toml"}).code, 2);
}

TEST_F(Usage, ACityThatIsNoCity) {
    write("town.h5", "not a city");
    write("run.toml", "city = \"town.h5\"\nlength = \"1h\"\n");
    const Outcome outcome = run({"run", "run.toml"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.err.substr(0, 7), "town.h5");
    EXPECT_FALSE(exists("run.h5"));
    EXPECT_FALSE(exists("run.h5.partial"));
}

TEST_F(Usage, AnUnknownStreetGetsASuggestion) {
    write("closed.toml", "base = \"" + scenario("morning.toml") + "\"\n[[close_road]]\nname = \"Rivr Bridge 3\"\n");
    const Outcome outcome = run({"check", "closed.toml"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.err, "closed.toml:2: name = \"Rivr Bridge 3\" (no such road in the city) did you mean \"River Bridge 3\"?\n");
}

TEST_F(Usage, Devices) {
    const Outcome list = run({"devices"});
    EXPECT_EQ(list.code, 0);
    EXPECT_NE(list.out.find("cpu"), std::string::npos);
    const Outcome unknown = run({"run", scenario("small.toml"), "--device", "gpu"});
    EXPECT_EQ(unknown.code, 2);
    EXPECT_NE(unknown.err.find("--device gpu (no such device)"), std::string::npos);
    environment_["SHAHR_DEVICE"] = "abacus";
    EXPECT_EQ(run({"run", scenario("small.toml")}).code, 2);
    environment_ = {{"SHAHR_THREADS", "many"}};
    EXPECT_EQ(run({"run", scenario("small.toml")}).code, 2);
}

// Without CUDA, without a driver or without a GPU: the reason, and exit code 3. With one this is no mistake.
TEST_F(Usage, ADeviceThatIsNotThere) {
    if (run({"devices"}).out.find("cuda   not available") == std::string::npos && run({"devices"}).out.find("cuda") != std::string::npos) GTEST_SKIP() << "there is a GPU";
    const Outcome outcome = run({"run", scenario("small.toml"), "--device", "cuda"});
    EXPECT_EQ(outcome.code, 3);
    EXPECT_EQ(outcome.err.substr(0, 15), "--device cuda (");
    EXPECT_NE(outcome.err.find("--device cpu"), std::string::npos);
    EXPECT_FALSE(exists("small.h5"));
}

TEST_F(Usage, ImportOfWhatCannotBeImported) {
    write("city.txt", "");
    expect({"import", "city.txt"}, 2, "city.txt (not a format that can be imported) .osm, .osm.gz, .osm.bz2, .osm.pbf, .net.xml, .net.xml.gz, .inp, .m, .json of pandapipes, a folder of pandapower's or pandapipes' tables");
    expect({"import", "a.osm", "--routes", "b.rou.xml"}, 2, "--routes (goes with a SUMO network only) without it");
    expect({"import", "a.net.xml", "--country", "KZ"}, 2, "--country (goes with an OpenStreetMap extract only) without it");
    EXPECT_EQ(run({"import", "gone.osm.pbf"}).code, 2);
    EXPECT_EQ(run({"import", "gone.net.xml"}).code, 2);
    EXPECT_FALSE(exists("gone.city.h5"));
}

TEST_F(Usage, FilesThatAreNoResults) {
    write("a.h5", "no");
    for (const Arguments& arguments : {Arguments{"info", "a.h5"}, Arguments{"info", "gone.h5"}, Arguments{"compare", "a.h5", "a.h5"}}) {
        const Outcome outcome = run(arguments);
        EXPECT_EQ(outcome.code, 2);
        EXPECT_NE(outcome.err.find(".h5"), std::string::npos);
    }
}

class Output : public ProgramTest {};

TEST_F(Output, AMissingFolder) {
    const Outcome outcome = run({"run", scenario("small.toml"), "-o", "gone/small.h5"});
    EXPECT_EQ(outcome.code, 4);
    EXPECT_EQ(outcome.err, "-o gone/small.h5 (there is no folder gone) make it first, or write elsewhere\n");
}

TEST_F(Output, AFolderOfThatName) {
    std::filesystem::create_directory(folder_ / "small.h5");
    EXPECT_EQ(run({"run", scenario("small.toml"), "-o", "small.h5"}).code, 4);
    EXPECT_EQ(run({"run", scenario("small.toml"), "-o", "./"}).code, 4);
}

TEST_F(Output, ADeviceIsNotReplaced) {
    ASSERT_EQ(mkfifo((folder_ / "small.h5").c_str(), 0600), 0);
    const Outcome outcome = run({"run", scenario("small.toml"), "-o", "small.h5"});
    EXPECT_EQ(outcome.code, 4);
    EXPECT_EQ(outcome.err, "-o small.h5 (no ordinary file) the name of a file\n");
    EXPECT_TRUE(std::filesystem::is_fifo(folder_ / "small.h5"));
}

TEST_F(Output, APlaceWhereNobodyMayWrite) {
    EXPECT_EQ(run({"run", scenario("small.toml"), "-o", "/proc/small.h5"}).code, 4);
    if (geteuid() == 0) return;                // root may write anywhere else
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    EXPECT_EQ(run({"run", scenario("small.toml"), "-o", "small.h5"}).code, 4);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
}

// The disk fills at every size from nothing on: one sentence, exit code 4, nothing under the final name.
TEST_F(Output, AFullDisk) {
    for (const rlim_t bytes : {0u, 1000u, 20'000u, 100'000u}) {
        largest_file_ = bytes;
        const Outcome outcome = run({"run", scenario("small.toml"), "-o", "small.h5", "-q"});
        EXPECT_EQ(outcome.code, 4) << bytes << ": " << outcome.err;
        EXPECT_FALSE(exists("small.h5")) << bytes;
    }
}

}  // namespace
}  // namespace shahr
