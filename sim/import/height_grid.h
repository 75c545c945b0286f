// One grid of heights, as read from a file.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace shahr {

struct HeightGrid {
    std::string file;
    bool in_degrees = true;                    // longitude and latitude; else metres of the city's plane
    double west = 0, south = 0;                // of the south-west sample
    double step = 0;                           // between samples
    int columns = 0, rows = 0;
    std::vector<float> height_m;               // row 0 is the south; NaN: void

    double east() const { return west + step * (columns - 1); }
    double north() const { return south + step * (rows - 1); }
    bool covers(double x, double y) const { return x >= west && x <= east() && y >= south && y <= north(); }
    // Bilinear; where some of the four samples are voids, by the others' weights; NaN where all are, or outside.
    float at(double x, double y) const;
};

// By extension: .hgt, .zip with one .hgt inside, .asc. Throws InputError.
HeightGrid read_height_grid(const std::filesystem::path& file);

// Where a tile lies by its name ("N43E007.hgt", "n43_e007.zip"): degrees of its south-west corner. False if the name says nothing.
bool tile_corner(const std::string& name, double& west, double& south);

}  // namespace shahr
