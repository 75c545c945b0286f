// OpenGL without a screen: EGL on no surface, drawing into a framebuffer object.
#pragma once
#include <cstdint>

#include "render/picture.h"

namespace shahr {

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

}  // namespace shahr
