// HDF5 files with the calls that we need: groups, arrays, attributes, dimension scales. Files made here follow the
// NetCDF-4 layout (creation order tracked, UTF-8 text, no times of day), so that netCDF readers open them too.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace shahr::hdf5 {

// A call failed; what() is the innermost reason, the operating system's where it has one.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

enum class Type : std::uint8_t { int8, uint8, int16, uint16, int32, int64, float32, float64 };
using Shape = std::vector<std::uint64_t>;

template <class T>
constexpr Type type_of() {
    if constexpr (std::is_enum_v<T>) return type_of<std::underlying_type_t<T>>();
    else if constexpr (std::is_same_v<T, std::int8_t>) return Type::int8;
    else if constexpr (std::is_same_v<T, std::uint8_t>) return Type::uint8;
    else if constexpr (std::is_same_v<T, std::int16_t>) return Type::int16;
    else if constexpr (std::is_same_v<T, std::uint16_t>) return Type::uint16;
    else if constexpr (std::is_same_v<T, std::int32_t>) return Type::int32;
    else if constexpr (std::is_same_v<T, std::int64_t>) return Type::int64;
    else if constexpr (std::is_same_v<T, float>) return Type::float32;
    else {
        static_assert(std::is_same_v<T, double>);
        return Type::float64;
    }
}
std::size_t size_of(Type type);

// Anything with attributes: a file's root, a group, an array. Owns its handle.
class Object {
public:
    explicit Object(std::int64_t handle) : handle_(handle) {}
    Object(Object&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
    Object& operator=(Object&& other) noexcept { return std::swap(handle_, other.handle_), *this; }
    ~Object();
    std::int64_t handle() const { return handle_; }
    std::int64_t release() { return std::exchange(handle_, -1); }

    void set(const std::string& name, std::string_view text) const;
    void set(const std::string& name, const char* text) const { set(name, std::string_view(text)); }
    void set(const std::string& name, double value) const { set_numbers(name, Type::float64, &value, 1); }
    void set(const std::string& name, float value) const { set_numbers(name, Type::float32, &value, 1); }
    void set(const std::string& name, std::int32_t value) const { set_numbers(name, Type::int32, &value, 1); }
    void set(const std::string& name, std::int64_t value) const { set_numbers(name, Type::int64, &value, 1); }
    void set(const std::string& name, std::span<const std::uint8_t> values) const {
        set_numbers(name, Type::uint8, values.data(), values.size());
    }
    std::optional<std::string> text(const std::string& name) const;
    std::optional<double> number(const std::string& name) const;

private:
    void set_numbers(const std::string& name, Type type, const void* values, std::size_t count) const;
    std::int64_t handle_;
};

struct Layout {
    Shape chunk;                               // empty: contiguous, not compressed
    bool grows = false;                        // the first axis is unlimited
    std::optional<double> fill;                // what unwritten elements read as
};

class Array : public Object {
public:
    using Object::Object;
    Array again() const;                       // a second handle to the same array
    Shape shape() const;
    bool is_scale() const;
    bool holds_text() const;
    Type type() const;                         // of the nearest kind; throws Failure if it holds text

    void write(const void* values, Type type) const;  // all of it
    // One whole chunk, shuffled and deflated here (several times as fast as the library's own filter), written once.
    void write_chunk(const Shape& first, std::span<const std::byte> values, Type type) const;
    void resize(std::uint64_t rows) const;     // the first axis of one that grows

    template <class T>
    std::vector<T> read() const {
        std::vector<T> values(count());
        if (!values.empty()) read(values.data(), type_of<T>(), {}, {});
        return values;
    }
    // The box of `extent` elements from `first`.
    template <class T>
    std::vector<T> read(const Shape& first, const Shape& extent) const {
        std::size_t n = 1;
        for (auto e : extent) n *= e;
        std::vector<T> values(n);
        if (n > 0) read(values.data(), type_of<T>(), first, extent);
        return values;
    }
    std::vector<std::string> read_text() const;

    void make_scale(const std::string& name) const;
    void attach(unsigned axis, const Array& scale) const;

private:
    std::size_t count() const;
    void read(void* values, Type type, const Shape& first, const Shape& extent) const;
};

class Group : public Object {
public:
    using Object::Object;
    bool has(const std::string& name) const;
    std::vector<std::string> names() const;    // in the order in which they were made
    Group make_group(const std::string& name) const;
    Group group(const std::string& path) const;
    bool is_group(const std::string& name) const;
    Array array(const std::string& path) const;
    Array make_array(const std::string& name, Type type, const Shape& shape, const Layout& layout = {}) const;
    Array make_scalar(const std::string& name, Type type, const void* value) const;
    // Writes all of it at once: compressed in chunks of about a megabyte, small ones as they are.
    Array write(const std::string& name, Type type, const void* values, const Shape& shape) const;
    template <class T>
    Array write(const std::string& name, std::span<const T> values) const {
        return write(name, type_of<T>(), values.data(), {values.size()});
    }
    Array write_text(const std::string& name, std::span<const std::string> values) const;
    // A dimension without values of its own, as netCDF marks it.
    Array make_dimension(const std::string& name, std::uint64_t length) const;
};

class File {
public:
    static File create(const std::filesystem::path& path);  // replaces what is there
    static File open(const std::filesystem::path& path);    // to read
    static bool is_hdf5(const std::filesystem::path& path);
    const Group& root() const { return root_; }
    void flush() const;
    void close();                              // throws Failure if something could not be written

private:
    explicit File(std::int64_t handle);
    Object file_;
    Group root_;
};

}  // namespace shahr::hdf5
