// Single values out of a Setting, checked: the readers that both the keys and the interventions use.
#pragma once
#include <initializer_list>
#include <limits>

#include "sim/base/time.h"
#include "sim/scenario/document.h"
#include "sim/scenario/quantity.h"

namespace shahr {

// Each throws InputError if the value is of another kind or out of bounds (bounds included).
std::string text_of(const Setting& setting, std::string_view right);
bool flag_of(const Setting& setting);
double number_of(const Setting& setting, double least, double most = std::numeric_limits<double>::infinity());
std::int64_t whole_number_of(const Setting& setting, std::int64_t least);
Duration duration_of(const Setting& setting, Duration least);
Moment moment_of(const Setting& setting);
double speed_mps_of(const Setting& setting);
std::string choice_of(const Setting& setting, std::initializer_list<std::string_view> choices);
Ring ring_of(const Setting& setting);
// A file that must exist; relative to the setting's directory.
std::string file_of(const Setting& setting, std::string_view right);
// A name, looked up by who uses it; or, where it ends in .toml, such a file, which must exist.
std::string name_or_toml_of(const Setting& setting, std::string_view right);

}  // namespace shahr
