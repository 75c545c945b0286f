// State of the engines as bytes, for checkpoints: written and read back in the same order.
#pragma once
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

#include "sim/base/error.h"

namespace shahr {

class Archive {
public:
    Archive() = default;
    explicit Archive(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}
    const std::vector<std::byte>& bytes() const { return bytes_; }

    template <class T>
        requires std::is_trivially_copyable_v<T>
    void put(std::span<const T> values) {
        const std::size_t n = values.size();
        append(&n, sizeof n);
        append(values.data(), values.size_bytes());
    }
    template <class T>
        requires std::is_trivially_copyable_v<T>
    void put(const T& value) {
        put(std::span<const T>(&value, 1));
    }

    // Throws InputError if the archive ends early: it belongs to another version or is damaged.
    template <class T>
        requires std::is_trivially_copyable_v<T>
    std::vector<T> get_list() {
        std::size_t n = 0;
        extract(&n, sizeof n);
        if (n > (bytes_.size() - at_) / sizeof(T)) throw InputError("checkpoint (ends early) one written by this version of the program");
        std::vector<T> values(n);
        extract(values.data(), n * sizeof(T));
        return values;
    }
    template <class T>
    T get() {
        const std::vector<T> values = get_list<T>();
        if (values.size() != 1) throw InputError("checkpoint (out of step) one written by this version of the program");
        return values.front();
    }

private:
    void append(const void* from, std::size_t n) {
        if (n == 0) return;
        bytes_.resize(bytes_.size() + n);
        std::memcpy(bytes_.data() + bytes_.size() - n, from, n);
    }
    void extract(void* to, std::size_t n) {
        if (n > bytes_.size() - at_) throw InputError("checkpoint (ends early) one written by this version of the program");
        if (n > 0) std::memcpy(to, bytes_.data() + at_, n);
        at_ += n;
    }
    std::vector<std::byte> bytes_;
    std::size_t at_ = 0;
};

}  // namespace shahr
