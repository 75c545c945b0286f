// Expressions of a case file, evaluated while they are read.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "sim/import/matpower/arithmetic.h"
#include "sim/import/matpower/lexer.h"

namespace shahr::matpower {

class Expressions {
public:
    Expressions(std::string_view text, const std::string& source);

protected:
    struct Deeper {
        explicit Deeper(Expressions& in);
        ~Deeper() { --in.depth_; }
        Expressions& in;
    };

    const Token& here() const { return tokens_[at_]; }
    bool is_sign(std::string_view s) const { return here().word == Word::sign && here().text == s; }
    bool is_name(std::string_view n) const { return here().word == Word::name && here().text == n; }
    bool is_end() const { return here().word == Word::end_of_line || here().word == Word::end_of_file; }
    Token take() { return tokens_[here().word == Word::end_of_file ? at_ : at_++]; }
    static std::string shown(const Token& token);
    [[noreturn]] void fail(const std::string& what) const { lexer_.fail(here().line, what); }
    void expect(std::string_view sign);
    std::string expect_name();

    Value expression() { return binary(0); }
    // ( ... ): values, or nullopt for a colon. `end` in them is the size of `of`.
    Indices arguments(const Value* of);
    std::vector<Value> call_or_fail(int line, const std::string& name, const std::vector<Value>& given);

    // What goes wrong in f is said of this line.
    template <class F>
    auto guarded(int line, const std::string& about, const F& f) const -> decltype(f()) {
        try {
            return f();
        } catch (const Misuse& misuse) {
            lexer_.fail(line, about + " (" + misuse.why + ") " + misuse.right);
        }
    }

    Lexer lexer_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::map<std::string, Value> variables_;   // fields as "mpc.bus"

private:
    Value binary(std::size_t level);           // the levels from || to comparisons, then tighter and tighter
    Value ranges();
    Value sums();
    Value products();
    Value unary();
    Value powers();
    Value postfix();
    Value primary();
    Value named(const Token& token);
    Value is_field();
    Value matrix(int line);
    Value joined(int line, const std::vector<std::vector<Value>>& rows, const std::vector<int>& lines) const;
    Value cell();
    bool ends_argument(std::size_t ahead) const;
    bool separates() const;
    std::size_t end_at(const Value& of, std::size_t before) const;
    int deeper_than(int depth, int line) const;

    std::vector<std::size_t> ends_;            // what `end` means, the innermost last
    bool in_matrix_ = false;
    int depth_ = 0;
};

}  // namespace shahr::matpower
