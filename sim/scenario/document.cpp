#include "sim/scenario/document.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>

#include "sim/base/nearest.h"
#include "sim/scenario/toml_text.h"

namespace shahr {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 16'000'000;  // thousands of interventions; a device without an end is none

std::string file_text(const fs::path& path, const std::string& mentioned) {
    if (fs::is_directory(path)) throw InputError(fmt::format("{}{} (a directory) the path of a scenario file (.toml)", mentioned, path.string()));
    std::ifstream file(path, std::ios::binary);
    if (!file) throw InputError(fmt::format("{}{} ({}) the path of a scenario file (.toml)", mentioned, path.string(), fs::exists(path) ? "not readable" : "no such file"));
    std::string text;
    for (char part[4096]; file.read(part, sizeof part) || file.gcount() > 0;) {
        text.append(part, static_cast<std::size_t>(file.gcount()));
        if (text.size() > most_bytes) throw InputError(fmt::format("{}{} (larger than {} MB) the path of a scenario file (.toml)", mentioned, path.string(), most_bytes / 1'000'000));
    }
    return text;
}

toml::table parse(std::string_view text, const std::string& name) {
    if (const StrayCharacter stray = find_stray_character(text); stray.line > 0)
        throw InputError(fmt::format("{}:{}: (not TOML: {}) text in UTF-8; keys of plain letters, values in quotes", name, stray.line, stray.what));
    try {
        return toml::parse(text, name);
    } catch (const toml::parse_error& e) {
        throw InputError(fmt::format("{}:{}: (not TOML: {}) see https://toml.io", name, e.source().begin.line, e.description()));
    }
}

std::string written_time(const toml::date& d) {
    return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
}
std::string written_time(const toml::time& t) {
    return fmt::format("{:02}:{:02}:{:02}", t.hour, t.minute, t.second);
}

[[noreturn]] void reject_kind(const std::string& where, const std::string& key, std::string_view kind) {
    throw InputError(fmt::format("{}: {} ({}) a text, a number, true or false", where, key, kind));
}

// A list of texts or of numbers, or a ring: a list of [x, y].
WrittenValue list_value(const toml::array& list, const std::string& key, const std::string& where) {
    if (!list.empty() && list.is_homogeneous<std::string>()) {
        Words words;
        for (const auto& item : list) words.push_back(item.ref<std::string>());
        return words;
    }
    const auto is_number = [](const toml::node& item) { return item.is_number(); };
    if (!list.empty() && std::all_of(list.begin(), list.end(), is_number)) {
        Numbers numbers;
        for (const auto& item : list) numbers.push_back(item.value_or(0.0));
        return numbers;
    }
    Ring ring;
    for (const auto& item : list) {
        const toml::array* pair = item.as_array();
        const auto x = pair && pair->size() == 2 ? (*pair)[0].value<double>() : std::nullopt;
        const auto y = x ? (*pair)[1].value<double>() : std::nullopt;
        if (!y) throw InputError(fmt::format("{}: {} (a list of neither texts, numbers nor points) points are written [[x, y], [x, y], ...]", where, key));
        ring.push_back({*x, *y});
    }
    return ring;
}

WrittenValue written_value(const toml::node& node, const std::string& key, const std::string& where) {
    switch (node.type()) {
        case toml::node_type::string: return node.ref<std::string>();
        case toml::node_type::integer: return node.ref<std::int64_t>();
        case toml::node_type::floating_point: return node.ref<double>();
        case toml::node_type::boolean: return node.ref<bool>();
        case toml::node_type::date: return written_time(node.ref<toml::date>());
        case toml::node_type::time: return written_time(node.ref<toml::time>());
        case toml::node_type::date_time: {
            const auto& moment = node.ref<toml::date_time>();
            if (moment.offset) reject_kind(where, key, "a time with a zone");
            return written_time(moment.date) + " " + written_time(moment.time);
        }
        case toml::node_type::array: return list_value(*node.as_array(), key, where);
        default: reject_kind(where, key, "a table");
    }
}

// Collects one file's lines; toml++ sorts its tables by key, so the order of the lines is restored from the positions.
class Collector {
public:
    Collector(const toml::table& file, std::string name, fs::path directory) : name_(std::move(name)), directory_(std::move(directory)) {
        collect(file, "");
        const auto by_line = [](const auto& a, const auto& b) { return a.first < b.first; };
        std::stable_sort(settings_.begin(), settings_.end(), by_line);
        std::stable_sort(blocks_.begin(), blocks_.end(), by_line);
    }
    template <class F>
    void each_setting(F&& f) {
        for (auto& [line, setting] : settings_) f(std::move(setting));
    }
    template <class F>
    void each_block(F&& f) {
        for (auto& [line, block] : blocks_) f(std::move(block));
    }

private:
    using Place = std::pair<toml::source_index, toml::source_index>;  // line, column
    static Place place(const toml::key& key) { return {key.source().begin.line, key.source().begin.column}; }
    std::string where(toml::source_index line) const { return fmt::format("{}:{}", name_, line); }

    Setting setting(const toml::key& key, const toml::node& node, const std::string& dotted) const {
        const std::string at = where(key.source().begin.line);
        return {dotted, written_value(node, dotted, at), at, "", directory_};
    }

    void collect(const toml::table& table, const std::string& prefix) {
        for (const auto& [key, node] : table) {
            const std::string dotted = prefix + std::string(key.str());
            if (const auto* inner = node.as_table())
                collect(*inner, dotted + ".");
            else if (const auto* list = node.as_array(); list && !list->empty() && list->is_homogeneous<toml::table>())
                for (const auto& item : *list) collect_block(*item.as_table(), dotted);
            else
                settings_.emplace_back(place(key), setting(key, node, dotted));
        }
    }

    void collect_block(const toml::table& table, const std::string& kind) {
        const auto& start = table.source().begin;
        std::vector<std::pair<Place, Setting>> lines;
        for (const auto& [key, node] : table) {
            const auto* list = node.as_array();
            if (list && !list->empty() && list->is_homogeneous<toml::table>())
                for (const auto& item : *list) collect_block(*item.as_table(), kind + "." + std::string(key.str()));
            else
                lines.emplace_back(place(key), setting(key, node, std::string(key.str())));
        }
        std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        Block block{kind, where(start.line), {}};
        for (auto& [at, line] : lines) block.settings.push_back(std::move(line));
        blocks_.emplace_back(Place{start.line, start.column}, std::move(block));
    }

    std::string name_;
    fs::path directory_;
    std::vector<std::pair<Place, Setting>> settings_;
    std::vector<std::pair<Place, Block>> blocks_;
};

void put(Document& document, Setting setting) {
    const auto same = std::find_if(document.settings.begin(), document.settings.end(), [&](const Setting& s) { return s.key == setting.key; });
    if (same == document.settings.end())
        document.settings.push_back(std::move(setting));
    else
        *same = std::move(setting);
}

std::string_view label_of(const Block& block) {
    for (const Setting& s : block.settings)
        if (const auto* text = std::get_if<std::string>(&s.value); text && s.key == "label") return *text;
    return "";
}

void remove_labels(Document& document, const Setting& removal) {
    Words labels;
    if (const auto* one = std::get_if<std::string>(&removal.value))
        labels.push_back(*one);
    else if (const auto* several = std::get_if<Words>(&removal.value))
        labels = *several;
    else
        reject(removal, "not a label", "the label of an intervention of the base, or a list of labels");
    for (const std::string& label : labels) {
        const std::size_t before = document.blocks.size();
        std::erase_if(document.blocks, [&](const Block& block) { return !label.empty() && label_of(block) == label; });
        if (document.blocks.size() < before) continue;
        std::vector<std::string_view> known;
        for (const Block& block : document.blocks)
            if (!label_of(block).empty()) known.push_back(label_of(block));
        reject(removal, fmt::format("the base has no intervention labelled \"{}\"", label), known.empty() ? "no intervention of the base has a label" : did_you_mean(label, known));
    }
}

// The value of a --set: TOML where it is TOML, else bare text, so that a path needs no second pair of quotes.
WrittenValue set_value(const std::string& text, const std::string& key) {
    if (find_stray_character(text).line > 0) return text;
    try {
        const toml::table table = toml::parse("value = " + text);
        if (const toml::node* node = table.get("value"); node && table.size() == 1 && !node->is_table()) return written_value(*node, key, "--set");
    } catch (const toml::parse_error&) {
    }
    return text;
}

Setting read_set(const std::string& set) {
    const std::size_t equals = set.find('=');
    const auto trimmed = [](std::string_view s) {
        while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
        while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
        return std::string(s);
    };
    if (equals == std::string::npos || trimmed(set.substr(0, equals)).empty()) throw InputError(fmt::format("--set {} (not key=value) as in --set traffic.step=0.5s", set));
    const std::string key = trimmed(set.substr(0, equals)), text = trimmed(set.substr(equals + 1));
    if (key == "base" || key == "remove") throw InputError(fmt::format("--set {} (\"{}\" belongs in a file) write an overlay", set, key));
    return {key, set_value(text, key), "--set", text, ""};
}

// Adds a file to the document, its base before it. `chain`: the files that led here.
void add_file(Document& document, std::string_view text, const fs::path& path, std::vector<fs::path>& chain) {
    const toml::table file = parse(text, path.string());
    Collector lines(file, path.string(), path.parent_path());
    std::vector<Setting> own;
    lines.each_setting([&](Setting s) { own.push_back(std::move(s)); });
    chain.push_back(fs::weakly_canonical(path));
    for (const Setting& s : own) {
        if (s.key != "base") continue;
        const auto* name = std::get_if<std::string>(&s.value);
        if (!name || name->empty()) reject(s, "not a path", "the path of the scenario to take everything from");
        const fs::path base = path.parent_path() / *name;
        if (std::find(chain.begin(), chain.end(), fs::weakly_canonical(base)) != chain.end()) reject(s, "leads back to a file that is already being read", "a base that does not stand on this file");
        add_file(document, file_text(base, fmt::format("{}: base = ", s.where)), base, chain);
    }
    for (Setting& s : own) {
        if (s.key == "remove")
            remove_labels(document, s);
        else if (s.key != "base")
            put(document, std::move(s));
    }
    lines.each_block([&](Block block) { document.blocks.push_back(std::move(block)); });
}

}  // namespace

Document read_document_text(std::string_view text, const fs::path& name, std::span<const std::string> sets) {
    Document document;
    document.path = name;
    std::vector<fs::path> chain;
    add_file(document, text, name, chain);
    for (const std::string& set : sets) put(document, read_set(set));
    return document;
}

Document read_document(const fs::path& path, std::span<const std::string> sets) {
    return read_document_text(file_text(path, ""), path, sets);
}

void reject(const Setting& setting, std::string_view why, std::string_view right) {
    const std::string value = setting.where == "--set" ? setting.raw : to_toml(setting.value);
    throw InputError(fmt::format("{}: {} = {} ({}){}{}", setting.where, setting.key, value, why, right.empty() ? "" : " ", right));
}

}  // namespace shahr
