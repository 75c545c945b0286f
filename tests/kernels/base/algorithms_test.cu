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

TEST(Algorithms, SelectKeepsTheOrder) {
    std::vector<std::uint8_t> flags(3000, 0);
    std::vector<Index> expected;
    for (Index i = 0; i < 3000; i += 1 + i % 7) flags[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(1 + i % 3), expected.push_back(i);
    Array<Index> chosen(3000);
    const Index count = select(Array<std::uint8_t>(flags), chosen);
    auto found = chosen.to_host();
    found.resize(static_cast<std::size_t>(count));
    EXPECT_EQ(found, expected);
    EXPECT_EQ(select(Array<std::uint8_t>(), chosen), 0);
}

TEST(Algorithms, TakeNothing) {
    Array<Index> offsets(1);
    exclusive_scan(Array<Index>(), offsets);
    EXPECT_EQ(offsets.to_host(0), 0);
    Array<std::uint64_t> keys;
    Array<Index> values;
    sort_by_key(keys, values);
    EXPECT_EQ(sum(Array<double>()), 0);
}

TEST(Algorithms, SumOfCountsMayPass32Bits) {
    EXPECT_EQ(sum(Array<Index>(std::vector<Index>(3000, 2'000'000'000))), 6'000'000'000'000);
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
