// A scenario as written: keys with their values and the line each stands on, overlays and --set folded in. Nothing is
// interpreted yet; this file and its .cpp are all that know TOML.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/error.h"
#include "sim/base/point.h"

namespace shahr {

using Ring = std::vector<Point>;
using Words = std::vector<std::string>;
using Numbers = std::vector<double>;
using WrittenValue = std::variant<bool, std::int64_t, double, std::string, Words, Ring, Numbers>;

struct Setting {
    std::string key;                           // dotted: "traffic.step"
    WrittenValue value;
    std::string where;                         // "morning.toml:12", or "--set"
    std::string raw;                           // of a --set: what stood behind the =
    std::filesystem::path directory;           // what a path in the value is relative to
};

// One [[close_road]] or the like. One that stands within another ([[building.zone]]) follows it as a block of its own.
struct Block {
    std::string kind;                          // "close_road", "building.zone"
    std::string where;
    std::vector<Setting> settings;             // in the order of the lines
};

struct Document {
    std::filesystem::path path;                // of the outermost file
    std::vector<Setting> settings;             // each key once: the last that was written; in the order of first mention
    std::vector<Block> blocks;                 // in the order of the lines, the base's first
};

// Reads the file, its bases before it, and then the sets ("key=value"; the value TOML, or bare text).
// Throws InputError: missing file, not TOML, a base that leads back to itself, a label to remove that is not there.
Document read_document(const std::filesystem::path& path, std::span<const std::string> sets);

// The same from a text that stands in memory, as if in a file of that name. `base` is followed to files.
Document read_document_text(std::string_view text, const std::filesystem::path& name, std::span<const std::string> sets);

// The document as one TOML text: its order is that of the document, so the text of what is read back is the same.
// Relative paths under `path_keys` are rewritten to be relative to the directory of Document::path.
std::string to_toml(const Document& document, std::span<const std::string_view> path_keys);

std::string to_toml(const WrittenValue& value);

// `where: key = value (why) right`.
[[noreturn]] void reject(const Setting& setting, std::string_view why, std::string_view right);

}  // namespace shahr
