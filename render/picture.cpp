#include "render/picture.h"

#include <fmt/format.h>
#include <stb/stb_image_write.h>

#include <algorithm>
#include <system_error>

#include "render/gl.h"
#include "sim/base/error.h"

namespace shahr {

Picture read_pixels(int width, int height) {
    Picture picture{width, height, std::vector<Colour>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
    gl::PixelStorei(GL_PACK_ALIGNMENT, 1);
    gl::ReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, picture.pixels.data());
    // OpenGL counts rows from the bottom.
    for (int low = 0, high = height - 1; low < high; ++low, --high)
        std::swap_ranges(picture.pixels.begin() + static_cast<std::ptrdiff_t>(low) * width,
                         picture.pixels.begin() + static_cast<std::ptrdiff_t>(low + 1) * width,
                         picture.pixels.begin() + static_cast<std::ptrdiff_t>(high) * width);
    return picture;
}

Picture halved(const Picture& picture) {
    Picture half{picture.width / 2, picture.height / 2, {}};
    half.pixels.reserve(static_cast<std::size_t>(half.width) * static_cast<std::size_t>(half.height));
    for (int y = 0; y < half.height; ++y)
        for (int x = 0; x < half.width; ++x) {
            const Colour of[] = {picture.at(2 * x, 2 * y), picture.at(2 * x + 1, 2 * y), picture.at(2 * x, 2 * y + 1), picture.at(2 * x + 1, 2 * y + 1)};
            const auto mean = [&](auto part) { return static_cast<std::uint8_t>((part(of[0]) + part(of[1]) + part(of[2]) + part(of[3]) + 2) / 4); };
            half.pixels.push_back({mean([](Colour c) { return int{c.r}; }), mean([](Colour c) { return int{c.g}; }), mean([](Colour c) { return int{c.b}; }), 255});
        }
    return half;
}

void write_png(const Picture& picture, const std::filesystem::path& path) {
    const std::filesystem::path partial = path.string() + ".partial";
    std::error_code error;
    const bool written = stbi_write_png(partial.c_str(), picture.width, picture.height, 4, picture.pixels.data(), picture.width * 4) != 0;
    if (written) std::filesystem::rename(partial, path, error);
    if (written && !error) return;
    std::filesystem::remove(partial, error);
    throw OutputError(fmt::format("{} (cannot be written) a place with room where you may write", path.string()));
}

}  // namespace shahr
