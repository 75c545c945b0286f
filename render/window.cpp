#include "render/window.h"

#include <fmt/format.h>

#include "render/gl.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>

#include <memory>
#include <string>

#include "render/app.h"
#include "render/map_painter.h"
#include "render/picture.h"
#include "sim/base/error.h"

namespace shahr {
namespace {

std::string& last_failure() {
    static std::string text;
    return text;
}

[[noreturn]] void fail() {
    throw DeviceError(fmt::format("the window (cannot be opened: {}) a desktop with OpenGL 3.3; without a screen, `shahr map` draws pictures", last_failure()));
}

// Set by GLFW's callbacks between two frames.
struct Happenings {
    double wheel = 0;
    bool space = false, home = false, step_back = false, step_on = false, hide_panels = false, toggle_dark = false, anything = true;
};

Happenings& happenings_of(GLFWwindow* window) {
    return *static_cast<Happenings*>(glfwGetWindowUserPointer(window));
}

void on_key(GLFWwindow* window, int key, int, int action, int) {
    Happenings& now = happenings_of(window);
    if (action == GLFW_RELEASE) return;
    now.anything = true;
    if (key == GLFW_KEY_SPACE && action == GLFW_PRESS) now.space = true;
    if (key == GLFW_KEY_HOME) now.home = true;
    if (key == GLFW_KEY_LEFT) now.step_back = true;
    if (key == GLFW_KEY_RIGHT) now.step_on = true;
    if (key == GLFW_KEY_TAB && action == GLFW_PRESS) now.hide_panels = true;
    if (key == GLFW_KEY_D && action == GLFW_PRESS) now.toggle_dark = true;
    if (key == GLFW_KEY_EQUAL || key == GLFW_KEY_KP_ADD) now.wheel += 1;
    if (key == GLFW_KEY_MINUS || key == GLFW_KEY_KP_SUBTRACT) now.wheel -= 1;
}

class Window {
public:
    Window() {
        glfwSetErrorCallback([](int, const char* text) { last_failure() = text; });
        if (!glfwInit()) fail();
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_SAMPLES, 4);
        glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
        window_ = glfwCreateWindow(1400, 900, "shahr", nullptr, nullptr);
        if (!window_) {
            glfwTerminate();
            fail();
        }
        glfwSetWindowUserPointer(window_, &happenings_);
        glfwSetKeyCallback(window_, on_key);
        glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double notches) { happenings_of(w).wheel += notches, happenings_of(w).anything = true; });
        glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double, double) { happenings_of(w).anything = true; });
        glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int, int, int) { happenings_of(w).anything = true; });
        glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { happenings_of(w).anything = true; });
        glfwMakeContextCurrent(window_);
        glfwSwapInterval(1);
        gl::load([](const char* name) { return reinterpret_cast<gl::AnyFunction>(glfwGetProcAddress(name)); });
    }
    ~Window() {
        glfwDestroyWindow(window_);
        glfwTerminate();
    }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    bool open() const { return !glfwWindowShouldClose(window_); }
    double content_scale() const {
        float x = 1, y = 1;
        glfwGetWindowContentScale(window_, &x, &y);
        return x;
    }
    void title(const std::string& text) { glfwSetWindowTitle(window_, text.c_str()); }

    // Sleeps until something happens, unless the map moves by itself. Panels need two more frames to settle.
    InputState wait(bool moving) {
        if (moving || settling_ > 0) glfwPollEvents();
        else glfwWaitEventsTimeout(0.5);
        settling_ = happenings_.anything ? 2 : std::max(0, settling_ - 1);
        InputState input;
        int width = 1, height = 1, inner_width = 1, inner_height = 1;
        glfwGetFramebufferSize(window_, &width, &height);
        glfwGetWindowSize(window_, &inner_width, &inner_height);
        glfwGetCursorPos(window_, &input.mouse.x, &input.mouse.y);
        const double ratio = static_cast<double>(width) / std::max(1, inner_width);  // framebuffer pixels per unit of the cursor
        input.mouse = {input.mouse.x * ratio, input.mouse.y * ratio};
        input.width = std::max(1, width);
        input.height = std::max(1, height);
        input.left_button = glfwGetMouseButton(window_, GLFW_MOUSE_BUTTON_LEFT) == GLFW_PRESS;
        input.wheel = happenings_.wheel;
        input.space = happenings_.space;
        input.home = happenings_.home;
        input.step_back = happenings_.step_back;
        input.step_on = happenings_.step_on;
        input.hide_panels = happenings_.hide_panels;
        input.toggle_dark = happenings_.toggle_dark;
        const double now = glfwGetTime();
        input.seconds = std::min(now - last_s_, 0.25);
        last_s_ = now;
        happenings_ = {.anything = false};
        return input;
    }
    void show() { glfwSwapBuffers(window_); }

private:
    GLFWwindow* window_ = nullptr;
    Happenings happenings_;
    int settling_ = 2;
    double last_s_ = 0;
};

}  // namespace

void show_window(const FrameSource& source, const WindowOptions& options) {
    Window window;
    App app(source, options.ui_scale > 0 ? options.ui_scale : window.content_scale(), App::Look::window);
    app.set_dark(options.dark);
    window.title(source.title().empty() ? "shahr" : source.title() + " - shahr");
    if (!ImGui_ImplOpenGL3_Init("#version 330 core")) fail();
    {
        MapPainter painter(app.geometry());
        for (int frame = 0; window.open(); ++frame) {
            const InputState input = window.wait(app.playing());
            ImGui_ImplOpenGL3_NewFrame();
            app.frame(input);
            painter.draw(app.view());
            ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
            if (!options.screenshot.empty() && frame == 2) {
                write_png(read_pixels(static_cast<int>(input.width), static_cast<int>(input.height)), options.screenshot);
                break;
            }
            window.show();
        }
    }
    ImGui_ImplOpenGL3_Shutdown();
}

}  // namespace shahr
