#include "sim/import/pandapipes/tables.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/base/error.h"

namespace shahr::pandapipes {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

Json parsed(std::string_view text, const std::string& where) {
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) throw InputError(fmt::format("{} (no JSON: it is cut off, encrypted or damaged) a file that pandapipes.to_json has written, without a key", where));
    return json;
}

std::string value_of(const Json& value) {
    if (value.is_null()) return "";
    if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
    return value.is_string() ? value.get<std::string>() : value.dump();
}

void append(std::string& line, const std::string& value) {
    line += '"';
    for (const char c : value) line.append(c == '"' ? 2 : 1, c);
    line += '"';
}

// {"columns": [...], "index": [...], "data": [[...], ...]} as CSV, the index first and without a name, as to_csv writes it.
std::string as_csv(const Json& frame, const std::string& where) {
    if (!frame.is_object() || !frame.contains("columns") || !frame.contains("index") || !frame.contains("data") || frame["index"].size() != frame["data"].size())
        throw InputError(fmt::format("{} (a frame without columns, index and data) pandas' orientation \"split\"", where));
    std::string text;
    for (const Json& column : frame["columns"]) {
        text += ',';
        append(text, value_of(column));
    }
    text += '\n';
    for (std::size_t r = 0; r < frame["data"].size(); ++r) {
        text += value_of(frame["index"][r]);
        for (const Json& value : frame["data"][r]) {
            text += ',';
            append(text, value_of(value));
        }
        text += '\n';
    }
    return text;
}

bool is_class(const Json& json, std::string_view name) {
    return json.is_object() && json.value("_class", "") == name && json.contains("_object");
}

std::string start_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string start(4096, '\0');
    stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(stream.gcount()));
    return start;
}

Tables tables_of(const Json& json, const std::string& name) {
    if (is_class(json, "pandapowerNet")) throw InputError(fmt::format("{} (a power grid of pandapower) a folder with its tables as CSV files: one of pandapipes may be JSON", name));
    if (!is_class(json, "pandapipesNet")) throw InputError(fmt::format("{} (no network of pandapipes) a file that pandapipes.to_json has written", name));
    Tables tables;
    tables.source = name;
    for (const auto& [key, value] : json["_object"].items()) {
        if (is_class(value, "DataFrame")) {
            const std::string where = fmt::format("{}: {}", name, key);
            const Json& frame = value["_object"];
            tables.by_name.emplace(key, CsvTable::parse(as_csv(frame.is_string() ? parsed(frame.get<std::string>(), where) : frame, where), where));
        } else if (key == "fluid" && is_class(value, "Fluid")) {
            const Json& fluid = value["_object"];
            tables.fluid = (fluid.is_string() ? parsed(fluid.get<std::string>(), name + ": fluid") : fluid).value("name", "");
        }
    }
    return tables;
}

}  // namespace

CsvTable Tables::operator[](std::string_view name) const {
    const auto at = by_name.find(name);
    return at == by_name.end() ? CsvTable() : at->second;
}

std::string Tables::place_of(std::string_view name) const {
    return fs::is_directory(source) ? (source / fmt::format("{}.csv", name)).string() : fmt::format("{}: {}", source.string(), name);
}

Tables read_folder(const fs::path& folder) {
    Tables tables;
    tables.source = folder;
    for (const auto& file : fs::directory_iterator(folder))
        if (file.path().extension() == ".csv") tables.by_name.emplace(file.path().stem().string(), CsvTable::read(file.path()));
    return tables;
}

Tables read_json(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), {}), name = file.string();
    try {
        return tables_of(parsed(text, name), name);
    } catch (const Json::exception& error) {   // a number where a text belongs, or the like
        throw InputError(fmt::format("{} ({}) a file that pandapipes.to_json has written", name, error.what()));
    }
}

bool is_json_of_pandapipes(const fs::path& file) {
    if (file.extension() != ".json") return false;
    const std::string start = start_of(file);
    return start.find("pandapipesNet") != start.npos || start.find("pandapowerNet") != start.npos;
}

}  // namespace shahr::pandapipes
