#include "sim/base/hdf5_atomic.h"

#include <fcntl.h>
#include <hdf5.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include "sim/base/hdf5.h"

namespace shahr::hdf5 {
namespace {

constexpr std::uint64_t page_size = 4096;
using Page = std::array<char, page_size>;
using Pages = std::map<std::uint64_t, Page>;   // by number: page p covers the bytes from p * page_size

// A file descriptor. Throws std::system_error.
class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
        if (number_ < 0) fail();
    }
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    bool lock() const { return ::flock(number_, LOCK_EX | LOCK_NB) == 0; }
    void resize(std::uint64_t size) const {
        if (::ftruncate(number_, static_cast<off_t>(size)) != 0) fail();
    }
    void write(const char* bytes, std::size_t size, std::uint64_t at) const {
        while (size > 0) {
            const ssize_t done = ::pwrite(number_, bytes, size, static_cast<off_t>(at));
            if (done < 0 && errno == EINTR) continue;
            if (done < 0) fail();
            bytes += done, size -= static_cast<std::size_t>(done), at += static_cast<std::uint64_t>(done);
        }
    }
    // Bytes behind the end of the file are 0.
    void read(char* bytes, std::size_t size, std::uint64_t at) const {
        while (size > 0) {
            const ssize_t done = ::pread(number_, bytes, size, static_cast<off_t>(at));
            if (done < 0 && errno == EINTR) continue;
            if (done < 0) fail();
            if (done == 0) break;
            bytes += done, size -= static_cast<std::size_t>(done), at += static_cast<std::uint64_t>(done);
        }
        std::memset(bytes, 0, size);
    }

private:
    [[noreturn]] static void fail() { throw std::system_error(errno, std::generic_category()); }
    int number_;
};

// ---- the journal: its mark, number of pages, the pages, each with its number, and a sum over all of it ----

struct Header {
    std::array<char, 8> mark{'s', 'h', 'a', 'h', 'r', 'j', '0', '1'};
    std::uint64_t pages = 0;
};
struct Entry {
    std::uint64_t number;
    Page page;
};

// Fletcher's sum over words of 32 bits. (J. G. Fletcher, "An arithmetic checksum for serial transmissions", 1982.)
std::uint64_t checksum(std::span<const char> bytes) {
    std::uint64_t low = 0, high = 0;
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
        std::uint32_t word;
        std::memcpy(&word, &bytes[at], 4);
        low = (low + word) % 0xffffffffu;
        high = (high + low) % 0xffffffffu;
    }
    return high << 32 | low;
}

std::vector<char> journal_with(const Pages& pages) {
    std::vector<char> bytes(sizeof(Header) + pages.size() * sizeof(Entry) + sizeof(std::uint64_t));
    Header header;
    header.pages = pages.size();
    char* at = bytes.data();
    std::memcpy(at, &header, sizeof header), at += sizeof header;
    for (const auto& [number, page] : pages) {
        std::memcpy(at, &number, sizeof number), at += sizeof number;
        std::memcpy(at, page.data(), page_size), at += page_size;
    }
    const std::uint64_t sum = checksum({bytes.data(), static_cast<std::size_t>(at - bytes.data())});
    std::memcpy(at, &sum, sizeof sum);
    return bytes;
}

// No pages if the journal was not written to its end: then the file has not been touched.
Pages pages_of(const std::filesystem::path& journal) {
    std::ifstream stream(journal, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), {}};
    Header header;
    const std::size_t rest = sizeof header + sizeof(std::uint64_t);
    if (bytes.size() < rest || (bytes.size() - rest) % sizeof(Entry) != 0) return {};
    std::memcpy(&header, bytes.data(), sizeof header);
    std::uint64_t sum;
    std::memcpy(&sum, bytes.data() + bytes.size() - sizeof sum, sizeof sum);
    if (header.mark != Header{}.mark || header.pages != (bytes.size() - rest) / sizeof(Entry)) return {};
    if (sum != checksum({bytes.data(), bytes.size() - sizeof sum})) return {};
    Pages pages;
    for (const char* at = bytes.data() + sizeof header; pages.size() < header.pages; at += sizeof(Entry)) {
        std::uint64_t number;
        std::memcpy(&number, at, sizeof number);
        std::memcpy(pages[number].data(), at + sizeof number, page_size);
    }
    return pages;
}

void lay_down(const Pages& pages, const Descriptor& file) {
    for (const auto& [number, page] : pages) file.write(page.data(), page_size, number * page_size);
}

// ---- the file ----

class AtomicFile {
public:
    explicit AtomicFile(const std::filesystem::path& path) : path_(path), file_(path, O_RDWR | O_CREAT) {
        if (!file_.lock()) throw std::system_error(errno, std::generic_category(), "another program writes it");
        file_.resize(0);
        std::filesystem::remove(journal_of(path));
    }

    void read(char* bytes, std::uint64_t size, std::uint64_t at) const {
        file_.read(bytes, size, at);
        for (auto page = waiting_.lower_bound(at / page_size); page != waiting_.end() && page->first * page_size < at + size; ++page) {
            const auto [begin, end] = shared(page->first, at, size);
            std::memcpy(bytes + (begin - at), page->second.data() + begin % page_size, end - begin);
        }
    }

    void write(const char* bytes, std::uint64_t size, std::uint64_t at) {
        const std::uint64_t before = at < kept_ ? std::min(size, kept_ - at) : 0;
        const std::uint64_t behind = (at + before + page_size - 1) / page_size;
        for (std::uint64_t number = at / page_size; before > 0 && number < behind; ++number) {
            const auto [begin, end] = shared(number, at, before);
            std::memcpy(page(number).data() + begin % page_size, bytes + (begin - at), end - begin);
        }
        if (size > before) file_.write(bytes + before, size - before, at + before);
        size_ = std::max(size_, at + size);
    }

    // The file has `end` bytes from now on.
    void flush(std::uint64_t end) {
        if (end > size_) file_.resize(end);
        if (!waiting_.empty()) {
            const std::vector<char> journal = journal_with(waiting_);
            Descriptor(journal_of(path_), O_WRONLY | O_CREAT | O_TRUNC).write(journal.data(), journal.size(), 0);
            lay_down(waiting_, file_);
            std::filesystem::remove(journal_of(path_));
            waiting_.clear();
        }
        file_.resize(end);
        size_ = end;
        kept_ = (end + page_size - 1) / page_size * page_size;
    }

    std::uint64_t size() const { return size_; }

private:
    // The bytes that a page shares with the `size` bytes from `at` on.
    static std::pair<std::uint64_t, std::uint64_t> shared(std::uint64_t number, std::uint64_t at, std::uint64_t size) {
        return {std::max(at, number * page_size), std::min(at + size, (number + 1) * page_size)};
    }
    Page& page(std::uint64_t number) {
        const auto [found, is_new] = waiting_.try_emplace(number);
        if (is_new) file_.read(found->second.data(), page_size, number * page_size);
        return found->second;
    }

    std::filesystem::path path_;
    Descriptor file_;
    Pages waiting_;
    std::uint64_t size_ = 0;
    std::uint64_t kept_ = 0;                   // what the last flush left, in whole pages
};

// ---- as HDF5 sees it ----

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

std::filesystem::path journal_of(const std::filesystem::path& file) {
    return file.string() + ".journal";
}

bool write_atomically(std::int64_t access) {
    static const H5FD_class_t driver = driver_class();
    static const hid_t number = H5FDregister(&driver);
    return number >= 0 && H5Pset_driver(access, number, nullptr) >= 0;
}

void mend(const std::filesystem::path& file) {
    const std::filesystem::path journal = journal_of(file);
    if (!std::filesystem::exists(journal)) return;
    try {
        const Descriptor descriptor(file, O_RDWR);
        if (!descriptor.lock()) return;
        lay_down(pages_of(journal), descriptor);
        std::filesystem::remove(journal);
    } catch (const std::system_error& error) {
        throw Failure(journal.string() + " belongs to it, of a run that was killed, and cannot be laid over it: " + error.code().message());
    }
}

}  // namespace shahr::hdf5
