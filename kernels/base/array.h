// Memory on the device, and views of it for functors.
#pragma once
#include <cassert>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND {

// What a functor holds: a pointer and a length.
template <class T>
struct View {
    T* data = nullptr;
    Index size = 0;
    View() = default;
    SHAHR_HD View(T* data, Index size) : data(data), size(size) {}
    template <class U>
        requires(std::is_same_v<T, const U> && !std::is_const_v<U>)
    SHAHR_HD View(View<U> other) : data(other.data), size(other.size) {}
    SHAHR_HD T& operator[](Index i) const {
        assert(0 <= i && i < size);
        return data[i];
    }
};

// What a state holds: owns device memory, zero at first; moves, never copies unasked.
template <class T>
class Array {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    Array() = default;
    explicit Array(Index n) : data_(static_cast<T*>(allocate(sizeof(T) * static_cast<std::size_t>(n)))), size_(n) {
        zero(data_, sizeof(T) * static_cast<std::size_t>(n));
    }
    explicit Array(std::span<const T> host) : data_(static_cast<T*>(allocate(host.size_bytes()))), size_(static_cast<Index>(host.size())) {
        upload(data_, host.data(), host.size_bytes());
    }
    explicit Array(const std::vector<T>& host) : Array(std::span<const T>(host)) {}
    Array(Array&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    Array& operator=(Array&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~Array() { release(data_); }

    Index size() const { return size_; }
    View<T> view() { return {data_, size_}; }
    View<const T> view() const { return {data_, size_}; }
    operator View<T>() { return view(); }
    operator View<const T>() const { return view(); }

    std::vector<T> to_host() const {
        std::vector<T> host(static_cast<std::size_t>(size_));
        download(host.data(), data_, sizeof(T) * host.size());
        return host;
    }
    T to_host(Index i) const {
        assert(0 <= i && i < size_);
        T value;
        download(&value, data_ + i, sizeof(T));
        return value;
    }
    void from_host(std::span<const T> host) {
        assert(static_cast<Index>(host.size()) == size_);
        upload(data_, host.data(), host.size_bytes());
    }
    void set_zero() { zero(data_, sizeof(T) * static_cast<std::size_t>(size_)); }

private:
    T* data_ = nullptr;
    Index size_ = 0;
};

}  // namespace shahr::SHAHR_BACKEND
