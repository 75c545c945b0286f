// Real extracts under the names they come with, through the program.
#include "tests/program/program.h"

namespace shahr {
namespace {

class Import : public ProgramTest, public testing::WithParamInterface<const char*> {};

TEST_P(Import, OfAnExtractWritesACityThatHolds) {
    const std::string extract = std::string(SHAHR_TEST_DATA) + "/osm/" + GetParam();
    if (!std::filesystem::exists(extract)) GTEST_SKIP() << "SHAHR_TEST_DATA holds no osm/" << GetParam();
    const Outcome outcome = run({"import", extract, "-o", "city.h5"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("roads (each direction)"), std::string::npos) << outcome.out;
    const Outcome check = run({"check", "city.h5"});
    EXPECT_EQ(check.code, 0) << check.err;
}

INSTANTIATE_TEST_SUITE_P(RealExtracts, Import, testing::Values("almaty.osm.pbf", "almaty-centre.osm.pbf", "bad-hersfeld.osm.xml.gz", "monaco.osm.pbf"));

}  // namespace
}  // namespace shahr
