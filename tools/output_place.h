// Whether a file can be put where the user wants it; asked before the work, not after it.
#pragma once
#include <filesystem>

namespace shahr {

// Throws OutputError: no such folder, not writable, a folder or a device of that name, a full disk.
void check_output_place(const std::filesystem::path& path);

}  // namespace shahr
