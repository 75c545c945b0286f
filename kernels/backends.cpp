// The table of devices: each entry is one compiled copy of kernels/.
#include "sim/run/backend.h"

#include "sim/base/error.h"

#define SHAHR_DECLARE_BACKEND(copy)                                                                        \
    namespace copy {                                                                                       \
    std::string why_unavailable();                                                                         \
    std::string describe_device();                                                                         \
    void set_threads(int);                                                                                 \
    std::vector<std::unique_ptr<Engine>> make_engines(const City&, std::span<const Member>);               \
    }

namespace shahr {
SHAHR_DECLARE_BACKEND(on_cpu)
#ifdef SHAHR_WITH_CUDA
SHAHR_DECLARE_BACKEND(on_cuda)
#endif

std::span<const Backend> backends() {
    static const Backend all[] = {
#ifdef SHAHR_WITH_CUDA
        {"cuda", on_cuda::why_unavailable, on_cuda::describe_device, on_cuda::set_threads, on_cuda::make_engines},
#endif
        {"cpu", on_cpu::why_unavailable, on_cpu::describe_device, on_cpu::set_threads, on_cpu::make_engines},
    };
    return all;
}

const Backend& choose_backend(std::string_view device) {
    std::string known = "auto";
    for (const Backend& backend : backends()) {
        const std::string reason = device == "auto" || device == backend.name ? backend.why_unavailable() : "";
        if (device == "auto" && reason.empty()) return backend;
        if (device == backend.name) {
            if (reason.empty()) return backend;
            throw DeviceError("--device " + std::string(device) + " (" + reason + ") try --device cpu");
        }
        known += ", " + std::string(backend.name);
    }
    if (device == "cuda") throw DeviceError("--device cuda (this program was built without CUDA) build it where nvcc 13 is installed, or try --device cpu");
    throw InputError("--device " + std::string(device) + " (no such device) one of " + known);
}

}  // namespace shahr
