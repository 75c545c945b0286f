// How the blocks of a city of buildings are read: key by key, rows by their ids, a later block over an earlier one.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/enum_names.h"
#include "sim/base/ids.h"
#include "sim/base/nearest.h"
#include "sim/scenario/settings.h"

namespace shahr {

// One block, whose keys are asked for by name; in the end every key must have been asked for.
class Reading {
public:
    explicit Reading(const Block& block) : block_(block) {}

    const Setting* find(std::string_view key) {
        known_.push_back(key);
        for (const Setting& s : block_.settings)
            if (s.key == key) return &s;
        return nullptr;
    }
    const Setting& need(std::string_view key, std::string_view right) {
        if (const Setting* s = find(key)) return *s;
        missing(key, right);
    }
    double number(std::string_view key, double otherwise, double least, double most) {
        const Setting* s = find(key);
        return s ? number_of(*s, least, most) : otherwise;
    }
    double needed_number(std::string_view key, std::string_view right, double least, double most) { return number_of(need(key, right), least, most); }
    std::string text(std::string_view key, std::string_view otherwise) {
        const Setting* s = find(key);
        return s ? text_of(*s, "a text in quotes") : std::string(otherwise);
    }
    // A list of numbers; one number stands for a list of one.
    Numbers numbers(std::string_view key, double least, double most) {
        const Setting* s = find(key);
        if (!s) return {};
        if (const auto* none = std::get_if<Ring>(&s->value); none && none->empty()) return {};
        if (!std::holds_alternative<Numbers>(s->value)) return {number_of(*s, least, most)};
        for (const double x : std::get<Numbers>(s->value))
            if (!(x >= least && x <= most)) reject(*s, fmt::format("{} is out of range", x), fmt::format("from {} to {}", least, most));
        return std::get<Numbers>(s->value);
    }
    template <class Enum>
    Enum choice(std::string_view key, Enum otherwise) {
        const Setting* s = find(key);
        if (!s) return otherwise;
        const std::string word = text_of(*s, "a word in quotes");
        if (const auto value = value_of<Enum>(word)) return *value;
        std::vector<std::string_view> words(enum_names<Enum>.begin(), enum_names<Enum>.end());
        reject(*s, "no such choice", did_you_mean(word, words));
    }
    [[noreturn]] void missing(std::string_view key, std::string_view right) const {
        throw InputError(fmt::format("{}: [[{}]] ({} is missing) {}", block_.where, block_.kind, key, right));
    }
    [[noreturn]] void fail(std::string_view why, std::string_view right) const { throw InputError(fmt::format("{}: [[{}]] ({}) {}", block_.where, block_.kind, why, right)); }
    void finish() const {
        for (const Setting& s : block_.settings)
            if (std::find(known_.begin(), known_.end(), s.key) == known_.end()) reject(s, fmt::format("no such key in [[{}]]", block_.kind), did_you_mean(s.key, known_));
    }
    const Block& block() const { return block_; }

private:
    const Block& block_;
    std::vector<std::string_view> known_;
};

// The rows of one kind by their ids.
template <class Id>
class Names {
public:
    explicit Names(std::string_view kind) : kind_(kind) {}
    std::string add(Reading& in, std::size_t rows) {
        const Setting& s = in.need("id", "id = \"a name\"");
        std::string id = text_of(s, "a text in quotes");
        if (id.empty()) reject(s, "empty", "a name");
        if (!at_.emplace(id, as_id<Id>(rows)).second) reject(s, fmt::format("another {} has it", kind_), "a name of its own");
        return id;
    }
    Id of(const Setting& s) const {
        const std::string name = text_of(s, fmt::format("the id of a {}", kind_));
        if (const auto at = at_.find(name); at != at_.end()) return at->second;
        std::vector<std::string_view> known;
        for (const auto& [id, row] : at_) known.push_back(id);
        reject(s, fmt::format("there is no {} of that id", kind_), known.empty() ? fmt::format("a [[{}]]", kind_) : did_you_mean(name, known));
    }

private:
    std::string kind_;
    std::map<std::string, Id> at_;
};

// Blocks of the same kind and id that stand in different files become one, at the place of the first; the later one's keys hold,
// and with `remove = true` the base's is gone. Throws InputError.
Document folded(Document document);

}  // namespace shahr
