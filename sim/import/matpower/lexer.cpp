#include "sim/import/matpower/lexer.h"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <charconv>

#include "sim/base/error.h"

namespace shahr::matpower {
namespace {

bool begins_name(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

}  // namespace

void Lexer::fail(int line, const std::string& what) const {
    throw InputError(fmt::format("{}:{}: {}", source_, line, what));
}

void Lexer::skip_line() {
    while (at_ < text_.size() && text_[at_] != '\n') ++at_;
}

// A line that holds %{ or %} and nothing else.
bool Lexer::block_comment(char brace) {
    if ((peek() != '%' && peek() != '#') || peek(1) != brace) return false;
    std::size_t before = at_;
    while (before > 0 && is_blank(text_[before - 1])) --before;
    if (before > 0 && text_[before - 1] != '\n') return false;
    std::size_t after = at_ + 2;
    while (after < text_.size() && is_blank(text_[after])) ++after;
    return after == text_.size() || text_[after] == '\n';
}

void Lexer::skip_space_and_comments() {
    for (;;) {
        if (is_blank(peek())) {
            ++at_;
        } else if (block_comment('{')) {
            const int begun = line_;
            for (int depth = 0;;) {
                while (is_blank(peek())) ++at_;
                if (block_comment('{')) ++depth;
                if (block_comment('}') && --depth == 0) break;
                skip_line();
                if (at_ >= text_.size()) fail(begun, "%{ (is not closed) a line with %} alone");
                ++at_, ++line_;
            }
            skip_line();
        } else if (peek() == '%' || peek() == '#') {
            skip_line();
        } else if (text_.substr(at_, 3) == "...") {
            skip_line();
            if (at_ < text_.size()) ++at_, ++line_;
        } else {
            return;
        }
    }
}

Token Lexer::next() {
    const std::size_t before = at_;
    skip_space_and_comments();
    const bool space = at_ > before;
    Token token;
    const char c = peek();
    if (at_ >= text_.size()) {
        token.line = line_;
        token.space_before = space;
        return token;
    }
    const int line = line_;
    if (c == '\n') {
        ++at_, ++line_;
        token.word = Word::end_of_line;
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
        token = read_number();
    } else if (begins_name(c)) {
        token.word = Word::name;
        while (begins_name(peek()) || is_digit(peek())) token.text += text_[at_++];
    } else if (c == '"' || (c == '\'' && !(after_operand_ && !space))) {
        token = read_text(c);
    } else {
        token = read_sign();
    }
    token.line = line;
    token.space_before = space;
    token.space_after = is_blank(peek());
    after_operand_ = token.word == Word::number || token.word == Word::name || token.word == Word::text ||
                     (token.word == Word::sign && (token.text == ")" || token.text == "]" || token.text == "}" || token.text == "'"));
    return token;
}

Token Lexer::read_number() {
    Token token;
    token.word = Word::number;
    std::size_t end = at_;
    while (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.')) {
        // 2.*x, 2./x, 2.^x: the point belongs to the operator.
        if (text_[end] == '.' && end + 1 < text_.size() && (text_[end + 1] == '*' || text_[end + 1] == '/' || text_[end + 1] == '^')) break;
        ++end;
    }
    if (end < text_.size() && (text_[end] == 'e' || text_[end] == 'E' || text_[end] == 'd' || text_[end] == 'D')) {
        std::size_t exponent = end + 1;
        if (exponent < text_.size() && (text_[exponent] == '+' || text_[exponent] == '-')) ++exponent;
        if (exponent < text_.size() && is_digit(text_[exponent])) {
            end = exponent;
            while (end < text_.size() && is_digit(text_[end])) ++end;
        }
    }
    std::string digits(text_.substr(at_, end - at_));
    for (char& d : digits)
        if (d == 'd' || d == 'D') d = 'e';
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), token.number);
    if (error == std::errc::result_out_of_range) fail(line_, fmt::format("{} (too large or too small) a number that double precision holds", digits));
    if (error != std::errc{} || stop != digits.data() + digits.size()) fail(line_, fmt::format("{} (no number) digits with at most one point", digits));
    at_ = end;
    return token;
}

Token Lexer::read_text(char quote) {
    Token token;
    token.word = Word::text;
    for (++at_;; ++at_) {
        if (at_ >= text_.size() || text_[at_] == '\n') fail(line_, fmt::format("{}{} (is not closed) a quote at its end", quote, token.text));
        if (text_[at_] != quote) {
            token.text += text_[at_];
        } else if (peek(1) == quote) {
            token.text += text_[at_++];
        } else {
            ++at_;
            return token;
        }
    }
}

Token Lexer::read_sign() {
    static constexpr std::array<std::string_view, 12> longer = {".*", "./", ".\\", ".^", ".'", "==", "~=", "!=", "<=", ">=", "&&", "||"};
    Token token;
    token.word = Word::sign;
    for (std::string_view sign : longer)
        if (text_.substr(at_, sign.size()) == sign) {
            token.text.append(sign);
            at_ += sign.size();
            return token;
        }
    const char c = text_[at_];
    if (std::string_view("+-*/\\^'()[]{},;:=<>&|~!.@").find(c) == std::string_view::npos) {
        const auto byte = static_cast<unsigned char>(c);
        fail(line_, byte > 32 && byte < 127 ? fmt::format("{} (not a sign of the language) a MATPOWER case file", c) : fmt::format("byte {:#04x} (not text) a MATPOWER case file", byte));
    }
    token.text.push_back(c);
    ++at_;
    return token;
}

}  // namespace shahr::matpower
