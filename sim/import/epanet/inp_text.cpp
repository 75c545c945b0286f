#include "sim/import/epanet/inp_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>

#include "sim/base/error.h"
#include "sim/base/nearest.h"
#include "sim/base/text_encoding.h"

namespace shahr::epanet {
namespace {

constexpr std::array<std::string_view, 29> section_names = {
    "TITLE",    "JUNCTIONS", "RESERVOIRS", "TANKS",  "PIPES",   "PUMPS",  "VALVES",    "CONTROLS",    "RULES",    "DEMANDS",
    "SOURCES",  "EMITTERS",  "PATTERNS",   "CURVES", "QUALITY", "STATUS", "ROUGHNESS", "ENERGY",      "REACTIONS", "MIXING",
    "REPORT",   "TIMES",     "OPTIONS",    "COORDINATES", "VERTICES", "LABELS", "BACKDROP", "TAGS",    "LEAKAGE"};

char upper(char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == ',' || c == '\r' || c == '\f' || c == '\v';
}

Line split(std::string_view text, int number) {
    Line line;
    line.number = number;
    for (std::size_t i = 0; i < text.size();) {
        if (is_blank(text[i])) {
            ++i;
        } else if (text[i] == ';') {
            line.comment = text.substr(i + 1);
            while (!line.comment.empty() && is_blank(line.comment.back())) line.comment.pop_back();
            break;
        } else if (text[i] == '"') {
            const std::size_t end = std::min(text.find('"', i + 1), text.size());
            line.words.emplace_back(text.substr(i + 1, end - i - 1));
            i = end + 1;
        } else {
            std::size_t end = i;
            while (end < text.size() && !is_blank(text[end]) && text[end] != ';') ++end;
            line.words.emplace_back(text.substr(i, end - i));
            i = end;
        }
    }
    return line;
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return upper(x) == upper(y); });
}

bool is_word(std::string_view word, std::string_view keyword, std::size_t letters) {
    const std::size_t n = std::min(letters, keyword.size());
    return word.size() >= n && same_word(word.substr(0, n), keyword.substr(0, n));
}

InpText::InpText(std::string bytes, std::string source) : source_(std::move(source)) {
    DecodedText decoded = decode_text(std::move(bytes));
    code_page_ = std::move(decoded.code_page);
    std::vector<Line>* section = nullptr;
    int number = 0;
    for (std::string_view rest = decoded.utf8; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view text = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        Line line = split(text, ++number);
        if (line.words.empty()) continue;
        const std::string& first = line.words.front();
        if (first.front() == '[') {
            if (is_word(first, "[END", 4)) return;
            const std::string_view name = std::string_view(first).substr(1, first.find(']') - 1);
            const auto known = std::find_if(section_names.begin(), section_names.end(), [&](std::string_view n) { return is_word(name, n); });
            if (known == section_names.end()) throw InputError(fmt::format("{}:{}: {} (no such section) {}", source_, number, first, did_you_mean(name, {section_names.begin(), section_names.end()})));
            section = &sections_[std::string(*known)];
        } else if (!section) {
            throw InputError(fmt::format("{}:{}: {} (stands before any section) a line like [JUNCTIONS] first", source_, number, first));
        } else {
            section->push_back(std::move(line));
        }
    }
}

std::span<const Line> InpText::lines(std::string_view section) const {
    const auto found = sections_.find(section);
    return found == sections_.end() ? std::span<const Line>{} : std::span<const Line>(found->second);
}

void InpText::fail(const Line& line, std::string_view section, const std::string& sentence) const {
    throw InputError(fmt::format("{}:{}: [{}] {}", source_, line.number, section, sentence));
}

InpText read_inp_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw InputError(fmt::format("{} (cannot be read) an EPANET input file", file.string()));
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad()) throw InputError(fmt::format("{} (cannot be read) an EPANET input file", file.string()));
    return InpText(std::move(text), file.string());
}

}  // namespace shahr::epanet
