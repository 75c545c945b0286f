// Lists of the city's tables as plain numbers, for kernels/water/network*.cu.
#pragma once
#include <vector>

#include "kernels/base/columns.h"
#include "kernels/water/network.h"

namespace shahr::SHAHR_BACKEND::water {

inline std::size_t at(Index i) {
    return static_cast<std::size_t>(i);
}

// Lists end to end as Index offsets.
template <class Id, class T>
std::vector<Index> offsets(const Lists<Id, T>& lists) {
    return {lists.offsets().begin(), lists.offsets().end()};
}

}  // namespace shahr::SHAHR_BACKEND::water
