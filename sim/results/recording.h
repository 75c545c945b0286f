// Writes what a run shows of itself to a result file: HDF5 in the NetCDF-4 layout, opened as it is by xarray (netcdf4 and
// h5netcdf), ncdump and h5dump.
//
// The file grows under NAME.partial and gets its name when it is complete. After each block of records it is flushed:
// if the program is killed, the partial file can be read to its last block. Equal runs give equal bytes, so there is
// nothing of the time of day, the machine or the number of threads in it.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "sim/city/city.h"
#include "sim/results/kpi.h"
#include "sim/run/event.h"
#include "sim/run/frame.h"
#include "sim/scenario/scenario.h"

namespace shahr {

struct RunInfo {
    std::string program;                       // "shahr 0.1.0"
    std::string commit;
    std::string device;                        // "cpu", "cuda"
};

class RecordGroup;
class RoadsOnCells;

class Recorder {
public:
    // Writes the scenario and the static city. Throws OutputError if there cannot be such a file. `city` must outlive it.
    Recorder(const std::filesystem::path& path, const City& city, const Scenario& scenario, const RunInfo& run);
    // Without finish(): the partial file stays if a block is complete, and is removed otherwise.
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    // Groups may come at their own times, but each always with the same fields. Throws OutputError (a full disk, say);
    // the blocks before it stay readable.
    void write(const Frame& frame);
    // Writes the last block, the indicators, the events, and of `trips` the group "trips" with what `who` knows of them
    // (either may be null); renames the file.
    void finish(std::span<const Kpi> kpis, const Frame* trips, const Trips* who = nullptr, std::span<const Event> events = {});

    // Writes what has gathered and leaves the partial file with every record in it. A run that goes on later makes a new file
    // and writes these records again (sim/results/replay.h), so that its result is that of an uninterrupted run.
    void lay_aside();

    const std::filesystem::path& partial_path() const { return partial_; }

private:
    struct File;
    void write_kpis(std::span<const Kpi> kpis);
    void write_trips(const Frame& trips, const Trips* who);
    void write_events(std::span<const Event> events);
    void take(const std::string& group, Duration time, const std::vector<const Field*>& fields);
    template <class Write>
    void guarded(const Write& write);

    std::filesystem::path path_, partial_;
    const City& city_;
    std::string time_units_;
    std::unique_ptr<File> file_;
    std::unique_ptr<RoadsOnCells> on_cells_;
    std::map<std::string, std::unique_ptr<RecordGroup>> groups_;
    std::size_t blocks_ = 0;
    bool finished_ = false;
};

}  // namespace shahr
