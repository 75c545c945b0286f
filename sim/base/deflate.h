// One chunk as the HDF5 filters "shuffle" and "deflate" leave it, several times as fast as the filters themselves.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace shahr {

// First bytes of all elements, then second bytes, and so on; then a zlib stream. `level`: 1 (fast) to 12.
std::vector<std::byte> shuffle_and_deflate(std::span<const std::byte> values, std::size_t element_size, unsigned level);

}  // namespace shahr
