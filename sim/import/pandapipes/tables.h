// The tables of a pandapipes network by their names, from either form in which its users keep them.
#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "sim/import/csv_table.h"

namespace shahr::pandapipes {

struct Tables {
    std::map<std::string, CsvTable, std::less<>> by_name;
    std::string fluid;                         // its name; "": the tables do not say

    std::filesystem::path source;

    // Without rows if there is none of that name.
    CsvTable operator[](std::string_view name) const;
    // For messages: the file, and the table where the file holds several.
    std::string place_of(std::string_view name) const;
};

// A folder with a CSV file for each table.
Tables read_folder(const std::filesystem::path& folder);

// A file as pandapipes.to_json writes it: tables are pandas frames, "split", each as a text within the text or as it stands. In messages
// the line is that of the row in the table, after one for the names. Throws InputError if it is no JSON, encrypted, or of pandapower.
Tables read_json(const std::filesystem::path& file);

// Whether the file is JSON and says that it is pandapipes' or pandapower's.
bool is_json_of_pandapipes(const std::filesystem::path& file);

}  // namespace shahr::pandapipes
