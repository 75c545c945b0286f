#include "sim/base/hdf5_atomic.h"

#include <hdf5.h>

#include <algorithm>
#include <exception>
#include <iterator>
#include <stdexcept>

#include "sim/base/atomic_file.h"

namespace shahr::hdf5 {
namespace {

struct Driven : H5FD_t {
    explicit Driven(const char* path) : H5FD_t{}, file(path) {}
    AtomicFile file;
    haddr_t end = 0;                           // of the space that HDF5 has handed out
    bool failed = false;
};

// HDF5 is C: no exception may pass through it. The reason goes onto its stack of errors.
template <class Work>
herr_t reported(const Work& work) {
    try {
        work();
        return 0;
    } catch (const std::exception& error) {
        H5Epush2(H5E_DEFAULT, __FILE__, __func__, __LINE__, H5E_ERR_CLS, H5E_IO, H5E_WRITEERROR, "%s", error.what());
        return -1;
    }
}

template <class Work>
herr_t written(H5FD_t* file, const Work& work) {
    auto& driven = static_cast<Driven&>(*file);
    return reported([&] {
        if (driven.failed) throw std::runtime_error("a write before it failed");
        driven.failed = true;
        work(driven);
        driven.failed = false;
    });
}

H5FD_t* open_driven(const char* name, unsigned, hid_t, haddr_t) {
    H5FD_t* opened = nullptr;
    reported([&] { opened = new Driven(name); });
    return opened;
}

herr_t close_driven(H5FD_t* file) {
    delete static_cast<Driven*>(file);
    return 0;
}

herr_t features(const H5FD_t*, unsigned long* flags) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

haddr_t end_of_space(const H5FD_t* file, H5FD_mem_t) {
    return static_cast<const Driven*>(file)->end;
}

herr_t set_end_of_space(H5FD_t* file, H5FD_mem_t, haddr_t end) {
    static_cast<Driven*>(file)->end = end;
    return 0;
}

haddr_t end_of_file(const H5FD_t* file, H5FD_mem_t) {
    return static_cast<const Driven*>(file)->file.size();
}

herr_t read_driven(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, size_t size, void* bytes) {
    return reported([&] { static_cast<Driven*>(file)->file.read(static_cast<char*>(bytes), size, at); });
}

herr_t write_driven(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, size_t size, const void* bytes) {
    return written(file, [&](Driven& driven) { driven.file.write(static_cast<const char*>(bytes), size, at); });
}

herr_t flush_driven(H5FD_t* file, hid_t, hbool_t) {
    return written(file, [](Driven& driven) { driven.file.flush(driven.end); });
}

// The whole of a flush, its change of size too, is done by flush_driven, which HDF5 calls next.
herr_t truncate_driven(H5FD_t*, hid_t, hbool_t) {
    return 0;
}

H5FD_class_t driver_class() {
    H5FD_class_t driver{};
    driver.name = "shahr_atomic";
    driver.maxaddr = static_cast<haddr_t>(INT64_MAX);
    driver.fc_degree = H5F_CLOSE_WEAK;
    driver.open = open_driven;
    driver.close = close_driven;
    driver.query = features;
    driver.get_eoa = end_of_space;
    driver.set_eoa = set_end_of_space;
    driver.get_eof = end_of_file;
    driver.read = read_driven;
    driver.write = write_driven;
    driver.flush = flush_driven;
    driver.truncate = truncate_driven;
    const H5FD_mem_t sections[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;
    std::copy(std::begin(sections), std::end(sections), driver.fl_map);
    return driver;
}

}  // namespace

bool write_atomically(std::int64_t access) {
    static const H5FD_class_t driver = driver_class();
    static const hid_t number = H5FDregister(&driver);
    return number >= 0 && H5Pset_driver(access, number, nullptr) >= 0;
}

}  // namespace shahr::hdf5
