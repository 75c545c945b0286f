#include "sim/import/height_grid.h"

#include <libdeflate.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <limits>
#include <memory>
#include <span>
#include <sstream>

#include <fmt/format.h>

#include "sim/base/error.h"

namespace shahr {
namespace {

constexpr float no_height = std::numeric_limits<float>::quiet_NaN();

std::string read_whole(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file))
        throw InputError(fmt::format("{} ({}) an SRTM .hgt tile, zipped or not, or an ASCII grid .asc", file.string(),
                                     std::filesystem::exists(file) ? "cannot be read" : "there is no such file"));
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

// Little-endian numbers of a zip file (PKWARE, APPNOTE.TXT 6.3). Reads past the end are errors, not undefined.
class ZipBytes {
public:
    ZipBytes(const std::string& bytes, const std::string& file) : bytes_(bytes), file_(file) {}
    std::uint32_t number(std::size_t at, int size) const {
        need(at, static_cast<std::size_t>(size));
        std::uint32_t n = 0;
        for (int i = size; i-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes_[at + static_cast<std::size_t>(i)]);
        return n;
    }
    std::string_view text(std::size_t at, std::size_t size) const { return need(at, size), std::string_view(bytes_).substr(at, size); }
    [[noreturn]] void damaged(std::string_view why) const {
        throw InputError(fmt::format("{}: zip file ({}) a complete SRTM tile", file_, why));
    }

private:
    void need(std::size_t at, std::size_t size) const {
        if (at > bytes_.size() || size > bytes_.size() - at) damaged("ends early");
    }
    const std::string& bytes_;
    std::string file_;
};

std::string inflated(const ZipBytes& zip, std::string_view packed, std::size_t size) {
    std::string bytes(size, '\0');
    const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> inflater(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    std::size_t done = 0;
    if (libdeflate_deflate_decompress(inflater.get(), packed.data(), packed.size(), bytes.data(), bytes.size(),
                                      &done) != LIBDEFLATE_SUCCESS ||
        done != size)
        zip.damaged("its contents cannot be unpacked");
    return bytes;
}

// The first member whose name ends in .hgt, through the central directory; `name` gets its name.
std::string unzip_tile(const std::string& bytes, const std::string& file, std::string& name) {
    const ZipBytes zip(bytes, file);
    const std::size_t end = bytes.rfind("PK\5\6");
    if (end == std::string::npos) zip.damaged("no directory at its end");
    std::size_t entry = zip.number(end + 16, 4);
    for (std::uint32_t left = zip.number(end + 10, 2); left > 0; --left) {
        if (zip.text(entry, 4) != "PK\1\2") zip.damaged("its directory is broken");
        const std::uint32_t method = zip.number(entry + 10, 2), packed = zip.number(entry + 20, 4), size = zip.number(entry + 24, 4);
        const std::uint32_t name_size = zip.number(entry + 28, 2), extra = zip.number(entry + 30, 2),
                            comment = zip.number(entry + 32, 2), at = zip.number(entry + 42, 4);
        name = zip.text(entry + 46, name_size);
        entry += 46 + name_size + extra + comment;
        if (!name.ends_with(".hgt") && !name.ends_with(".HGT")) continue;
        const std::string_view contents = zip.text(at + 30 + zip.number(at + 26, 2) + zip.number(at + 28, 2), packed);
        if (method == 0) return std::string(contents);
        if (method == 8 && size <= 2u * 3601 * 3601) return inflated(zip, contents, size);
        zip.damaged("packed in an unusual way");
    }
    zip.damaged("no .hgt inside");
}

// Big-endian 16-bit metres, from north to south, -32768 for voids; neighbouring tiles share their edge samples.
HeightGrid tile_from(const std::string& bytes, const std::string& file, const std::string& name) {
    HeightGrid grid;
    grid.file = file;
    if (!tile_corner(name, grid.west, grid.south))
        throw InputError(
            fmt::format("{}: name = {} (does not say where the tile lies) one like N43E007.hgt, its south-west corner",
                        file, name));
    const int n = bytes.size() == 2u * 1201 * 1201 ? 1201 : bytes.size() == 2u * 3601 * 3601 ? 3601 : 0;
    if (n == 0)
        throw InputError(fmt::format(
            "{}: size = {} bytes (no SRTM tile) 2884802 bytes for 3 arc seconds, 25934402 for 1", file, bytes.size()));
    grid.columns = grid.rows = n;
    grid.step = 1.0 / (n - 1);
    grid.height_m.resize(static_cast<std::size_t>(n) * static_cast<std::size_t>(n));
    for (std::size_t i = 0; i < grid.height_m.size(); ++i) {
        const auto sample = static_cast<std::int16_t>(static_cast<unsigned char>(bytes[2 * i]) << 8 |
                                                      static_cast<unsigned char>(bytes[2 * i + 1]));
        const std::size_t row = i / static_cast<std::size_t>(n), column = i % static_cast<std::size_t>(n);
        grid.height_m[(static_cast<std::size_t>(n) - 1 - row) * static_cast<std::size_t>(n) + column] =
            sample == -32768 ? no_height : sample;
    }
    return grid;
}

[[noreturn]] void bad_grid(const std::string& file, int line, std::string_view what) {
    throw InputError(
        fmt::format("{}:{}: {} an ESRI ASCII grid: ncols, nrows, xllcorner, yllcorner, cellsize, then rows of heights "
                    "from the north",
                    file, line, what));
}

// ESRI ASCII raster: header lines of a word and a number, then the values from the north.
HeightGrid grid_from(const std::string& text, const std::string& file) {
    HeightGrid grid;
    grid.file = file;
    std::istringstream in(text);
    double columns = 0, rows = 0, x = NAN, y = NAN, nodata = -9999;
    bool corner = true;
    std::string word;
    int line = 1;
    for (; in >> std::ws && std::isalpha(in.peek()); ++line) {
        double value = 0;
        if (!(in >> word >> value)) bad_grid(file, line, fmt::format("{} (no number follows)", word));
        for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (word == "ncols") columns = value;
        else if (word == "nrows") rows = value;
        else if (word == "xllcorner" || word == "xllcenter") x = value, corner = word == "xllcorner";
        else if (word == "yllcorner" || word == "yllcenter") y = value;
        else if (word == "cellsize") grid.step = value;
        else if (word == "nodata_value") nodata = value;
        else bad_grid(file, line, fmt::format("{} (unknown word)", word));
    }
    if (!(columns >= 1 && rows >= 1 && columns * rows <= 1e9 && grid.step > 0 && std::isfinite(x) && std::isfinite(y)))
        bad_grid(file, line, "header (incomplete)");
    grid.columns = static_cast<int>(columns);
    grid.rows = static_cast<int>(rows);
    grid.west = x + (corner ? grid.step / 2 : 0);
    grid.south = y + (corner ? grid.step / 2 : 0);
    grid.in_degrees = grid.step < 0.1 && std::abs(grid.west) <= 180 && std::abs(grid.east()) <= 180 &&
                      std::abs(grid.south) <= 90 && std::abs(grid.north()) <= 90;
    grid.height_m.assign(static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows), no_height);
    for (int r = grid.rows - 1; r >= 0; --r, ++line)
        for (int c = 0; c < grid.columns; ++c) {
            double value = 0;
            if (!(in >> value))
                bad_grid(file, line,
                         fmt::format("row {} of {} (ends early, or is no number)", grid.rows - r, grid.rows));
            if (value != nodata)
                grid.height_m[static_cast<std::size_t>(r) * static_cast<std::size_t>(grid.columns) +
                              static_cast<std::size_t>(c)] = static_cast<float>(value);
        }
    return grid;
}

}  // namespace

float HeightGrid::at(double x, double y) const {
    if (!covers(x, y)) return no_height;
    const double c = (x - west) / step, r = (y - south) / step;
    const int c0 = std::min(static_cast<int>(c), std::max(0, columns - 2)), r0 = std::min(static_cast<int>(r), std::max(0, rows - 2));
    double sum = 0, weights = 0;
    for (int dr = 0; dr < std::min(2, rows); ++dr)
        for (int dc = 0; dc < std::min(2, columns); ++dc) {
            const double w = (1 - std::abs(c - (c0 + dc))) * (1 - std::abs(r - (r0 + dr)));
            const float h = height_m[static_cast<std::size_t>(r0 + dr) * static_cast<std::size_t>(columns) +
                                     static_cast<std::size_t>(c0 + dc)];
            if (w > 0 && !std::isnan(h)) sum += w * static_cast<double>(h), weights += w;
        }
    return weights > 0 ? static_cast<float>(sum / weights) : no_height;
}

bool tile_corner(const std::string& name, double& west, double& south) {
    const auto number_after = [&](std::string_view letters, double& value) {
        for (std::size_t i = 0; i + 1 < name.size(); ++i) {
            const auto at = letters.find(static_cast<char>(std::tolower(static_cast<unsigned char>(name[i]))));
            if (at == std::string_view::npos || !std::isdigit(static_cast<unsigned char>(name[i + 1]))) continue;
            value = std::atoi(name.c_str() + i + 1) * (at == 0 ? 1 : -1);
            return true;
        }
        return false;
    };
    return number_after("ns", south) && number_after("ew", west);
}

HeightGrid read_height_grid(const std::filesystem::path& file) {
    const std::string bytes = read_whole(file), extension = file.extension().string();
    if (extension == ".asc") return grid_from(bytes, file.string());
    if (extension == ".hgt") return tile_from(bytes, file.string(), file.filename().string());
    if (extension == ".zip") {
        std::string name;
        const std::string tile = unzip_tile(bytes, file.string(), name);
        return tile_from(tile, file.string(), std::filesystem::path(name).filename().string());
    }
    throw InputError(fmt::format("{}: elevation (unknown extension) .hgt, .zip with an .hgt inside, or .asc", file.string()));
}

}  // namespace shahr
