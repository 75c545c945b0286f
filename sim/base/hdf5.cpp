#include "sim/base/hdf5.h"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <system_error>

#include "sim/base/atomic_file.h"
#include "sim/base/deflate.h"
#include "sim/base/hdf5_atomic.h"

namespace shahr::hdf5 {
namespace {

static_assert(std::is_same_v<hid_t, std::int64_t>);

// The innermost entry of the error stack is the cause; the operating system's words, if any, stand between quotes.
std::string reason() {
    std::string text = "HDF5 gives no reason";
    auto keep_last = [](unsigned, const H5E_error2_t* error, void* data) -> herr_t {
        if (error->desc) *static_cast<std::string*>(data) = error->desc;
        return 0;
    };
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, keep_last, &text);
    constexpr std::string_view mark = "error message = '";
    if (const auto at = text.find(mark); at != std::string::npos) {
        const auto begin = at + mark.size();
        text = text.substr(begin, text.find('\'', begin) - begin);
    }
    return text;
}

template <class R>
R checked(R result) {
    if (result < 0) throw Failure(reason());
    return result;
}

// Failures are reported once, by us. The setting is the thread's own in a thread-safe library.
// We close what we open: the library's own handler at exit crashes (1.10) over a file that a full disk has left unfinished.
void keep_quiet() {
    static const herr_t without_handler = H5dont_atexit();
    static_cast<void>(without_handler);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

hid_t memory_type(Type type) {
    const std::array types = {H5T_NATIVE_INT8,  H5T_NATIVE_UINT8, H5T_NATIVE_INT16, H5T_NATIVE_UINT16,
                              H5T_NATIVE_INT32, H5T_NATIVE_INT64, H5T_NATIVE_FLOAT, H5T_NATIVE_DOUBLE};
    return types[static_cast<std::size_t>(type)];
}

hid_t file_type(Type type) {
    const std::array types = {H5T_STD_I8LE,  H5T_STD_U8LE,  H5T_STD_I16LE,  H5T_STD_U16LE,
                              H5T_STD_I32LE, H5T_STD_I64LE, H5T_IEEE_F32LE, H5T_IEEE_F64LE};
    return types[static_cast<std::size_t>(type)];
}

Object utf8_type(std::size_t size) {
    Object type(checked(H5Tcopy(H5T_C_S1)));
    checked(H5Tset_size(type.handle(), size));
    checked(H5Tset_cset(type.handle(), H5T_CSET_UTF8));
    return type;
}

Object scalar_space() {
    return Object(checked(H5Screate(H5S_SCALAR)));
}

std::vector<hsize_t> sizes(const Shape& shape) {
    return {shape.begin(), shape.end()};
}

Object space_of(const Shape& shape, bool grows = false) {
    const auto now = sizes(shape);
    auto most = now;
    if (grows) most[0] = H5S_UNLIMITED;
    return Object(checked(H5Screate_simple(static_cast<int>(now.size()), now.data(), most.data())));
}

// Attributes and links in the order of their making: netCDF-4 demands it. No times of day: same input, same bytes.
Object array_properties() {
    Object properties(checked(H5Pcreate(H5P_DATASET_CREATE)));
    checked(H5Pset_attr_creation_order(properties.handle(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
    checked(H5Pset_obj_track_times(properties.handle(), false));
    return properties;
}

void set_fill(const Object& properties, Type type, double fill) {
    if (type == Type::float32) {
        const auto value = static_cast<float>(fill);
        checked(H5Pset_fill_value(properties.handle(), H5T_NATIVE_FLOAT, &value));
    } else if (type == Type::float64) {
        checked(H5Pset_fill_value(properties.handle(), H5T_NATIVE_DOUBLE, &fill));
    } else {
        const auto value = static_cast<std::int64_t>(fill);
        checked(H5Pset_fill_value(properties.handle(), H5T_NATIVE_INT64, &value));
    }
}

constexpr unsigned deflate_level = 1;          // higher levels gain 5 % of size for half the speed

}  // namespace

std::size_t size_of(Type type) {
    return H5Tget_size(memory_type(type));
}

Object::~Object() {
    if (handle_ >= 0) H5Idec_ref(handle_);
}

void Object::set(const std::string& name, std::string_view text) const {
    // A fixed length: variable ones live in a heap that some readers do not follow for attributes.
    const std::string padded(text);
    const Object type = utf8_type(padded.size() + 1), space = scalar_space();
    const Object attribute(checked(H5Acreate2(handle_, name.c_str(), type.handle(), space.handle(), H5P_DEFAULT, H5P_DEFAULT)));
    checked(H5Awrite(attribute.handle(), type.handle(), padded.c_str()));
}

void Object::set_numbers(const std::string& name, Type type, const void* values, std::size_t count) const {
    const Object space = count == 1 ? scalar_space() : space_of({count});
    const Object attribute(checked(H5Acreate2(handle_, name.c_str(), file_type(type), space.handle(), H5P_DEFAULT, H5P_DEFAULT)));
    checked(H5Awrite(attribute.handle(), memory_type(type), values));
}

std::optional<std::string> Object::text(const std::string& name) const {
    if (H5Aexists(handle_, name.c_str()) <= 0) return std::nullopt;
    const Object attribute(checked(H5Aopen(handle_, name.c_str(), H5P_DEFAULT)));
    const Object type(checked(H5Aget_type(attribute.handle())));
    if (H5Tget_class(type.handle()) != H5T_STRING || H5Tis_variable_str(type.handle()) > 0) return std::nullopt;
    std::string value(H5Tget_size(type.handle()), '\0');
    checked(H5Aread(attribute.handle(), type.handle(), value.data()));
    value.resize(std::strlen(value.c_str()));
    return value;
}

std::optional<double> Object::number(const std::string& name) const {
    if (H5Aexists(handle_, name.c_str()) <= 0) return std::nullopt;
    const Object attribute(checked(H5Aopen(handle_, name.c_str(), H5P_DEFAULT)));
    const Object type(checked(H5Aget_type(attribute.handle()))), space(checked(H5Aget_space(attribute.handle())));
    if (H5Tget_class(type.handle()) == H5T_STRING || H5Sget_simple_extent_npoints(space.handle()) != 1) return std::nullopt;
    double value = 0;
    checked(H5Aread(attribute.handle(), H5T_NATIVE_DOUBLE, &value));
    return value;
}

Array Array::again() const {
    checked(H5Iinc_ref(handle()));
    return Array(handle());
}

Shape Array::shape() const {
    const Object space(checked(H5Dget_space(handle())));
    std::vector<hsize_t> shape(static_cast<std::size_t>(checked(H5Sget_simple_extent_ndims(space.handle()))));
    checked(H5Sget_simple_extent_dims(space.handle(), shape.data(), nullptr));
    return {shape.begin(), shape.end()};
}

std::size_t Array::count() const {
    const Object space(checked(H5Dget_space(handle())));
    return static_cast<std::size_t>(checked(H5Sget_simple_extent_npoints(space.handle())));
}

bool Array::is_scale() const {
    return H5DSis_scale(handle()) > 0;
}

bool Array::holds_text() const {
    const Object type(checked(H5Dget_type(handle())));
    return H5Tget_class(type.handle()) == H5T_STRING;
}

Type Array::type() const {
    const Object type(checked(H5Dget_type(handle())));
    for (int t = 0; t <= static_cast<int>(Type::float64); ++t)
        if (H5Tequal(type.handle(), file_type(static_cast<Type>(t))) > 0) return static_cast<Type>(t);
    throw Failure("not an array of numbers that shahr writes");
}

void Array::write(const void* values, Type type) const {
    checked(H5Dwrite(handle(), memory_type(type), H5S_ALL, H5S_ALL, H5P_DEFAULT, values));
}

void Array::write_chunk(const Shape& first, std::span<const std::byte> values, Type type) const {
    const std::vector<std::byte> packed = shuffle_and_deflate(values, size_of(type), deflate_level);
    checked(H5Dwrite_chunk(handle(), H5P_DEFAULT, 0, sizes(first).data(), packed.size(), packed.data()));
}

void Array::resize(std::uint64_t rows) const {
    auto shape = sizes(this->shape());
    shape[0] = rows;
    checked(H5Dset_extent(handle(), shape.data()));
}

void Array::read(void* values, Type type, const Shape& first, const Shape& extent) const {
    if (first.empty()) {
        checked(H5Dread(handle(), memory_type(type), H5S_ALL, H5S_ALL, H5P_DEFAULT, values));
        return;
    }
    const Object in_memory = space_of(extent), in_file(checked(H5Dget_space(handle())));
    checked(H5Sselect_hyperslab(in_file.handle(), H5S_SELECT_SET, sizes(first).data(), nullptr, sizes(extent).data(), nullptr));
    checked(H5Dread(handle(), memory_type(type), in_memory.handle(), in_file.handle(), H5P_DEFAULT, values));
}

std::vector<std::string> Array::read_text() const {
    const Object type = utf8_type(H5T_VARIABLE), space(checked(H5Dget_space(handle())));
    std::vector<char*> texts(count());
    if (texts.empty()) return {};
    checked(H5Dread(handle(), type.handle(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()));
    std::vector<std::string> values;
    values.reserve(texts.size());
    for (const char* text : texts) values.emplace_back(text ? text : "");
    H5Dvlen_reclaim(type.handle(), space.handle(), H5P_DEFAULT, texts.data());
    return values;
}

void Array::make_scale(const std::string& name) const {
    checked(H5DSset_scale(handle(), name.c_str()));
}

void Array::attach(unsigned axis, const Array& scale) const {
    checked(H5DSattach_scale(handle(), scale.handle(), axis));
}

bool Group::has(const std::string& name) const {
    return H5Lexists(handle(), name.c_str(), H5P_DEFAULT) > 0;
}

std::vector<std::string> Group::names() const {
    H5G_info_t info{};
    checked(H5Gget_info(handle(), &info));
    std::vector<std::string> names;
    for (hsize_t i = 0; i < info.nlinks; ++i) {
        std::array<char, 256> name{};
        checked(H5Lget_name_by_idx(handle(), ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name.data(), name.size(), H5P_DEFAULT));
        names.emplace_back(name.data());
    }
    return names;
}

Group Group::make_group(const std::string& name) const {
    const Object properties(checked(H5Pcreate(H5P_GROUP_CREATE)));
    checked(H5Pset_link_creation_order(properties.handle(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
    checked(H5Pset_attr_creation_order(properties.handle(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
    checked(H5Pset_obj_track_times(properties.handle(), false));
    return Group(checked(H5Gcreate2(handle(), name.c_str(), H5P_DEFAULT, properties.handle(), H5P_DEFAULT)));
}

Group Group::group(const std::string& path) const {
    return Group(checked(H5Gopen2(handle(), path.c_str(), H5P_DEFAULT)));
}

bool Group::is_group(const std::string& name) const {
    const Object object(checked(H5Oopen(handle(), name.c_str(), H5P_DEFAULT)));
    return H5Iget_type(object.handle()) == H5I_GROUP;
}

Array Group::array(const std::string& path) const {
    return Array(checked(H5Dopen2(handle(), path.c_str(), H5P_DEFAULT)));
}

Array Group::make_array(const std::string& name, Type type, const Shape& shape, const Layout& layout) const {
    const Object properties = array_properties(), space = space_of(shape, layout.grows);
    if (!layout.chunk.empty()) {
        checked(H5Pset_chunk(properties.handle(), static_cast<int>(layout.chunk.size()), sizes(layout.chunk).data()));
        checked(H5Pset_shuffle(properties.handle()));
        checked(H5Pset_deflate(properties.handle(), deflate_level));
    }
    if (layout.fill) set_fill(properties, type, *layout.fill);
    return Array(checked(H5Dcreate2(handle(), name.c_str(), file_type(type), space.handle(), H5P_DEFAULT, properties.handle(), H5P_DEFAULT)));
}

Array Group::make_scalar(const std::string& name, Type type, const void* value) const {
    const Object properties = array_properties(), space = scalar_space();
    Array array(checked(H5Dcreate2(handle(), name.c_str(), file_type(type), space.handle(), H5P_DEFAULT, properties.handle(), H5P_DEFAULT)));
    array.write(value, type);
    return array;
}

Array Group::write(const std::string& name, Type type, const void* values, const Shape& shape) const {
    constexpr std::uint64_t small = 4096, chunk_size = 1 << 20;
    std::uint64_t row_size = size_of(type);
    for (std::size_t axis = 1; axis < shape.size(); ++axis) row_size *= shape[axis];
    const std::uint64_t rows = shape[0];
    if (rows * row_size <= small) {
        Array array = make_array(name, type, shape);
        if (rows * row_size > 0) array.write(values, type);
        return array;
    }
    const std::uint64_t chunks = std::min(rows, (rows * row_size + chunk_size - 1) / chunk_size);
    Layout layout{.chunk = shape, .grows = false, .fill = {}};
    layout.chunk[0] = (rows + chunks - 1) / chunks;
    Array array = make_array(name, type, shape, layout);
    Shape first(shape.size(), 0);
    std::vector<std::byte> padded;
    for (std::uint64_t& row = first[0]; row < rows; row += layout.chunk[0]) {
        std::span part(static_cast<const std::byte*>(values) + row * row_size, std::min(layout.chunk[0], rows - row) * row_size);
        if (part.size() < layout.chunk[0] * row_size) {
            padded.assign(part.begin(), part.end());
            padded.resize(layout.chunk[0] * row_size);
            part = padded;
        }
        array.write_chunk(first, part, type);
    }
    return array;
}

Array Group::write_text(const std::string& name, std::span<const std::string> values) const {
    const Object properties = array_properties(), space = space_of({values.size()}), type = utf8_type(H5T_VARIABLE);
    Array array(checked(H5Dcreate2(handle(), name.c_str(), type.handle(), space.handle(), H5P_DEFAULT, properties.handle(), H5P_DEFAULT)));
    std::vector<const char*> texts;
    texts.reserve(values.size());
    for (const std::string& value : values) texts.push_back(value.c_str());
    if (!texts.empty()) checked(H5Dwrite(array.handle(), type.handle(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()));
    return array;
}

Array Group::make_dimension(const std::string& name, std::uint64_t length) const {
    // The type and the wording are netCDF's own mark: documentation "NetCDF-4 dimensions without coordinate variables".
    const Object properties = array_properties(), space = space_of({length});
    Array array(checked(H5Dcreate2(handle(), name.c_str(), H5T_IEEE_F32BE, space.handle(), H5P_DEFAULT, properties.handle(), H5P_DEFAULT)));
    const std::string digits = std::to_string(length);
    array.make_scale("This is a netCDF dimension but not a netCDF variable." + std::string(10 - std::min<std::size_t>(10, digits.size()), ' ') + digits);
    return array;
}

File::File(std::int64_t handle) : file_(handle), root_(checked(H5Gopen2(handle, "/", H5P_DEFAULT))) {}

File File::create(const std::filesystem::path& path) {
    keep_quiet();
    const Object creation(checked(H5Pcreate(H5P_FILE_CREATE))), access(checked(H5Pcreate(H5P_FILE_ACCESS)));
    checked(H5Pset_link_creation_order(creation.handle(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
    checked(H5Pset_attr_creation_order(creation.handle(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
    checked(H5Pset_obj_track_times(creation.handle(), false));
    checked(H5Pset_libver_bounds(access.handle(), H5F_LIBVER_V18, H5F_LIBVER_V18));
    if (!write_atomically(access.handle())) throw Failure(reason());
    return File(checked(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.handle(), access.handle())));
}

File File::open(const std::filesystem::path& path) {
    keep_quiet();
    try {
        mend(path);
    } catch (const std::system_error& error) {
        throw Failure(journal_of(path).string() + " belongs to it, of a run that was killed, and cannot be laid over it: " + error.code().message());
    }
    const Object access(checked(H5Pcreate(H5P_FILE_ACCESS)));
    // A file that a run is still writing may be looked at.
    checked(H5Pset_file_locking(access.handle(), false, true));
    return File(checked(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.handle())));
}

bool File::is_hdf5(const std::filesystem::path& path) {
    keep_quiet();
    return H5Fis_hdf5(path.c_str()) > 0;
}

void File::flush() const {
    checked(H5Fflush(file_.handle(), H5F_SCOPE_GLOBAL));
}

void File::close() {
    root_ = Group(-1);
    flush();
    checked(H5Fclose(file_.release()));
}

}  // namespace shahr::hdf5
