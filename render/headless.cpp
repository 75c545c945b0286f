#include "render/headless.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <dlfcn.h>
#include <fmt/format.h>

#include <string>

#include "render/gl.h"
#include "sim/base/error.h"

namespace shahr {
namespace {

[[noreturn]] void fail(const std::string& why) {
    throw DeviceError(fmt::format("drawing without a screen ({}) Mesa's EGL: on Debian the packages libegl1 and libgl1-mesa-dri", why));
}

// EGL is found at run time, so that the program starts on machines that have none.
struct Egl {
    PFNEGLGETPROCADDRESSPROC find = nullptr;
    template <class F>
    F get(const char* name) const {
        const auto function = reinterpret_cast<F>(find(name));
        if (!function) fail(fmt::format("EGL has no {}", name));
        return function;
    }
} egl;

}  // namespace

HeadlessContext::HeadlessContext(int width, int height) : width_(width), height_(height) {
    library_ = dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library_) fail("there is no libEGL.so.1");
    egl.find = reinterpret_cast<PFNEGLGETPROCADDRESSPROC>(dlsym(library_, "eglGetProcAddress"));
    if (!egl.find) fail("libEGL.so.1 has no eglGetProcAddress");
    make_context();
    gl::load([](const char* name) { return reinterpret_cast<gl::AnyFunction>(egl.find(name)); });
    make_framebuffer();
}

void HeadlessContext::make_context() {
    const auto get_display = egl.get<PFNEGLGETPLATFORMDISPLAYEXTPROC>("eglGetPlatformDisplayEXT");
    display_ = get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (!display_ || !egl.get<PFNEGLINITIALIZEPROC>("eglInitialize")(display_, nullptr, nullptr)) fail("EGL does not start");
    egl.get<PFNEGLBINDAPIPROC>("eglBindAPI")(EGL_OPENGL_API);
    const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
    EGLConfig config = nullptr;
    EGLint configs = 0;
    egl.get<PFNEGLCHOOSECONFIGPROC>("eglChooseConfig")(display_, wanted, &config, 1, &configs);
    const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 3,
                              EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
    context_ = egl.get<PFNEGLCREATECONTEXTPROC>("eglCreateContext")(display_, configs > 0 ? config : EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, version);
    if (!context_) fail("there is no OpenGL 3.3");
    if (!egl.get<PFNEGLMAKECURRENTPROC>("eglMakeCurrent")(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_)) fail("the context cannot be used");
}

void HeadlessContext::make_framebuffer() {
    GLint most = 0;
    gl::GetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &most);
    if (width_ > most || height_ > most) fail(fmt::format("a picture of {} by {} pixels is too large, {} is the most", width_, height_, most));
    gl::GenRenderbuffers(1, &colour_buffer_);
    gl::BindRenderbuffer(GL_RENDERBUFFER, colour_buffer_);
    gl::RenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width_, height_);
    gl::GenFramebuffers(1, &framebuffer_);
    gl::BindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    gl::FramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour_buffer_);
    if (gl::CheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) fail("no framebuffer of that size");
}

HeadlessContext::~HeadlessContext() {
    gl::DeleteFramebuffers(1, &framebuffer_);
    gl::DeleteRenderbuffers(1, &colour_buffer_);
    egl.get<PFNEGLMAKECURRENTPROC>("eglMakeCurrent")(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    egl.get<PFNEGLDESTROYCONTEXTPROC>("eglDestroyContext")(display_, context_);
    // The library stays: ImGui's loader and Mesa's threads may still refer to it.
}

Picture HeadlessContext::read() const {
    return read_pixels(width_, height_);
}

}  // namespace shahr
