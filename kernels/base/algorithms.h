// Sorting, scanning and summing arrays on the device. Same bits for any number of threads.
#pragma once
#include <cstdint>

#include "kernels/base/array.h"

namespace shahr::SHAHR_BACKEND {

void sort_by_key(View<std::uint64_t> keys, View<Index> values);              // stable
void exclusive_scan(View<const Index> counts, View<Index> offsets);         // offsets.size == counts.size + 1; the last is the total
Index select(View<const std::uint8_t> flags, View<Index> chosen);          // the i with flags[i] != 0, ascending; returns how many
double sum(View<const float> values);                                       // in fixed chunks, in order
double sum(View<const double> values);
std::int64_t sum(View<const Index> values);

}  // namespace shahr::SHAHR_BACKEND
