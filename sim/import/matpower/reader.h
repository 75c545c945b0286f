// Reads and evaluates a MATPOWER case file: the literals, and the code by which distribution cases convert their units.
//
// What is understood: assignments to names, fields and indexed parts; [A, B] = f; matrices, ranges, indexing with colons, `end`
// and logical masks; arithmetic, comparisons; the functions in functions.cpp; if, for and while. After The MathWorks' language
// reference and MATPOWER's caseformat.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "sim/import/matpower/value.h"

namespace shahr::matpower {

// The variables that the file leaves behind; fields under "mpc.bus". A case function with several results ("[baseMVA, bus,
// gen, branch] = ...", version 1 of the format) gives them under their own names.
struct Workspace {
    std::map<std::string, Value> variables;
    std::string result;                        // the name of the function's one result: "mpc"; "" if it has several
    const Value* find(const std::string& name) const {
        const auto at = variables.find(result.empty() ? name : result + "." + name);
        return at == variables.end() ? nullptr : &at->second;
    }
};

// Throws InputError `source:line: ...` naming what cannot be read or evaluated.
Workspace evaluate(std::string_view text, const std::string& source);

}  // namespace shahr::matpower
