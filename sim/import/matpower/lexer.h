// The words of a MATLAB file. Comments and continued lines are gone; whether white space stood before a word is kept, since
// it separates the entries of a matrix.
#pragma once
#include <string>
#include <string_view>

namespace shahr::matpower {

enum class Word { end_of_file, end_of_line, number, name, text, sign };

struct Token {
    Word word = Word::end_of_file;
    std::string text;                          // a name, a text without its quotes, or a sign: "+", ".*", "=="
    double number = 0;
    int line = 0;
    bool space_before = false, space_after = false;
};

class Lexer {
public:
    Lexer(std::string_view text, std::string source) : text_(text), source_(std::move(source)) {}
    Token next();
    // Throws InputError `source:line: what`.
    [[noreturn]] void fail(int line, const std::string& what) const;

private:
    void skip_space_and_comments();
    void skip_line();
    bool block_comment(char brace);
    Token read_number();
    Token read_text(char quote);
    Token read_sign();
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    std::string_view text_;
    std::string source_;
    std::size_t at_ = 0;
    int line_ = 1;
    bool after_operand_ = false;               // a quote that follows at once is a transpose
};

}  // namespace shahr::matpower
