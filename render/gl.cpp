#include "render/gl.h"

#include <string>

#include "sim/base/error.h"

namespace shahr::gl {

void load(AnyFunction (*find)(const char* name)) {
    const auto found = [find](const char* name) {
        const AnyFunction function = find(name);
        if (!function) throw DeviceError(std::string("the graphics driver (has no ") + name + ") one for OpenGL 3.3 or later");
        return function;
    };
#define SHAHR_GL_LOAD(TYPE, NAME) NAME = reinterpret_cast<PFNGL##TYPE##PROC>(found("gl" #NAME));
    SHAHR_GL_FUNCTIONS(SHAHR_GL_LOAD)
#undef SHAHR_GL_LOAD
}

}  // namespace shahr::gl
