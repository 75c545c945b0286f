// OpenGL without a screen: EGL on no surface, drawing into a framebuffer object.
#pragma once
#include <cstdint>
#include <vector>

#include "render/palette.h"

namespace shahr {

struct Picture {
    int width = 0, height = 0;
    std::vector<Colour> pixels;                // rows from the top
    Colour at(int x, int y) const { return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)]; }
};

class HeadlessContext {
public:
    // Throws DeviceError with the reason if there is no EGL, or none that draws without a screen.
    HeadlessContext(int width, int height);
    ~HeadlessContext();
    HeadlessContext(const HeadlessContext&) = delete;
    HeadlessContext& operator=(const HeadlessContext&) = delete;
    Picture read() const;

private:
    void make_context();
    void make_framebuffer();
    int width_, height_;
    void *library_ = nullptr, *display_ = nullptr, *context_ = nullptr;
    std::uint32_t framebuffer_ = 0, colour_buffer_ = 0;
};

// Half the size in both directions, each pixel the mean of four.
Picture halved(const Picture& picture);

}  // namespace shahr
