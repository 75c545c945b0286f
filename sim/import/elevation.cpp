#include "sim/import/elevation.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>

#include <fmt/format.h>

#include "sim/base/error.h"
#include "sim/city/projection.h"
#include "sim/import/height_grid.h"

namespace shahr {
namespace {

std::vector<std::filesystem::path> files_of(const std::filesystem::path& path) {
    if (!std::filesystem::is_directory(path)) return {path};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        const auto extension = entry.path().extension();
        if (extension == ".hgt" || extension == ".zip" || extension == ".asc") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    if (files.empty())
        throw InputError(
            fmt::format("{}: elevation (no tiles in this folder) one with .hgt, .zip or .asc files", path.string()));
    return files;
}

struct Position {
    Point plane;
    LonLat earth;
};

// Of a tile that its name places, whether it can hold any of the city: a folder may hold a whole country's.
bool may_cover(const std::filesystem::path& file, const std::vector<Position>& positions) {
    double west = 0, south = 0;
    if (file.extension() == ".asc" || !tile_corner(file.filename().string(), west, south)) return true;
    return std::any_of(positions.begin(), positions.end(), [&](const Position& p) {
        return p.earth.lon_deg >= west && p.earth.lon_deg <= west + 1 && p.earth.lat_deg >= south && p.earth.lat_deg <= south + 1;
    });
}

struct Counts {
    std::int64_t covered = 0, voids = 0, outside = 0;
};

// The first grid that covers a position and has a height there gives it; NaN where none has.
Counts sample(const std::vector<HeightGrid>& grids, const std::vector<Position>& positions, std::vector<float>& height_m) {
    Counts counts;
    height_m.assign(positions.size(), NAN);
    for (std::size_t i = 0; i < positions.size(); ++i) {
        bool covered = false;
        for (const HeightGrid& grid : grids) {
            const double x = grid.in_degrees ? positions[i].earth.lon_deg : positions[i].plane.x_m,
                         y = grid.in_degrees ? positions[i].earth.lat_deg : positions[i].plane.y_m;
            covered |= grid.covers(x, y);
            if (std::isnan(height_m[i])) height_m[i] = grid.at(x, y);
        }
        ++(!covered ? counts.outside : std::isnan(height_m[i]) ? counts.voids : counts.covered);
    }
    return counts;
}

// Spreads heights ring by ring into cells that have none.
void fill_from_neighbours(const Cells& cells, std::vector<float>& height_m) {
    std::deque<std::int32_t> front;
    for (std::size_t i = 0; i < height_m.size(); ++i)
        if (!std::isnan(height_m[i])) front.push_back(static_cast<std::int32_t>(i));
    for (; !front.empty(); front.pop_front()) {
        const std::int32_t cell = front.front(), c = cell % cells.columns, r = cell / cells.columns;
        for (const auto& [dc, dr] : {std::pair(-1, 0), std::pair(1, 0), std::pair(0, -1), std::pair(0, 1)}) {
            if (c + dc < 0 || c + dc >= cells.columns || r + dr < 0 || r + dr >= cells.rows) continue;
            float& neighbour = height_m[static_cast<std::size_t>(cell + dr * cells.columns + dc)];
            if (!std::isnan(neighbour)) continue;
            neighbour = height_m[static_cast<std::size_t>(cell)];
            front.push_back(cell + dr * cells.columns + dc);
        }
    }
}

std::vector<Position> positions_of(const City& city) {
    std::optional<LocalPlane> plane;
    if (!city.projection.proj.empty()) plane.emplace(city.projection);
    std::vector<Position> positions;
    const auto add = [&](Point p) { positions.push_back({p, plane ? plane->to_earth(p) : LonLat{NAN, NAN}}); };
    for (CellId c : rows(city.cells.elevation_m)) add(city.cells.centre(c));
    for (Point p : city.network.junctions.position) add(p);
    return positions;
}

[[noreturn]] void does_not_cover(const std::filesystem::path& path, const std::vector<Position>& positions) {
    const LonLat at = positions.empty() ? LonLat{} : positions[positions.size() / 2].earth;
    throw InputError(fmt::format("{}: elevation (covers none of the city) tiles around {:.3f} N, {:.3f} E",
                                 path.string(), at.lat_deg, at.lon_deg));
}

}  // namespace

void import_elevation(const std::filesystem::path& path, City& city, ImportReport& report) {
    const std::vector<Position> positions = positions_of(city);
    std::vector<HeightGrid> grids;
    for (const auto& file : files_of(path))
        if (may_cover(file, positions)) grids.push_back(read_height_grid(file));
    std::vector<float> height_m;
    const Counts counts = sample(grids, positions, height_m);
    if (counts.covered == 0) does_not_cover(path, positions);

    const std::size_t cells = city.cells.elevation_m.size();
    std::vector<float> of_cells(height_m.begin(), height_m.begin() + static_cast<std::ptrdiff_t>(cells));
    fill_from_neighbours(city.cells, of_cells);
    for (JunctionId j : rows(city.network.junctions.id)) {
        const float here = height_m[cells + row(j)];
        const CellId cell = city.cells.at(city.network.junctions.position[j]);
        city.network.junctions.elevation_m[j] = !std::isnan(here) ? here
                                                : is_some(cell) && !std::isnan(of_cells[row(cell)])
                                                    ? of_cells[row(cell)]
                                                    : 0;
    }
    const auto [low, high] = std::minmax_element(of_cells.begin(), of_cells.end());
    if (!of_cells.empty()) report.note(fmt::format("elevation: {:.0f} to {:.0f} m above the sea", *low, *high));
    city.cells.elevation_m.vector() = std::move(of_cells);
    city.has_elevation = true;
    report.kept(counts.covered, "heights of cells and junctions",
                fmt::format("{} grid{}", grids.size(), grids.size() == 1 ? "" : "s"));
    report.guessed(counts.voids, "heights of cells and junctions", "voids in the data: the nearest height");
    report.guessed(counts.outside, "heights of cells and junctions", "outside the data: the nearest height");
}

}  // namespace shahr
