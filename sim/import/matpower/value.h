// A value of the small part of MATLAB that case files are written in: a matrix of numbers, a text, or a list of texts.
#pragma once
#include <string>
#include <vector>

namespace shahr::matpower {

struct Value {
    enum class Kind { matrix, text, cell };
    Kind kind = Kind::matrix;
    std::size_t rows = 0, columns = 0;
    std::vector<double> numbers;               // row by row
    bool logical = false;                      // of a comparison: as an index it selects
    std::vector<std::string> texts;            // of a text its one text, of a cell its entries in order
    std::vector<int> lines;                    // of a matrix as it stands in the file: the line of each row

    static Value number(double x) { return {Kind::matrix, 1, 1, {x}, false, {}, {}}; }
    static Value matrix(std::size_t rows, std::size_t columns, double x = 0) { return {Kind::matrix, rows, columns, std::vector<double>(rows * columns, x), false, {}, {}}; }
    static Value text(std::string t) { return {Kind::text, 1, t.size(), {}, false, {std::move(t)}, {}}; }

    bool is_matrix() const { return kind == Kind::matrix; }
    bool is_number() const { return is_matrix() && rows == 1 && columns == 1; }
    double& at(std::size_t r, std::size_t c) { return numbers[r * columns + c]; }
    double at(std::size_t r, std::size_t c) const { return numbers[r * columns + c]; }
    // The line of a row, for messages; 0: not from a literal.
    int line(std::size_t r) const { return r < lines.size() ? lines[r] : 0; }
};

}  // namespace shahr::matpower
