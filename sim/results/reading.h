// Reads result files, complete or partial: for comparison, `shahr info` and the viewer.
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/city/city.h"
#include "sim/results/kpi.h"
#include "sim/run/frame.h"

namespace shahr {

// A field that was recorded over time.
struct RecordedField {
    std::string group, name, long_name, unit;
    RowKind rows = RowKind::whole;
    CellMethod method = CellMethod::point;
    std::size_t records = 0, row_count = 0;
};

// All of it throws InputError "file (why) what would be right" where the file is missing, no result, or damaged.
class ResultFile {
public:
    explicit ResultFile(const std::filesystem::path& path);
    ~ResultFile();
    ResultFile(ResultFile&&) noexcept;
    ResultFile& operator=(ResultFile&&) noexcept;
    static bool is_result(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return path_; }
    // A root attribute: "title", "source", "attribution", "scenario"; "" if it has none.
    std::string attribute(const std::string& name) const;
    std::chrono::sys_days first_day() const;   // the midnight that times count from
    bool complete() const;                     // false: the run is not over, or broke off

    const std::vector<RecordedField>& fields() const { return fields_; }
    const RecordedField* find(const std::string& group, const std::string& name) const;
    std::vector<Duration> times(const std::string& group) const;
    // All rows at one record; what was int32, float or double comes back as that.
    Field read(const RecordedField& field, std::size_t record) const;
    // One row over all records; the fill of counts as NaN.
    std::vector<double> series(const RecordedField& field, std::size_t row) const;
    std::vector<Kpi> kpis() const;             // in the order of the file; empty in a partial one
    Frame trips() const;                       // the numbers of the group "trips"; without fields if there is none
    City city() const;                         // the tables that a result holds: enough to draw it

private:
    struct File;
    template <class Read>
    auto guarded(const Read& read) const;
    std::filesystem::path path_;
    std::unique_ptr<File> file_;
    std::vector<RecordedField> fields_;
};

}  // namespace shahr
