// A drawn picture.
#pragma once
#include <filesystem>
#include <vector>

#include "render/palette.h"

namespace shahr {

struct Picture {
    int width = 0, height = 0;
    std::vector<Colour> pixels;                // rows from the top
    Colour at(int x, int y) const { return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)]; }
};

// What stands in the current framebuffer.
Picture read_pixels(int width, int height);

// Half the size in both directions, each pixel the mean of four.
Picture halved(const Picture& picture);

// Throws OutputError if it cannot be written.
void write_png(const Picture& picture, const std::filesystem::path& path);

}  // namespace shahr
