// The city file: every table of a city, complete and versioned (HDF5; sim/city/table_file.h has its layout).
#pragma once
#include <filesystem>
#include <string>

#include "sim/city/city.h"

namespace shahr {

// Written beside its place and renamed when complete: what stood there before is replaced, or kept if this fails.
// The same city gives the same bytes. `import_report` is kept in the file for the record. Throws OutputError.
void save_city(const City& city, const std::filesystem::path& path, const std::string& import_report);

// Throws InputError if there is no such file, it is not a city file of this version, cut short or damaged, or if its
// tables break a rule of the city (sim/city/validate.h).
City load_city(const std::filesystem::path& path);

// What the import had to say about it. Throws as load_city does.
std::string load_import_report(const std::filesystem::path& path);

}  // namespace shahr
