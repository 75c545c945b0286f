// A file driver for HDF5 over AtomicFile. HDF5 overwrites its directory (object headers, trees, the superblock) in place, so
// a writer killed in the middle of a flush would leave a file that nothing can read; so it leaves the flush before or this one.
//
// After a write that failed (a full disk, say) nothing is written any more: the file stays as the last flush left it.
#pragma once
#include <cstdint>

namespace shahr::hdf5 {

// Files made anew with this access list (hid_t) are written so; the driver takes no existing file. False if HDF5 refuses it.
bool write_atomically(std::int64_t access);

}  // namespace shahr::hdf5
