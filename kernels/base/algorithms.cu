#include "kernels/base/algorithms.h"

#include <thrust/copy.h>
#include <thrust/execution_policy.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/scan.h>
#include <thrust/sort.h>

#include "kernels/base/parallel_for.h"

namespace shahr::SHAHR_BACKEND {
namespace {

constexpr Index chunk_size = 1024;

template <class T, class Total>
struct SumChunk {
    View<const T> in;
    View<Total> out;
    SHAHR_HD void operator()(Index chunk) const {
        const Index end = in.size - chunk * chunk_size < chunk_size ? in.size : (chunk + 1) * chunk_size;
        Total total = 0;
        for (Index i = chunk * chunk_size; i < end; ++i) total += static_cast<Total>(in[i]);
        out[chunk] = total;
    }
};

template <class T, class Total>
Total sum_in_chunks(View<const T> values) {
    Array<Total> partial((values.size + chunk_size - 1) / chunk_size);
    parallel_for(partial.size(), SumChunk<T, Total>{values, partial.view()});
    Total total = 0;
    for (Total x : partial.to_host()) total += x;
    return total;
}

}  // namespace

void sort_by_key(View<std::uint64_t> keys, View<Index> values) {
    thrust::stable_sort_by_key(thrust::device, keys.data, keys.data + keys.size, values.data);
}

void exclusive_scan(View<const Index> counts, View<Index> offsets) {
    zero(offsets.data, sizeof(Index));
    thrust::inclusive_scan(thrust::device, counts.data, counts.data + counts.size, offsets.data + 1);
}

struct IsSet {
    SHAHR_HD bool operator()(std::uint8_t flag) const { return flag != 0; }
};

Index select(View<const std::uint8_t> flags, View<Index> chosen) {
    const thrust::counting_iterator<Index> begin(0);
    return static_cast<Index>(thrust::copy_if(thrust::device, begin, begin + flags.size, flags.data, chosen.data, IsSet{}) - chosen.data);
}

double sum(View<const float> values) {
    return sum_in_chunks<float, double>(values);
}
double sum(View<const double> values) {
    return sum_in_chunks<double, double>(values);
}
std::int64_t sum(View<const Index> values) {
    return sum_in_chunks<Index, std::int64_t>(values);
}

}  // namespace shahr::SHAHR_BACKEND
