// A file driver for HDF5 under which a flush happens whole or not at all, whenever the writer is killed.
//
// HDF5 overwrites its directory (object headers, trees, the superblock) in place, so a writer killed in the middle of a
// flush leaves a file that nothing can read. Here what lies beyond the end that the last flush left goes straight to the
// file: nothing refers to it yet. What lies before that end waits in memory, and a flush first writes it to FILE.journal, then
// over the file, then removes the journal. So there is always the file as one flush left it, with a whole journal or without:
// mend() lays a whole journal over the file. This holds for a killed process; after a power cut, only what the system had
// brought to the disk is there.
//
// After a write that failed (a full disk, say) nothing is written any more: the file stays as the last flush left it.
#pragma once
#include <cstdint>
#include <filesystem>

namespace shahr::hdf5 {

// Files made or opened with this access list (hid_t) are written so. Made anew, not opened: the driver takes no existing file.
bool write_atomically(std::int64_t access);

// Finishes the flush in which the writer of `file` was killed, if it was. Does nothing to a file that is still being written.
void mend(const std::filesystem::path& file);

// Where the driver keeps the journal of `file`.
std::filesystem::path journal_of(const std::filesystem::path& file);

}  // namespace shahr::hdf5
