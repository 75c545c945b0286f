// Which device a run takes where there is no GPU that works: none is visible here, whatever the machine has.
#include "program.h"

namespace shahr {
namespace {

class Devices : public ProgramTest {
protected:
    Devices() {
        environment_["CUDA_VISIBLE_DEVICES"] = "";
        write("town.toml", "rows = 2\ncolumns = 2\npeople = 20\njobs = 10\nschool_places = 5\n");
        write("run.toml", "city = \"town.toml\"\nstart = \"2026-03-10 07:00\"\nlength = \"1min\"\n");
    }
};

TEST_F(Devices, AreListedWithTheReasonAgainstThem) {
    const Outcome outcome = run({"devices"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("cpu    "), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find(" threads"), std::string::npos) << outcome.out;
    const auto cuda = outcome.out.find("cuda   not available (");
    EXPECT_EQ(cuda != std::string::npos, outcome.out.find("cuda") != std::string::npos) << outcome.out;
}

TEST_F(Devices, AutoFallsBackToTheCpu) {
    const Outcome outcome = run({"run", "run.toml", "--device", "auto", "-o", "auto.h5"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_TRUE(exists("auto.h5"));
}

TEST_F(Devices, CudaIsRefusedWithTheDriversReason) {
    const Outcome outcome = run({"run", "run.toml", "--device", "cuda", "-o", "cuda.h5"});
    EXPECT_EQ(outcome.code, 3);
    EXPECT_TRUE(outcome.err.starts_with("--device cuda (")) << outcome.err;
    EXPECT_NE(outcome.err.find("try --device cpu\n"), std::string::npos) << outcome.err;
    EXPECT_FALSE(exists("cuda.h5"));

    // What `shahr devices` says against it is what the run says.
    const std::string listed = run({"devices"}).out, before = "cuda   not available (";
    if (const auto at = listed.find(before); at != std::string::npos) {
        const std::string reason = listed.substr(at + before.size(), listed.find(")\n", at) - at - before.size());
        EXPECT_FALSE(reason.empty());
        EXPECT_EQ(outcome.err, "--device cuda (" + reason + ") try --device cpu\n");
    }
}

TEST_F(Devices, AnUnknownOneIsAnInputError) {
    const Outcome outcome = run({"run", "run.toml", "--device", "vulkan"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("no such device"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("cpu"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace shahr
