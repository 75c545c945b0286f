#include "kernels/base/algorithms.h"

#include <gtest/gtest.h>

namespace shahr::SHAHR_BACKEND {
namespace {

TEST(Algorithms, ScanEndsWithTheTotal) {
    const Array<Index> counts(std::vector<Index>{3, 0, 2});
    Array<Index> offsets(4);
    exclusive_scan(counts, offsets);
    EXPECT_EQ(offsets.to_host(), (std::vector<Index>{0, 3, 3, 5}));
}

TEST(Algorithms, SortKeepsTheOrderOfEqualKeys) {
    Array<std::uint64_t> keys(std::vector<std::uint64_t>{2, 1, 2, 1});
    Array<Index> values(std::vector<Index>{0, 1, 2, 3});
    sort_by_key(keys, values);
    EXPECT_EQ(values.to_host(), (std::vector<Index>{1, 3, 0, 2}));
}

TEST(Algorithms, SumIsTakenInOrder) {
    std::vector<float> values(5000, 0.1f);
    double expected = 0;
    for (std::size_t begin = 0; begin < values.size(); begin += 1024) {
        double chunk = 0;
        for (std::size_t i = begin; i < std::min(begin + 1024, values.size()); ++i) chunk += values[i];
        expected += chunk;
    }
    EXPECT_EQ(sum(Array<float>(values)), expected);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND
