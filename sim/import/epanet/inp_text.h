// An EPANET input file as lines of words under their sections.
#pragma once
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shahr::epanet {

struct Line {
    int number = 0;                            // in the file, from 1
    std::vector<std::string> words;            // between blanks, tabs and commas, or within quotes
    std::string comment;                       // what stands behind the semicolon
};

class InpText {
public:
    // Throws InputError `source:line: [FOO] (no such section) ...`. Sections may come in any order and more than once.
    InpText(std::string text, std::string source);

    // Full names: "JUNCTIONS". Without such a section, none.
    std::span<const Line> lines(std::string_view section) const;
    const std::string& source() const { return source_; }
    const std::string& code_page() const { return code_page_; }

    // Throws InputError `source:line: [SECTION] what (why) right`.
    [[noreturn]] void fail(const Line& line, std::string_view section, const std::string& sentence) const;

private:
    std::map<std::string, std::vector<Line>, std::less<>> sections_;
    std::string source_, code_page_;
};

// Reads the whole file. Throws InputError if it cannot be read.
InpText read_inp_text(const std::filesystem::path& file);

// Upper and lower case alike.
bool same_word(std::string_view a, std::string_view b);
// EPANET knows its keywords by their first letters: "HYDR" and "hydraulic" are both "HYDRAULIC".
bool is_word(std::string_view word, std::string_view keyword, std::size_t letters = 4);

}  // namespace shahr::epanet
