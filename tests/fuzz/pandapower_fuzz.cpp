// Any text as a folder of pandapower's tables, "== bus" before each: it is read, or refused with an InputError.
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "sim/base/error.h"
#include "sim/city/validate.h"
#include "sim/import/pandapower_import.h"

namespace {

// Names of tables are letters, digits and underscores: nothing is written anywhere else.
void write_tables(const std::filesystem::path& folder, std::string_view text) {
    constexpr std::string_view before = "== ";
    for (std::size_t at = text.find(before); at != text.npos;) {
        const std::size_t name = at + before.size(), line_end = std::min(text.find('\n', name), text.size()), next = text.find(before, name);
        const std::string_view table = text.substr(name, line_end - name);
        const bool plain = !table.empty() && table.size() < 40 && table.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == table.npos;
        if (plain) std::ofstream(folder / (std::string(table) + ".csv"), std::ios::binary) << text.substr(std::min(line_end + 1, text.size()), next == text.npos ? next : next - line_end - 1);
        at = next;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("shahr_pandapower_fuzz_" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    write_tables(folder, {reinterpret_cast<const char*>(data), size});
    try {
        shahr::ImportReport report;
        if (shahr::is_pandapower_folder(folder)) shahr::validate(shahr::import_pandapower(folder, report));
    } catch (const shahr::InputError&) {
    }
    std::filesystem::remove_all(folder);
    return 0;
}
