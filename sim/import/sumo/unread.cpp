#include "sim/import/sumo/unread.h"

#include <fmt/format.h>

#include <algorithm>

namespace shahr::sumo {

void Unread::element(std::string_view name) {
    ++counts_[fmt::format("<{}>", name)];
}

void Unread::attributes_but(const Element& e, std::initializer_list<std::string_view> known) {
    e.attributes([&](std::string_view name, std::string_view) {
        if (std::find(known.begin(), known.end(), name) == known.end()) ++counts_[fmt::format("<{} {}=\"...\">", e.name(), name)];
    });
}

void Unread::report_to(ImportReport& report) const {
    for (const auto& [name, count] : counts_) report.dropped(count, name, "not understood");
}

}  // namespace shahr::sumo
