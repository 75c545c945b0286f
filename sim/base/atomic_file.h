// A file of which a flush happens whole or not at all, whenever its writer is killed.
//
// What lies beyond the end that the last flush left goes straight to the file: as far as a reader is concerned it is not there
// yet. What lies before that end waits in memory, and a flush first writes it to FILE.journal, then over the file, then
// removes the journal. So there is always the file as one flush left it, with a whole journal or without: mend() lays a whole
// journal over the file. This holds for a killed process; after a power cut, only what the system had brought to the disk is
// there.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <utility>

namespace shahr {

// A file of the operating system's. All throw std::system_error.
class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags);  // of open(2)
    ~Descriptor();
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    bool lock() const;                         // for one writer; false: there is one
    void resize(std::uint64_t size) const;
    void write(const char* bytes, std::uint64_t size, std::uint64_t at) const;
    void read(char* bytes, std::uint64_t size, std::uint64_t at) const;   // 0 behind the end of the file

private:
    int number_;
};

class AtomicFile {
public:
    // Made anew. Throws std::system_error, as all of it, also if another writer is at work on it.
    explicit AtomicFile(const std::filesystem::path& path);
    void read(char* bytes, std::uint64_t size, std::uint64_t at) const;
    void write(const char* bytes, std::uint64_t size, std::uint64_t at);
    void flush(std::uint64_t end);             // the file has `end` bytes from now on
    std::uint64_t size() const { return size_; }

    static constexpr std::uint64_t page_size = 4096;
    using Page = std::array<char, page_size>;
    using Pages = std::map<std::uint64_t, Page>;   // by number: page p holds the bytes from p * page_size on

private:
    Page& page(std::uint64_t number);

    std::filesystem::path path_;
    Descriptor file_;
    Pages waiting_;
    std::uint64_t size_ = 0;
    std::uint64_t kept_ = 0;                   // what the last flush left, in whole pages
};

// Finishes the flush in which the writer of `file` was killed, if it was. Leaves a file alone that is still being written.
// Throws std::system_error where it may not.
void mend(const std::filesystem::path& file);

// Where a flush of `file` is written first.
std::filesystem::path journal_of(const std::filesystem::path& file);

}  // namespace shahr
