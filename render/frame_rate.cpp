#include "render/frame_rate.h"

#include <backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "render/app.h"
#include "render/gl.h"
#include "render/headless.h"
#include "render/map_painter.h"
#include "sim/base/error.h"

namespace shahr {

FrameRate measure_frame_rate(const FrameSource& source, int frames) {
    using Clock = std::chrono::steady_clock;
    FrameRate rate{.frames = frames, .width = 1400, .height = 900};
    const HeadlessContext context(rate.width, rate.height);
    rate.renderer = reinterpret_cast<const char*>(gl::GetString(GL_RENDERER));
    App app(source, 1, App::Look::window);
    if (!ImGui_ImplOpenGL3_Init("#version 330 core")) throw DeviceError("drawing without a screen (ImGui finds no OpenGL) libGL.so.1: on Debian the package libgl1");
    std::vector<double> took_s;
    {
        MapPainter painter(app.geometry());
        InputState input{.width = static_cast<double>(rate.width), .height = static_cast<double>(rate.height), .mouse = {rate.width / 2.0, rate.height / 2.0}};
        constexpr int before = 3;              // panels settle, buffers go to the driver
        for (int frame = -before; frame < frames; ++frame) {
            const auto begin = Clock::now();
            input.wheel = frame > 0 ? 20.0 / frames : 0;   // to 1.25^20, some 90 times nearer
            input.step_on = frame % 10 == 9;
            ImGui_ImplOpenGL3_NewFrame();
            app.frame(input);
            painter.draw(app.view());
            ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
            gl::Finish();
            if (frame >= 0) took_s.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
        }
    }
    ImGui_ImplOpenGL3_Shutdown();
    std::sort(took_s.begin(), took_s.end());
    rate.median_s = took_s[took_s.size() / 2];
    rate.slowest_s = took_s.back();
    return rate;
}

}  // namespace shahr
