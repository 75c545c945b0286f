#include "sim/base/atomic_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>
#include <system_error>
#include <vector>

namespace shahr {
namespace {

using Page = AtomicFile::Page;
using Pages = AtomicFile::Pages;
constexpr std::uint64_t page_size = AtomicFile::page_size;

[[noreturn]] void fail() {
    throw std::system_error(errno, std::generic_category());
}

// How many bytes a call moved; negative numbers are failures, but for calls that a signal cut short.
std::uint64_t moved(ssize_t result) {
    if (result < 0 && errno != EINTR) fail();
    return result < 0 ? 0 : static_cast<std::uint64_t>(result);
}

// The journal: a header, the pages, each behind its number, and a sum over all of it.
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

// The bytes that a page shares with the `size` bytes from `at` on.
std::pair<std::uint64_t, std::uint64_t> shared(std::uint64_t number, std::uint64_t at, std::uint64_t size) {
    return {std::max(at, number * page_size), std::min(at + size, (number + 1) * page_size)};
}

std::uint64_t pages_up_to(std::uint64_t end) {
    return (end + page_size - 1) / page_size;
}

}  // namespace

Descriptor::Descriptor(const std::filesystem::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
    if (number_ < 0) fail();
}

Descriptor::~Descriptor() {
    ::close(number_);
}

bool Descriptor::lock() const {
    return ::flock(number_, LOCK_EX | LOCK_NB) == 0;
}

void Descriptor::resize(std::uint64_t size) const {
    if (::ftruncate(number_, static_cast<off_t>(size)) != 0) fail();
}

void Descriptor::write(const char* bytes, std::uint64_t size, std::uint64_t at) const {
    for (std::uint64_t done = 0; done < size;) done += moved(::pwrite(number_, bytes + done, size - done, static_cast<off_t>(at + done)));
}

void Descriptor::read(char* bytes, std::uint64_t size, std::uint64_t at) const {
    std::uint64_t done = 0;
    while (done < size) {
        const ssize_t result = ::pread(number_, bytes + done, size - done, static_cast<off_t>(at + done));
        if (result == 0) break;
        done += moved(result);
    }
    std::memset(bytes + done, 0, size - done);
}

AtomicFile::AtomicFile(const std::filesystem::path& path) : path_(path), file_(path, O_RDWR | O_CREAT) {
    if (!file_.lock()) throw std::system_error(errno, std::generic_category(), "another program writes it");
    file_.resize(0);
    std::filesystem::remove(journal_of(path));
}

void AtomicFile::read(char* bytes, std::uint64_t size, std::uint64_t at) const {
    file_.read(bytes, size, at);
    for (auto page = waiting_.lower_bound(at / page_size); page != waiting_.end() && page->first * page_size < at + size; ++page) {
        const auto [begin, end] = shared(page->first, at, size);
        std::memcpy(bytes + (begin - at), page->second.data() + begin % page_size, end - begin);
    }
}

void AtomicFile::write(const char* bytes, std::uint64_t size, std::uint64_t at) {
    const std::uint64_t before = at < kept_ ? std::min(size, kept_ - at) : 0;
    for (std::uint64_t number = at / page_size; before > 0 && number < pages_up_to(at + before); ++number) {
        const auto [begin, end] = shared(number, at, before);
        std::memcpy(page(number).data() + begin % page_size, bytes + (begin - at), end - begin);
    }
    if (size > before) file_.write(bytes + before, size - before, at + before);
    size_ = std::max(size_, at + size);
}

void AtomicFile::flush(std::uint64_t end) {
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
    kept_ = pages_up_to(end) * page_size;
}

AtomicFile::Page& AtomicFile::page(std::uint64_t number) {
    const auto [found, is_new] = waiting_.try_emplace(number);
    if (is_new) file_.read(found->second.data(), page_size, number * page_size);
    return found->second;
}

std::filesystem::path journal_of(const std::filesystem::path& file) {
    return file.string() + ".journal";
}

void mend(const std::filesystem::path& file) {
    const std::filesystem::path journal = journal_of(file);
    if (!std::filesystem::exists(journal)) return;
    const Descriptor descriptor(file, O_RDWR);
    if (!descriptor.lock()) return;
    lay_down(pages_of(journal), descriptor);
    std::filesystem::remove(journal);
}

}  // namespace shahr
