#include "sim/scenario/toml_text.h"

#include <algorithm>

namespace shahr {
namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}
bool is_quote(char c) {
    return c == '"' || c == '\'';
}
bool is_sign(char c) {
    return std::string_view(" \t\r\n+.:,=[]{}#").find(c) != std::string_view::npos;
}
bool is_control(char c) {
    const auto code = static_cast<unsigned char>(c);
    return (code < 0x20 && c != '\t' && c != '\n' && c != '\r') || code == 0x7f;
}

// Walks over a text and knows whether it is within quotes or a comment.
class Walk {
public:
    explicit Walk(std::string_view text) : text_(text) {}

    StrayCharacter find() {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;   // a byte order mark
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (is_control(c)) return stray("a control character");
            if (!quotes_.empty()) {
                within_quotes(c);
            } else if (!comment_ && is_quote(c)) {
                open(c);
            } else if (!comment_ && !is_word(c) && !is_sign(c)) {
                return stray("a character that has no meaning outside of quotes");
            } else {
                comment_ = comment_ ? c != '\n' : c == '#';
                ++at_;
            }
        }
        return {};
    }

private:
    StrayCharacter stray(std::string what) const {
        return {1 + static_cast<std::size_t>(std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n')), std::move(what)};
    }

    void open(char quote) {
        const std::string three(3, quote);
        quotes_ = text_.substr(at_).starts_with(three) ? three : std::string(1, quote);
        at_ += quotes_.size();
    }

    void within_quotes(char c) {
        const bool escape = c == '\\' && quotes_.front() == '"';
        if (escape && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\')) {
            at_ += 2;
        } else if (text_.substr(at_).starts_with(quotes_)) {
            at_ += quotes_.size();
            quotes_.clear();
        } else {
            if (c == '\n' && quotes_.size() == 1) quotes_.clear();   // not closed: the parser will say so
            ++at_;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string quotes_;                       // those that close the string that is open
    bool comment_ = false;
};

}  // namespace

StrayCharacter find_stray_character(std::string_view text) {
    return Walk(text).find();
}

}  // namespace shahr
