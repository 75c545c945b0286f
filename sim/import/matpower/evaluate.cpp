#include <fmt/format.h>

#include <set>

#include "sim/import/matpower/expressions.h"
#include "sim/import/matpower/reader.h"

namespace shahr::matpower {
namespace {

class Statements : public Expressions {
public:
    using Expressions::Expressions;

    Workspace run() {
        if (is_name("function")) read_heading();
        while (here().word != Word::end_of_file) {
            if (here().word == Word::end_of_line || is_sign(";") || is_sign(",")) {
                ++at_;
            } else if (is_name("end") || is_name("return") || is_name("endfunction")) {
                break;                         // of the function; what follows are functions of its own
            } else if (is_name("function")) {
                break;
            } else {
                statement();
            }
        }
        return {std::move(variables_), result_};
    }

private:
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
        static const std::set<std::string, std::less<>> control = {"if", "for", "while", "switch", "try", "break", "continue", "global", "persistent", "parfor", "else", "elseif", "case", "otherwise", "catch"};
        if (here().word == Word::name && control.contains(here().text)) fail(fmt::format("{} (cannot be evaluated: no control flow here) plain assignments", here().text));
        if (is_name("define_constants")) {
            ++at_;
            for (const auto& [name, value] : constants()) variables_[name] = value;
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
        const std::vector<Value> results = call_or_fail(line, function, given);
        if (names.size() > results.size()) lexer_.fail(line, fmt::format("{} = {} ({} results) at most {}", "[...]", function, names.size(), results.size()));
        for (std::size_t i = 0; i < names.size(); ++i)
            if (!names[i].empty()) variables_[names[i]] = results[i];
    }

    std::string result_;
};

}  // namespace

Workspace evaluate(std::string_view text, const std::string& source) {
    return Statements(text, source).run();
}

}  // namespace shahr::matpower
