// What kernels/backends.cpp takes from each compiled copy of kernels/.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "kernels/base/backend.h"
#include "sim/run/backend.h"

namespace shahr::SHAHR_BACKEND {

std::vector<std::unique_ptr<Engine>> make_engines(const City& city, std::span<const Member> members);

}  // namespace shahr::SHAHR_BACKEND
