#include "kernels/engines.h"

namespace shahr::SHAHR_BACKEND {

std::vector<std::unique_ptr<Engine>> make_engines(const City&, std::span<const Member>) {
    std::vector<std::unique_ptr<Engine>> engines;
    return engines;
}

}  // namespace shahr::SHAHR_BACKEND
