// shahr map and shahr view, from the command line.
#include "tests/program/program.h"

namespace shahr {
namespace {

class Map : public ProgramTest {
protected:
    // A result of a few minutes; made anew for each test, which takes less than a second.
    void make_result() {
        const Outcome made = run({"run", scenario("small.toml"), "-o", "small.h5", "-q", "--device", "cpu", "--set", "length=10min"});
        ASSERT_EQ(made.code, 0) << made.err;
    }
    bool screenless() { return run({"map", "small.h5", "-o", "probe.png"}).code != 3; }
};

TEST_F(Map, DrawsAResult) {
    make_result();
    if (!screenless()) GTEST_SKIP() << read("err");
    const Outcome drawn = run({"map", "small.h5", "-o", "small.png", "--size", "640x480", "--field", "vehicles"});
    EXPECT_EQ(drawn.code, 0) << drawn.err;
    EXPECT_NE(drawn.out.find("small.png"), std::string::npos);
    EXPECT_EQ(read("small.png").substr(1, 3), "PNG");
    EXPECT_FALSE(exists("small.png.partial"));
}

// Neither drives there nor is anything recorded of roads: buildings and the power grid have times of their own.
TEST_F(Map, DrawsBuildingsAndThePowerGrid) {
    const Outcome made = run({"run", scenario("energy.toml"), "-o", "small.h5", "-q", "--device", "cpu", "--set", "city=" + scenario("small_grid.toml"),
                              "--set", "length=2h", "--set", "record_every=1h"});
    ASSERT_EQ(made.code, 0) << made.err;
    if (!screenless()) GTEST_SKIP() << read("err");
    std::vector<std::string> pictures;
    for (const char* field : {"space_heat_demand", "loading", "undervoltage_time", "energised"}) {
        const Outcome drawn = run({"map", "small.h5", "-o", "small.png", "--size", "640x480", "--field", field});
        EXPECT_EQ(drawn.code, 0) << drawn.err;
        pictures.push_back(read("small.png"));
    }
    EXPECT_NE(pictures[0], pictures[1]);
    EXPECT_NE(pictures[1], pictures[2]);
    EXPECT_NE(pictures[2], pictures[3]);
}

TEST_F(Map, SaysWhatIsWrong) {
    make_result();
    if (!screenless()) GTEST_SKIP() << read("err");
    const Outcome field = run({"map", "small.h5", "--field", "sped"});
    EXPECT_EQ(field.code, 2);
    EXPECT_NE(field.err.find("speed"), std::string::npos) << field.err;
    EXPECT_EQ(run({"map", "small.h5", "--time", "half past"}).code, 2);
    EXPECT_EQ(run({"map", "small.h5", "--size", "10x10"}).code, 2);
    EXPECT_EQ(run({"map", "none.h5"}).code, 2);
    EXPECT_EQ(run({"map", "small.h5", "-o", "no folder/map.png"}).code, 4);
}

TEST_F(Map, WindowWithoutAScreen) {
    make_result();
    environment_ = {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}};
    const Outcome view = run({"view", "small.h5", "--screenshot", "window.png"});
    if (view.code == 2) GTEST_SKIP() << view.err;  // built without the window
    EXPECT_EQ(view.code, 3);
    EXPECT_NE(view.err.find("shahr map"), std::string::npos) << view.err;
    EXPECT_FALSE(exists("window.png"));
}

TEST_F(Map, WindowOnAVirtualScreen) {
    if (std::system("command -v xvfb-run >/dev/null") != 0) GTEST_SKIP() << "needs xvfb";
    make_result();
    // Under the sanitizers: what the display's driver leaks is not ours.
    const std::string command = "cd '" + folder_.string() + "' && ASAN_OPTIONS=detect_leaks=0 xvfb-run -a -s '-screen 0 1600x1000x24' '" SHAHR_PROGRAM
                                "' view small.h5 --screenshot window.png >xvfb.log 2>&1";
    const int status = std::system(command.c_str());
    if (WEXITSTATUS(status) == 2) GTEST_SKIP() << read("xvfb.log");
    EXPECT_EQ(WEXITSTATUS(status), 0) << read("xvfb.log");
    EXPECT_EQ(read("window.png").substr(1, 3), "PNG");
}

}  // namespace
}  // namespace shahr
