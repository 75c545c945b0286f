// Ids of the city's tables as plain lists for the device.
#pragma once
#include <vector>

#include "kernels/base/backend.h"
#include "sim/base/ids.h"

namespace shahr::SHAHR_BACKEND {

template <class Ids>
std::vector<Index> numbers(const Ids& ids) {
    std::vector<Index> out;
    out.reserve(ids.size());
    for (const auto id : ids) out.push_back(number(id));
    return out;
}

}  // namespace shahr::SHAHR_BACKEND
