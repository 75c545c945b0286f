#include "sim/import/matpower/expressions.h"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace shahr::matpower {
namespace {

using Signs = std::set<std::string, std::less<>>;
constexpr int deepest = 100;                   // brackets within brackets

}  // namespace

Expressions::Expressions(std::string_view text, const std::string& source) : lexer_(text, source) {
    do tokens_.push_back(lexer_.next());
    while (tokens_.back().word != Word::end_of_file);
}

std::string Expressions::shown(const Token& token) {
    if (token.word == Word::end_of_file) return "the end of the file";
    if (token.word == Word::end_of_line) return "the end of the line";
    if (token.word == Word::number) return fmt::format("{}", token.number);
    return token.text;
}

void Expressions::expect(std::string_view sign) {
    if (!is_sign(sign)) fail(fmt::format("{} (unexpected) {}", shown(here()), sign));
    ++at_;
}

std::string Expressions::expect_name() {
    if (here().word != Word::name) fail(fmt::format("{} (unexpected) a name", shown(here())));
    return take().text;
}

Expressions::Deeper::Deeper(Expressions& in) : in(in) {
    if (in.depth_ >= deepest) in.fail(fmt::format("brackets or blocks (nested more than {} deep) fewer", deepest));
    ++in.depth_;
}

std::vector<Value> Expressions::call_or_fail(int line, const std::string& name, const std::vector<Value>& given) {
    auto results = guarded(line, name, [&] { return call(name, given); });
    if (!results) lexer_.fail(line, fmt::format("{} (cannot be evaluated: no variable and no function known here) numbers, or the usual functions", name));
    return *results;
}

// Loosest to tightest.
Value Expressions::binary(std::size_t level) {
    static const std::vector<Signs> levels = {{"||", "|"}, {"&&", "&"}, {"<", "<=", ">", ">=", "==", "~=", "!="}};
    if (level == levels.size()) return ranges();
    Value left = binary(level + 1);
    while (here().word == Word::sign && levels[level].contains(here().text) && !separates()) {
        const Token sign = take();
        const Value right = binary(level + 1);
        left = guarded(sign.line, sign.text, [&] { return apply(sign.text, left, right); });
    }
    return left;
}

Value Expressions::ranges() {
    Value first = sums();
    if (!is_sign(":") || ends_argument(1)) return first;
    const int line = take().line;
    Value second = sums();
    if (!is_sign(":")) return guarded(line, ":", [&] { return range(first, Value::number(1), second); });
    ++at_;
    const Value third = sums();
    return guarded(line, ":", [&] { return range(first, second, third); });
}

bool Expressions::ends_argument(std::size_t ahead) const {
    const Token& t = tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
    return t.word == Word::sign && (t.text == ")" || t.text == ",");
}

// In a matrix [1 -2] are two numbers, [1 - 2] and [1 -a'] ... the space decides.
bool Expressions::separates() const {
    return in_matrix_ && here().space_before && !here().space_after && (here().text == "+" || here().text == "-" || here().text == "~" || here().text == "!");
}

Value Expressions::sums() {
    Value left = products();
    while ((is_sign("+") || is_sign("-")) && !separates()) {
        const Token sign = take();
        const Value right = products();
        left = guarded(sign.line, sign.text, [&] { return apply(sign.text, left, right); });
    }
    return left;
}

Value Expressions::products() {
    static const Signs signs = {"*", "/", ".*", "./", "\\", ".\\"};
    Value left = unary();
    while (here().word == Word::sign && signs.contains(here().text)) {
        const Token sign = take();
        const Value right = unary();
        left = guarded(sign.line, sign.text, [&] { return apply(sign.text, left, right); });
    }
    return left;
}

Value Expressions::unary() {
    if (!is_sign("+") && !is_sign("-") && !is_sign("~") && !is_sign("!")) return powers();
    const Deeper deeper(*this);
    const Token sign = take();
    const Value value = unary();
    return guarded(sign.line, sign.text, [&] { return sign.text == "-" ? negate(value) : sign.text == "+" ? value : invert(value); });
}

Value Expressions::powers() {
    Value base = postfix();
    while (is_sign("^") || is_sign(".^")) {
        const Token sign = take();
        const bool minus = is_sign("-");
        if (minus) ++at_;
        const Value exponent = postfix();
        base = guarded(sign.line, sign.text, [&] { return apply(sign.text, base, minus ? negate(exponent) : exponent); });
    }
    return base;
}

Value Expressions::postfix() {
    Value value = primary();
    while ((is_sign("'") || is_sign(".'")) && !(in_matrix_ && here().space_before)) {
        const int line = take().line;
        value = guarded(line, "'", [&] { return transpose(value); });
    }
    return value;
}

Value Expressions::primary() {
    const Deeper deeper(*this);
    const Token token = take();
    if (token.word == Word::number) return Value::number(token.number);
    if (token.word == Word::text) return Value::text(token.text);
    if (token.word == Word::name) return named(token);
    if (token.word == Word::sign && token.text == "(") {
        const bool outer = std::exchange(in_matrix_, false);
        Value value = expression();
        expect(")");
        in_matrix_ = outer;
        return value;
    }
    if (token.word == Word::sign && token.text == "[") return matrix(token.line);
    if (token.word == Word::sign && token.text == "{") return cell();
    lexer_.fail(token.line, fmt::format("{} (unexpected) a value", shown(token)));
}

Value Expressions::named(const Token& token) {
    std::string name = token.text;
    if (name == "end") {
        if (ends_.empty()) lexer_.fail(token.line, "end (outside of an index) a number");
        return Value::number(static_cast<double>(ends_.back()));
    }
    if (name == "isfield" && is_sign("(")) return is_field();
    while (is_sign(".") && !(in_matrix_ && here().space_before)) {
        ++at_;
        name += '.';
        name += expect_name();
    }
    const bool indexed = is_sign("(") && !(in_matrix_ && here().space_before);
    if (const auto at = variables_.find(name); at != variables_.end()) {
        if (!indexed) return at->second;
        const Indices indices = arguments(&at->second);
        return guarded(token.line, name, [&] { return part(at->second, indices); });
    }
    if (const auto field = variables_.lower_bound(name + "."); field != variables_.end() && field->first.starts_with(name + "."))
        lexer_.fail(token.line, fmt::format("{} (cannot be evaluated: a whole case) one of its fields, as {}", name, field->first));
    std::vector<Value> given;
    if (indexed && is_function(name))
        for (auto& a : arguments(nullptr)) given.push_back(a ? *a : Value::text(":"));
    const auto results = call_or_fail(token.line, name, given);
    return results.front();
}

// isfield(mpc, 'gencost')
Value Expressions::is_field() {
    expect("(");
    std::string field = expect_name() + ".";
    expect(",");
    const Value name = expression();
    if (name.kind != Value::Kind::text) fail("isfield (no text) the name of a field");
    expect(")");
    field += name.texts[0];
    const auto at = variables_.lower_bound(field);
    return Value::number(at != variables_.end() && (at->first == field || at->first.starts_with(field + ".")) ? 1 : 0);
}

// ( ... ): values, or nullopt for a colon. `end` in them is the size of `of`.
Indices Expressions::arguments(const Value* of) {
    expect("(");
    const bool outer = std::exchange(in_matrix_, false);
    Indices list;
    while (!is_sign(")")) {
        if (is_sign(":") && ends_argument(1)) {
            ++at_;
            list.emplace_back();
        } else {
            if (of) ends_.push_back(end_at(*of, list.size()));
            list.emplace_back(expression());
            if (of) ends_.pop_back();
        }
        if (!is_sign(")")) expect(",");
    }
    ++at_;
    in_matrix_ = outer;
    return list;
}

// Alone, the last of all; as the first of two, of the rows.
std::size_t Expressions::end_at(const Value& of, std::size_t before) const {
    int depth = 0;
    bool alone = before == 0;
    for (std::size_t i = at_; alone && i < tokens_.size(); ++i) {
        const Token& t = tokens_[i];
        if (t.word == Word::end_of_file || t.word == Word::end_of_line) break;
        if (t.word != Word::sign) continue;
        if (t.text == "(" || t.text == "[") ++depth;
        if ((t.text == ")" || t.text == "]") && depth-- == 0) break;
        if (t.text == "," && depth == 0) alone = false;
    }
    return alone ? of.rows * of.columns : before == 0 ? of.rows : of.columns;
}

Value Expressions::matrix(int line) {
    const bool outer = std::exchange(in_matrix_, true);
    std::vector<std::vector<Value>> rows(1);
    std::vector<int> lines(1, here().line);
    for (;; ) {
        if (here().word == Word::end_of_file) lexer_.fail(line, "[ (is not closed) ]");
        if (is_sign("]")) break;
        if (here().word == Word::end_of_line || is_sign(";")) {
            ++at_;
            if (!rows.back().empty()) rows.emplace_back(), lines.push_back(0);
        } else if (is_sign(",")) {
            ++at_;
        } else {
            if (rows.back().empty()) lines.back() = here().line;
            rows.back().push_back(expression());
        }
    }
    ++at_;
    in_matrix_ = outer;
    if (rows.size() == 1 && rows[0].size() == 1 && !rows[0][0].is_matrix()) return rows[0][0];
    if (rows.back().empty()) rows.pop_back(), lines.pop_back();
    return joined(line, rows, lines);
}

// Row by row, so that a row that does not fit is named.
Value Expressions::joined(int line, const std::vector<std::vector<Value>>& rows, const std::vector<int>& lines) const {
    std::size_t width = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        std::size_t here_width = 0;
        for (const Value& v : rows[r]) here_width += v.columns;
        if (width > 0 && here_width > 0 && here_width != width) lexer_.fail(lines[r], fmt::format("row (has {} values) {}, as the rows above", here_width, width));
        width = std::max(width, here_width);
    }
    Value value = guarded(line, "[ ]", [&] { return join(rows); });
    if (value.rows == lines.size()) value.lines = lines;
    return value;
}

Value Expressions::cell() {
    Value value;
    value.kind = Value::Kind::cell;
    const int line = here().line;
    for (int depth = 1; depth > 0;) {
        const Token token = take();
        if (token.word == Word::end_of_file) lexer_.fail(line, "{ (is not closed) }");
        if (token.word == Word::sign && token.text == "{") depth = deeper_than(depth, token.line);
        if (token.word == Word::sign && token.text == "}") --depth;
        if (token.word == Word::text) value.texts.push_back(token.text);
    }
    value.rows = value.texts.size();
    value.columns = 1;
    return value;
}

int Expressions::deeper_than(int depth, int line) const {
    if (depth >= deepest) lexer_.fail(line, fmt::format("{{ (nested more than {} deep) fewer", deepest));
    return depth + 1;
}

}  // namespace shahr::matpower
