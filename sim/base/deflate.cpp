#include "sim/base/deflate.h"

#include <libdeflate.h>

#include <memory>
#include <new>

namespace shahr {
namespace {

std::vector<std::byte> shuffled(std::span<const std::byte> values, std::size_t element_size) {
    const std::size_t elements = values.size() / element_size;
    std::vector<std::byte> result(values.size());
    for (std::size_t byte = 0; byte < element_size; ++byte) {
        std::byte* to = result.data() + byte * elements;
        const std::byte* from = values.data() + byte;
        for (std::size_t i = 0; i < elements; ++i) to[i] = from[i * element_size];
    }
    return result;
}

}  // namespace

std::vector<std::byte> shuffle_and_deflate(std::span<const std::byte> values, std::size_t element_size, unsigned level) {
    const std::vector<std::byte> plain = shuffled(values, element_size);
    const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
        libdeflate_alloc_compressor(static_cast<int>(level)), libdeflate_free_compressor);
    if (!compressor) throw std::bad_alloc();
    std::vector<std::byte> packed(libdeflate_zlib_compress_bound(compressor.get(), plain.size()));
    packed.resize(libdeflate_zlib_compress(compressor.get(), plain.data(), plain.size(), packed.data(), packed.size()));
    return packed;
}

}  // namespace shahr
