#include "render/map_picture.h"

#include <backends/imgui_impl_opengl3.h>

#include <algorithm>

#include "render/app.h"
#include "render/headless.h"
#include "render/map_painter.h"
#include "sim/base/error.h"

namespace shahr {
namespace {

// The moment that says most, if the user names none.
std::optional<Duration> busiest(const FrameSource& source) {
    const std::vector<float> vehicles = source.whole_series("vehicles_on_network");
    const std::vector<Duration> times = source.times();
    if (times.empty()) return std::nullopt;
    if (vehicles.size() != times.size()) return times.back();
    return times[static_cast<std::size_t>(std::max_element(vehicles.begin(), vehicles.end()) - vehicles.begin())];
}

}  // namespace

Picture draw_map(const FrameSource& source, const PictureOptions& options) {
    // Twice the size, then the mean of four pixels: smooth edges on every driver.
    const int width = 2 * options.width, height = 2 * options.height;
    const HeadlessContext context(width, height);
    App app(source, 2 * options.scale, App::Look::picture);
    if (!options.field.empty()) app.show_field(options.field);
    if (const auto time = options.time ? options.time : busiest(source)) app.show_time(*time);
    if (!ImGui_ImplOpenGL3_Init("#version 330 core")) throw DeviceError("drawing without a screen (ImGui finds no OpenGL) libGL.so.1: on Debian the package libgl1");
    Picture picture;
    {
        MapPainter painter(app.geometry());
        const InputState input{.width = static_cast<double>(width), .height = static_cast<double>(height)};
        ImGui_ImplOpenGL3_NewFrame();
        app.frame(input);                      // ImGui learns the sizes of its panels in the first frame
        app.frame(input);
        painter.draw(app.view());
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        picture = context.read();
    }
    ImGui_ImplOpenGL3_Shutdown();
    return halved(picture);
}

}  // namespace shahr
