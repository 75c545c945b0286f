// The city's tables in an HDF5 group: a group per table, an array per column, as sim/city/describe.h lists them.
//
//   TABLE/NAME                        numbers; ids as int32 (-1: none); enums as uint8 with flag_values and flag_meanings
//   TABLE/NAME_x, NAME_y              a Point
//   TABLE/NAME_offsets and the items  a list per row: row i owns items [offsets[i], offsets[i + 1])
//   TABLE/NAME, or NAME_offsets and NAME_text    names: plain strings, or bytes end to end
//
// Each table has a dimension of its own name in the singular ("road"), which holds the row numbers; cells have y and x.
// Empty columns are left out.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/hdf5.h"
#include "sim/city/city.h"

namespace shahr {

// Plain strings are what notebooks expect; with names end to end a large city loads in half the time from half the space.
enum class TextStyle : std::uint8_t { plain, end_to_end };

// The dimension along a table's rows: "road" of "roads".
std::string row_dimension(std::string_view table);

// The dimension of rows, and those of the grid: y, then x, in the middle of the cells.
hdf5::Array write_row_axis(const hdf5::Group& group, const std::string& dimension, std::size_t rows);
std::vector<hdf5::Array> write_grid_axes(const hdf5::Group& group, const Cells& cells);

// The facts that are no tables are attributes of the group. Tables that `wanted` refuses are left out.
void write_city(const hdf5::Group& group, const City& city, TextStyle style, const std::function<bool(std::string_view table)>& wanted);

// Who drives: id, type, origin, destination and purpose, beside what became of each trip.
void write_trip_columns(const hdf5::Group& group, const Trips& trips, const hdf5::Array& axis);

// Tables that are not there stay empty. Throws InputError "source: TABLE/NAME (why) ..." where a column is missing, of
// another length than its table, or out of the range of its enum; hdf5::Failure where the file cannot be read.
City read_city(const hdf5::Group& group, TextStyle style, const std::string& source);

}  // namespace shahr
