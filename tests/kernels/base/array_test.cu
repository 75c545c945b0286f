#include "kernels/base/array.h"

#include <gtest/gtest.h>

namespace shahr::SHAHR_BACKEND {
namespace {

TEST(Array, IsZeroAtFirstAndHoldsWhatIsUploaded) {
    Array<float> a(3);
    EXPECT_EQ(a.to_host(), (std::vector<float>{0, 0, 0}));
    a.from_host(std::vector<float>{1, 2, 3});
    EXPECT_EQ(a.to_host(1), 2);
    a.set_zero();
    EXPECT_EQ(a.to_host(2), 0);
}

TEST(Array, MayBeEmpty) {
    Array<double> none, empty(0), from_nothing(std::vector<double>{});
    for (Array<double>* a : {&none, &empty, &from_nothing}) {
        EXPECT_EQ(a->size(), 0);
        EXPECT_TRUE(a->to_host().empty());
        a->from_host({});
        a->set_zero();
    }
}

TEST(Array, Moves) {
    Array<Index> a(std::vector<Index>{1, 2});
    const Index* data = a.view().data;
    Array<Index> b = std::move(a);
    EXPECT_EQ(b.view().data, data);
    a = Array<Index>(std::vector<Index>{7});
    std::swap(a, b);
    EXPECT_EQ(a.to_host(), (std::vector<Index>{1, 2}));
    EXPECT_EQ(b.to_host(), (std::vector<Index>{7}));
    b = Array<Index>();
    EXPECT_EQ(b.size(), 0);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND
