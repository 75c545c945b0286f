#include "sim/base/nearest.h"

#include <gtest/gtest.h>

namespace shahr {
namespace {

const std::vector<std::string_view> keys = {"title", "city", "start", "length", "seed", "record_every"};

TEST(Nearest, FindsTheWordThatWasMeant) {
    EXPECT_EQ(nearest("lenght", keys), "length");
    EXPECT_EQ(nearest("recordevery", keys), "record_every");
    EXPECT_EQ(nearest("Start", keys), "start");
    EXPECT_EQ(nearest("ciyt", keys), "city");
}

TEST(Nearest, IsSilentWhereNothingIsNear) {
    EXPECT_EQ(nearest("population", keys), "");
    EXPECT_EQ(nearest("ab", {"cd"}), "");
    EXPECT_EQ(nearest("", keys), "");
}

TEST(Nearest, AsksOrListsWhatThereIs) {
    EXPECT_EQ(did_you_mean("lenght", keys), "did you mean \"length\"?");
    EXPECT_EQ(did_you_mean("xyzzy", {"one", "two"}), "one of: one, two");
}

}  // namespace
}  // namespace shahr
