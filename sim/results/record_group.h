// The records of one group of a result file: a table over time, kept in memory until a block is full.
//
// A block is exactly one chunk deep in time and each chunk is written once, whole: a compressed chunk that is written
// again moves, and a file whose writer is killed in between cannot be read.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/base/hdf5.h"
#include "sim/run/frame.h"

namespace shahr {

// Twelve records, an hour of five-minute ones; up to half a day of them where they are small, for writing a block takes long next to
// what there is in it.
std::size_t records_in_block(std::size_t bytes_of_record);

// An axis along a kind of row, made in a group on demand: its scales, and the names of what else is a coordinate there.
struct RowAxes {
    std::vector<hdf5::Array> scales;           // one; y and x for cells; none for the whole city
    std::string coordinates;                   // "road_id"
};

class RecordGroup {
public:
    // Makes the group with its time, its rows and the fields of this first record (those of the group only).
    RecordGroup(hdf5::Group group, const std::string& time_units, const std::vector<const Field*>& fields,
                const std::function<RowAxes(const hdf5::Group&, RowKind)>& make_axes);

    // The fields must be those of the first record, in its order.
    void take(Duration time, const std::vector<const Field*>& fields);
    bool full() const { return times_.size() == records_per_block_; }
    bool empty() const { return times_.empty(); }
    // Writes what has gathered. If that fails, the group is left as it was, and hdf5::Failure is thrown.
    void write_block();

private:
    struct Variable {
        hdf5::Array array;
        hdf5::Type type;
        std::string name;
        hdf5::Shape rows;                      // lengths of the axes after time
        hdf5::Shape chunk;
        std::vector<std::byte> block;          // records in order, each with all of its rows
    };
    void make_variable(const Field& field, const RowAxes& axes);
    const hdf5::Array& phase_axis(std::uint8_t phases);
    void resize(std::uint64_t records) const;
    void write_variable(const Variable& variable) const;

    hdf5::Group group_;
    std::size_t records_per_block_;
    std::map<std::uint8_t, hdf5::Array> phase_axes_;
    hdf5::Array time_;
    std::vector<double> times_;
    std::vector<Variable> variables_;
    std::uint64_t written_ = 0;
};

}  // namespace shahr
