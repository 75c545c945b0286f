#include "sim/city/city_file.h"

#include <fmt/format.h>

#include <system_error>

#include "sim/base/error.h"
#include "sim/base/hdf5.h"
#include "sim/city/table_file.h"
#include "sim/city/validate.h"

namespace shahr {
namespace {

constexpr std::string_view format = "shahr city";
constexpr std::int32_t format_version = 4;     // changes whenever an older program could misread the file

void write_file(const City& city, const std::filesystem::path& path, const std::string& import_report) {
    hdf5::File file = hdf5::File::create(path);
    file.root().set("format", format);
    file.root().set("format_version", format_version);
    file.root().set("import_report", import_report);
    write_city(file.root().make_group("city"), city, TextStyle::end_to_end, [](std::string_view) { return true; });
    file.close();
}

void require_format(const hdf5::Group& root, const std::string& source) {
    if (root.text("format") != format)
        throw InputError(fmt::format("{} (not a city file) what `shahr import` writes", source));
    const auto version = root.number("format_version");
    if (version != format_version)
        throw InputError(fmt::format("{}: format_version = {} (this program reads {}) import the city again", source,
                                     version.value_or(0), format_version));
}

template <class Read>
auto read_file(const std::filesystem::path& path, const Read& read) {
    const std::string source = path.string();
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        throw InputError(fmt::format("{} (no such file) a city file, as `shahr import` writes it", source));
    try {
        if (!hdf5::File::is_hdf5(path)) throw InputError(fmt::format("{} (not HDF5) a city file, as `shahr import` writes it", source));
        const hdf5::File file = hdf5::File::open(path);
        require_format(file.root(), source);
        return read(file.root(), source);
    } catch (const hdf5::Failure& failure) {
        throw InputError(fmt::format("{} (cannot be read: {}) a complete city file; import the city again", source, failure.what()));
    }
}

}  // namespace

void save_city(const City& city, const std::filesystem::path& path, const std::string& import_report) {
    const std::filesystem::path partial = path.string() + ".partial";
    std::error_code ignored;
    try {
        write_file(city, partial, import_report);
        std::filesystem::rename(partial, path);
    } catch (const hdf5::Failure& failure) {
        std::filesystem::remove(partial, ignored);
        throw OutputError(fmt::format("{} (cannot be written: {}) a place with room where you may write", path.string(), failure.what()));
    } catch (const std::filesystem::filesystem_error& failure) {
        std::filesystem::remove(partial, ignored);
        throw OutputError(fmt::format("{} (cannot be replaced: {}) another name", path.string(), failure.code().message()));
    }
}

City load_city(const std::filesystem::path& path) {
    City city = read_file(path, [](const hdf5::Group& root, const std::string& source) {
        return read_city(root.group("city"), TextStyle::end_to_end, source);
    });
    require_valid(city, path.string());
    return city;
}

std::string load_import_report(const std::filesystem::path& path) {
    return read_file(path, [](const hdf5::Group& root, const std::string&) { return root.text("import_report").value_or(""); });
}

}  // namespace shahr
