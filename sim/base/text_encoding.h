// Text as UTF-8, whatever code page a file was written in.
#pragma once
#include <string>
#include <string_view>

namespace shahr {

bool is_utf8(std::string_view bytes);

struct DecodedText {
    std::string utf8;
    std::string code_page;                     // "" where nothing was to do; else "Windows-1251", "GB18030"
};

// UTF-8 stays as it is, without its byte order mark. Anything else is taken as Chinese (GB18030) where the bytes above 127
// stand in pairs, most of which are common characters of GB 2312 (level 1: first byte B0 to D7), and as Russian
// (Windows-1251) otherwise. Bytes that the code page does not know become U+FFFD.
DecodedText decode_text(std::string bytes);

}  // namespace shahr
