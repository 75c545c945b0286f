// Descriptions that are put into the program when it is built, so that it finds them wherever it is installed.
#pragma once
#include <span>
#include <string_view>

namespace shahr {

struct BundledText {
    std::string_view name;                     // "central_asia" of central_asia.toml
    std::string_view text;
};

std::span<const BundledText> stock_texts();    // scenarios/archetypes/
std::span<const BundledText> climate_texts();  // scenarios/climates/

}  // namespace shahr
