// The building stocks of scenarios/archetypes/, put into the program when it is built.
#pragma once
#include <span>
#include <string_view>

namespace shahr {

struct StockText {
    std::string_view name;                     // "central_asia" of central_asia.toml
    std::string_view text;
};

std::span<const StockText> stock_texts();

}  // namespace shahr
