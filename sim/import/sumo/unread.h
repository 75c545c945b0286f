// What stands in the files and is not understood, by name and count: nothing is left out in silence.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "sim/import/report.h"
#include "sim/import/sumo/xml_file.h"

namespace shahr::sumo {

class Unread {
public:
    void element(const Element& e) { element(e.name()); }
    void element(std::string_view name);

    // Counts the attributes of `e` that are not in the list.
    void attributes_but(const Element& e, std::initializer_list<std::string_view> known);

    void report_to(ImportReport& report) const;

private:
    std::map<std::string, std::int64_t> counts_;
};

}  // namespace shahr::sumo
