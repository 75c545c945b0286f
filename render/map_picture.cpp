#include "render/map_picture.h"

#include <backends/imgui_impl_opengl3.h>

#include "render/app.h"
#include "render/headless.h"
#include "render/map_painter.h"
#include "sim/base/error.h"

namespace shahr {
DrawnMap draw_map(const FrameSource& source, const PictureOptions& options) {
    // Twice the size, then the mean of four pixels: smooth edges on every driver.
    const int width = 2 * options.width, height = 2 * options.height;
    const HeadlessContext context(width, height);
    App app(source, 2 * options.scale, App::Look::picture);
    if (!options.field.empty()) app.show_field(options.field);
    if (options.time) app.show_time(*options.time);
    app.set_dark(options.dark);
    if (!ImGui_ImplOpenGL3_Init("#version 330 core")) throw DeviceError("drawing without a screen (ImGui finds no OpenGL) libGL.so.1: on Debian the package libgl1");
    DrawnMap drawn;
    {
        MapPainter painter(app.geometry());
        const InputState input{.width = static_cast<double>(width), .height = static_cast<double>(height)};
        ImGui_ImplOpenGL3_NewFrame();
        // ImGui learns the sizes of its panels in the first two frames; the third leaves room for them.
        for (int frame = 0; frame < 3; ++frame) {
            app.frame(input);
            if (options.place) app.show_place(options.place->centre, options.place->width_m);
        }
        painter.draw(app.view());
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        drawn = {halved(context.read()), app.view().camera};
    }
    ImGui_ImplOpenGL3_Shutdown();
    drawn.camera.width = options.width;
    drawn.camera.height = options.height;
    drawn.camera.metres_per_pixel *= 2;
    return drawn;
}

}  // namespace shahr
