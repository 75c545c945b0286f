// Columns of the city's tables as plain lists for the device.
#pragma once
#include <vector>

#include "kernels/base/backend.h"
#include "sim/base/ids.h"

namespace shahr::SHAHR_BACKEND::traffic {

template <RowId Id, class T>
std::vector<Index> numbers(const Column<Id, T>& column) {
    std::vector<Index> out;
    out.reserve(column.size());
    for (T id : column) out.push_back(number(id));
    return out;
}

}  // namespace shahr::SHAHR_BACKEND::traffic
