#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "sim/import/matpower/expressions.h"
#include "sim/import/matpower/reader.h"

namespace shahr::matpower {
namespace {

class Statements : public Expressions {
public:
    using Expressions::Expressions;

    Workspace run() {
        variables_["nargin"] = Value::number(0);
        while (separates_statements()) ++at_;
        const bool is_function = is_name("function");
        if (is_function) read_heading();
        block();                               // what follows are functions of its own
        if (!is_function) result_ = case_of_a_script();
        if (is_name("else") || is_name("elseif")) fail(fmt::format("{} (without an if) the end of the function", here().text));
        variables_.erase("nargin");
        return {std::move(variables_), result_};
    }

private:
    // The variable whose field "bus" a script has set.
    std::string case_of_a_script() const {
        static constexpr std::string_view field = ".bus";
        for (const auto& [name, value] : variables_)
            if (name.ends_with(field)) return name.substr(0, name.size() - field.size());
        return {};
    }

    enum class Leaving { no, iteration, loop, function };

    bool separates_statements() const { return here().word == Word::end_of_line || is_sign(";") || is_sign(","); }
    bool is_any_of(const std::set<std::string, std::less<>>& words) const { return here().word == Word::name && words.contains(here().text); }
    bool closes_block() const {
        static const std::set<std::string, std::less<>> words = {"end", "endif", "endfor", "endwhile", "endfunction"};
        return is_any_of(words);
    }

    // Statements until a word that belongs to the block itself.
    void block() {
        while (here().word != Word::end_of_file && leaving_ == Leaving::no) {
            if (separates_statements()) ++at_;
            else if (closes_block() || is_name("else") || is_name("elseif") || is_name("function")) return;
            else statement();
        }
    }
    // Past the same, unread.
    void skip_block() {
        static const std::set<std::string, std::less<>> opening = {"if", "for", "while", "switch", "try", "parfor"};
        int blocks = 0, brackets = 0;
        for (; here().word != Word::end_of_file; ++at_) {
            const bool is_bracket = here().word == Word::sign && here().text.size() == 1;
            if (is_bracket && std::string_view("([{").find(here().text) != std::string_view::npos) ++brackets;
            if (is_bracket && std::string_view(")]}").find(here().text) != std::string_view::npos) --brackets;
            if (here().word != Word::name || brackets > 0 || (at_ > 0 && tokens_[at_ - 1].text == "." && tokens_[at_ - 1].word == Word::sign)) continue;
            if (blocks == 0 && (closes_block() || is_name("else") || is_name("elseif"))) return;
            if (is_any_of(opening)) ++blocks;
            if (closes_block()) --blocks;
        }
    }
    void close_block(int line, const char* what) {
        if (!closes_block()) lexer_.fail(line, fmt::format("{} (is not closed) end", what));
        ++at_;
    }

    // As MATLAB: nothing is false, and so is a matrix with a zero.
    static bool holds(const Value& condition) {
        return condition.is_matrix() ? !condition.numbers.empty() && std::find(condition.numbers.begin(), condition.numbers.end(), 0.0) == condition.numbers.end() : condition.columns > 0;
    }

    void choice() {
        const Deeper deeper(*this);
        const int line = here().line;
        for (bool taken = false; is_name("if") || is_name("elseif") || is_name("else");) {
            const bool has_condition = take().text != "else";
            if (!taken && (!has_condition || holds(expression()))) {
                taken = true;
                block();
                if (leaving_ != Leaving::no) return;
            } else {
                skip_block();
            }
        }
        close_block(line, "if");
    }

    // What follows the heading of a loop, once. Does the loop go on?
    bool iteration() {
        block();
        if (leaving_ == Leaving::function) return false;
        return std::exchange(leaving_, Leaving::no) != Leaving::loop;
    }
    void for_loop() {
        const Deeper deeper(*this);
        const int line = take().line;
        const bool bracketed = is_sign("(");
        if (bracketed) ++at_;
        const std::string name = expect_name();
        expect("=");
        const Value over = expression();
        if (bracketed) expect(")");
        const std::size_t body = at_;
        for (std::size_t c = 0; c < over.columns; ++c) {
            variables_[name] = guarded(line, "for", [&] { return part(over, {std::nullopt, Value::number(static_cast<double>(c + 1))}); });
            at_ = body;
            if (!iteration()) break;
        }
        if (leaving_ != Leaving::no) return;
        at_ = body;
        skip_block();
        close_block(line, "for");
    }
    void while_loop() {
        const Deeper deeper(*this);
        const int line = take().line;
        const std::size_t condition = at_;
        while (holds(expression()) && iteration()) {
            at_ = condition;
            count_step(line);
        }
        if (leaving_ != Leaving::no) return;
        at_ = condition;
        skip_block();
        close_block(line, "while");
    }
    void count_step(int line) {
        if (++steps_ > most_steps) lexer_.fail(line, fmt::format("loops (more than {} statements) fewer", most_steps));
    }

    // What changes no number: what is printed, and variables that are forgotten.
    void skip_statement() {
        while (here().word != Word::end_of_line && here().word != Word::end_of_file && !is_sign(";")) ++at_;
    }
    void forget() {
        ++at_;
        while (here().word == Word::name) variables_.erase(take().text);
    }

    // function mpc = case14 / function [baseMVA, bus, gen, branch] = case14
    void read_heading() {
        ++at_;
        if (is_sign("[")) {
            while (!is_sign("=") && here().word != Word::end_of_line && here().word != Word::end_of_file) ++at_;
        } else {
            result_ = expect_name();
            if (!is_sign("=")) result_.clear();  // a function without a result
        }
        while (here().word != Word::end_of_line && here().word != Word::end_of_file) ++at_;
    }

    // Is there an equals sign in this statement outside of brackets?
    bool is_assignment() const {
        int depth = 0;
        for (std::size_t i = at_;; ++i) {
            const Token& t = tokens_[i];
            if (t.word == Word::end_of_file) return false;
            if (t.word == Word::end_of_line && depth == 0) return false;
            if (t.word != Word::sign) continue;
            if (t.text == "(" || t.text == "[" || t.text == "{") ++depth;
            if (t.text == ")" || t.text == "]" || t.text == "}") --depth;
            if (depth == 0 && t.text == "=") return true;
            if (depth == 0 && (t.text == ";" || t.text == ",")) return false;
        }
    }

    void statement() {
        static const std::set<std::string, std::less<>> control = {"switch", "try", "global", "persistent", "parfor", "case", "otherwise", "catch"}, printing = {"fprintf", "disp", "warning", "clc"};
        count_step(here().line);
        if (is_any_of(control)) fail(fmt::format("{} (cannot be evaluated: of control flow if, for and while are) plain assignments", here().text));
        if (is_name("if")) return choice();
        if (is_name("for")) return for_loop();
        if (is_name("while")) return while_loop();
        if (is_name("break") || is_name("continue") || is_name("return")) {
            leaving_ = is_name("break") ? Leaving::loop : is_name("continue") ? Leaving::iteration : Leaving::function;
            ++at_;
            return;
        }
        if (is_any_of(printing)) return skip_statement();
        if (is_name("define_constants")) {
            ++at_;
            for (const auto& [name, value] : constants()) variables_[name] = value;
        } else if (is_name("clear") && !is_assignment()) {
            forget();
        } else if (is_assignment()) {
            is_sign("[") ? assign_many() : assign_one();
        } else {
            fail(fmt::format("{} (cannot be evaluated: not an assignment) name = value", shown(here())));
        }
        if (here().word != Word::end_of_line && here().word != Word::end_of_file && !is_sign(";") && !is_sign(",")) fail(fmt::format("{} (unexpected) the end of the statement", shown(here())));
    }

    std::string place_name() {
        std::string name = expect_name();
        while (is_sign(".")) {
            ++at_;
            name += '.';
            name += expect_name();
        }
        return name;
    }

    void assign_one() {
        const std::string name = place_name();
        const int line = here().line;
        if (is_sign("{")) fail(fmt::format("{}{{ (cannot be evaluated: an entry of a cell array) a whole one", name));
        Indices indices;
        const bool partly = is_sign("(");
        if (partly) {
            Value& whole = variables_[name];
            indices = arguments(&whole);
        }
        expect("=");
        Value value = expression();
        if (!partly) {
            variables_[name] = std::move(value);
            return;
        }
        guarded(line, name, [&] { set_part(variables_[name], indices, value); });
    }

    void assign_many() {
        const int line = here().line;
        expect("[");
        std::vector<std::string> names;
        while (!is_sign("]")) {
            if (is_sign("~") || is_sign("!")) {
                ++at_;
                names.emplace_back();
            } else {
                names.push_back(place_name());
            }
            if (is_sign(",")) ++at_;
        }
        expect("]");
        expect("=");
        const std::string function = expect_name();
        std::vector<Value> given;
        if (is_sign("("))
            for (auto& a : arguments(nullptr)) given.push_back(a ? *a : Value::text(":"));
        std::vector<Value> results = call_or_fail(line, function, given);
        if (function == "size" && names.size() == 2 && given.size() == 1) results = {Value::number(results[0].numbers[0]), Value::number(results[0].numbers[1])};
        if (names.size() > results.size()) lexer_.fail(line, fmt::format("{} = {} ({} results) at most {}", "[...]", function, names.size(), results.size()));
        for (std::size_t i = 0; i < names.size(); ++i)
            if (!names[i].empty()) variables_[names[i]] = results[i];
    }

    static constexpr int most_steps = 200'000;
    std::string result_;
    Leaving leaving_ = Leaving::no;
    int steps_ = 0;
};

}  // namespace

Workspace evaluate(std::string_view text, const std::string& source) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return Statements(text, source).run();
}

}  // namespace shahr::matpower
