// Ids of test rows: "b7". Appended, since GCC 12 takes "b" + std::to_string(7) for overlapping memory (its bug 105329).
#pragma once
#include <string>

namespace shahr {

template <class Number>
std::string numbered(const char* word, Number number) {
    std::string id(word);
    id += std::to_string(number);
    return id;
}

}  // namespace shahr
