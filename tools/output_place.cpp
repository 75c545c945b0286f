#include "tools/output_place.h"

#include <fmt/format.h>
#include <unistd.h>

#include "sim/base/error.h"

namespace shahr {

void check_output_place(const std::filesystem::path& path) {
    namespace fs = std::filesystem;
    const std::string option = fmt::format("-o {}", path.string());
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    std::error_code error;
    if (!path.has_filename()) throw OutputError(fmt::format("{} (a folder) the name of a file in it", option));
    if (fs::is_directory(path, error)) throw OutputError(fmt::format("{} (a folder of that name is there) the name of a file", option));
    // A result is renamed to its name when it is complete: that would put a file in the place of a device or a pipe.
    if (fs::exists(path, error) && !fs::is_regular_file(path, error)) throw OutputError(fmt::format("{} (no ordinary file) the name of a file", option));
    if (!fs::is_directory(folder, error)) throw OutputError(fmt::format("{} (there is no folder {}) make it first, or write elsewhere", option, folder.string()));
    if (access(folder.c_str(), W_OK) != 0 || (fs::exists(path, error) && access(path.c_str(), W_OK) != 0))
        throw OutputError(fmt::format("{} (not writable) a place where you may write", option));
    const auto space = fs::space(folder, error);
    if (!error && space.capacity == 0) throw OutputError(fmt::format("{} (no disk) a place where files can be written", option));
    if (!error && space.available == 0) throw OutputError(fmt::format("{} (the disk is full) a disk with room", option));
}

}  // namespace shahr
