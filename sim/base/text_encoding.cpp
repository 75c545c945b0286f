#include "sim/base/text_encoding.h"

#include <iconv.h>

#include <cstdint>

namespace shahr {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) {
    return static_cast<std::uint8_t>(text[i]);
}

// Runs of bytes above 127 of even length, and most of their pairs common characters.
bool looks_chinese(std::string_view text) {
    std::size_t pairs = 0, common = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (byte_at(text, i) < 0x80) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && byte_at(text, end) >= 0x80) ++end;
        if ((end - i) % 2 != 0) return false;
        for (; i < end; i += 2) ++pairs, common += byte_at(text, i) >= 0xb0 && byte_at(text, i) <= 0xd7 && byte_at(text, i + 1) >= 0xa1;
    }
    return pairs > 0 && 2 * common > pairs;
}

std::string convert(std::string_view bytes, const char* code_page) {
    const iconv_t converter = iconv_open("UTF-8", code_page);
    std::string out;
    auto* in = const_cast<char*>(bytes.data());
    std::size_t left = bytes.size();
    char buffer[4096];
    while (left > 0 && converter != reinterpret_cast<iconv_t>(-1)) {
        char* to = buffer;
        std::size_t room = sizeof buffer;
        const std::size_t before = left;
        iconv(converter, &in, &left, &to, &room);
        out.append(buffer, sizeof buffer - room);
        if (left == before && room == sizeof buffer) {
            out += "\xef\xbf\xbd";
            ++in, --left;
        }
    }
    if (converter != reinterpret_cast<iconv_t>(-1)) iconv_close(converter);
    return out;
}

}  // namespace

// Unicode 15, table 3-7: lead byte, continuation bytes, no overlong forms, no surrogates.
bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::uint8_t lead = byte_at(text, i);
        const std::size_t more = lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 4;
        if (more == 4 || i + more >= text.size()) return false;
        for (std::size_t k = 1; k <= more; ++k)
            if ((byte_at(text, i + k) & 0xc0) != 0x80) return false;
        const std::uint8_t second = more > 0 ? byte_at(text, i + 1) : 0;
        if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second >= 0xa0) || (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second >= 0x90)) return false;
        i += more + 1;
    }
    return true;
}

DecodedText decode_text(std::string bytes) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.erase(0, 3);
    if (is_utf8(bytes)) return {std::move(bytes), ""};
    const char* code_page = looks_chinese(bytes) ? "GB18030" : "WINDOWS-1251";
    return {convert(bytes, code_page), looks_chinese(bytes) ? "GB18030" : "Windows-1251"};
}

}  // namespace shahr
