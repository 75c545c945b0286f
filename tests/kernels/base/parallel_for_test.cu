#include "kernels/base/parallel_for.h"

#include <gtest/gtest.h>

#include "kernels/base/array.h"

namespace shahr::SHAHR_BACKEND {

struct CountCall {
    View<Index> calls;
    SHAHR_HD void operator()(Index i) const { calls[i] += i + 1; }
};
template <class T>
struct Scale {
    View<T> values;
    SHAHR_HD void operator()(Index i) const { values[i] *= 2; }
};

namespace {

struct Hidden {};

TEST(ParallelFor, CallsEachIndexOnce) {
    for (Index n : {0, 1, 255, 256, 257, 5000}) {
        for (Index grain : {1, 256}) {
            Array<Index> calls(n);
            parallel_for(n, CountCall{calls}, grain);
            const auto host = calls.to_host();
            for (Index i = 0; i < n; ++i) ASSERT_EQ(host[static_cast<std::size_t>(i)], i + 1) << "of " << n;
        }
    }
}

TEST(ParallelFor, GivesTheSameOnOneThread) {
    set_threads(1);
    Array<float> values(std::vector<float>(1000, 0.1f));
    parallel_for(1000, Scale<float>{values});
    set_threads(0);
    EXPECT_EQ(values.to_host(), std::vector<float>(1000, 0.2f));
}

TEST(ParallelFor, KnowsItsFunctorsByName) {
    EXPECT_EQ(functor_name<CountCall>(), "CountCall");
    EXPECT_EQ(functor_name<Hidden>(), "Hidden");
    EXPECT_EQ(functor_name<Scale<float>>(), "Scale<float>");
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND
