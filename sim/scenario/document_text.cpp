#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/scenario/document.h"

namespace shahr {
namespace {

namespace fs = std::filesystem;

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += fmt::format("\\{}", c);
        else if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            out += c;
    }
    return out + '"';
}

std::string number_text(double value) {
    if (!std::isfinite(value)) return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
    const std::string text = fmt::format("{}", value);   // the shortest that reads back to the same number
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string bare_or_quoted(std::string_view key) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    bool bare = !key.empty();
    for (const char c : key) bare = bare && plain(c);
    return bare ? std::string(key) : in_quotes(key);
}

// "building.zone", each part by itself in quotes where it needs them. A dot within a part is not told from one between two.
std::string dotted(std::string_view key) {
    const std::size_t dot = key.find('.');
    return dot == key.npos ? bare_or_quoted(key) : bare_or_quoted(key.substr(0, dot)) + "." + dotted(key.substr(dot + 1));
}

// A path that was relative to the working directory or to a base's, as seen from the outermost file.
Setting rebased(Setting setting, const fs::path& home) {
    auto* text = std::get_if<std::string>(&setting.value);
    if (!text || text->empty() || fs::path(*text).is_absolute() || setting.directory == home) return setting;
    const fs::path here = fs::current_path(), target = (here / setting.directory / *text).lexically_normal();
    *text = target.lexically_relative((here / home).lexically_normal()).string();
    return setting;
}

}  // namespace

std::string to_toml(const WrittenValue& value) {
    struct Writer {
        std::string operator()(bool b) const { return b ? "true" : "false"; }
        std::string operator()(std::int64_t n) const { return fmt::format("{}", n); }
        std::string operator()(double x) const { return number_text(x); }
        std::string operator()(const std::string& s) const { return in_quotes(s); }
        std::string operator()(const Words& words) const {
            std::string out;
            for (const std::string& word : words) out += (out.empty() ? "" : ", ") + in_quotes(word);
            return "[" + out + "]";
        }
        std::string operator()(const Numbers& numbers) const {
            std::string out;
            for (const double x : numbers) out += (out.empty() ? "" : ", ") + number_text(x);
            return "[" + out + "]";
        }
        std::string operator()(const Ring& ring) const {
            std::string out;
            for (const Point& p : ring) out += fmt::format("{}[{}, {}]", out.empty() ? "" : ", ", number_text(p.x_m), number_text(p.y_m));
            return "[" + out + "]";
        }
    };
    return std::visit(Writer{}, value);
}

std::string to_toml(const Document& document, std::span<const std::string_view> path_keys) {
    const fs::path home = document.path.parent_path();
    std::string top;
    std::vector<std::pair<std::string, std::string>> tables;   // in the order of first mention
    for (const Setting& written : document.settings) {
        bool is_path = false;
        for (const std::string_view key : path_keys) is_path = is_path || key == written.key;
        const Setting setting = is_path ? rebased(written, home) : written;
        const std::size_t dot = setting.key.find('.');
        std::string* lines = &top;
        if (dot != std::string::npos) {
            const std::string table = setting.key.substr(0, dot);
            auto at = std::find_if(tables.begin(), tables.end(), [&](const auto& t) { return t.first == table; });
            if (at == tables.end()) at = tables.insert(tables.end(), {table, ""});
            lines = &at->second;
        }
        *lines += fmt::format("{} = {}\n", bare_or_quoted(dot == std::string::npos ? setting.key : setting.key.substr(dot + 1)), to_toml(setting.value));
    }
    std::string text = top;
    for (const auto& [table, lines] : tables) text += fmt::format("\n[{}]\n{}", bare_or_quoted(table), lines);
    for (const Block& block : document.blocks) {
        text += fmt::format("\n[[{}]]\n", dotted(block.kind));
        for (const Setting& s : block.settings) text += fmt::format("{} = {}\n", bare_or_quoted(s.key), to_toml(s.value));
    }
    return text;
}

}  // namespace shahr
