// What must be looked at before a text is given to toml++ 3.3, which meets some bytes that no TOML may hold with undefined
// behaviour (a letter beyond ASCII where a space may stand, a NUL in a time): found by the fuzz target.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace shahr {

struct StrayCharacter {
    std::size_t line = 0;                      // from 1; 0: there is none
    std::string what;
};

// The first control character anywhere, or character that is no part of TOML outside of quotes and comments.
StrayCharacter find_stray_character(std::string_view text);

}  // namespace shahr
