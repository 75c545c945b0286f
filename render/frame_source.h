// Where the viewer's frames come from: a result file, or a run that is going on. The viewer only reads.
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "render/along.h"
#include "sim/city/city.h"
#include "sim/results/reading.h"
#include "sim/run/frame.h"

namespace shahr {

class FrameSource {
public:
    virtual ~FrameSource() = default;
    virtual const City& city() const = 0;
    virtual std::string title() const = 0;
    virtual std::chrono::sys_days first_day() const = 0;
    // Fields of the roads (by the names in the group "traffic"), mains ("water"), branches ("power") or buildings ("buildings"); each
    // group is recorded at times of its own.
    virtual std::vector<std::string> fields(Along along) const = 0;
    virtual std::vector<Duration> times(Along along) const = 0;
    // One value per road, main, branch or building at that record; counts that are not known are NaN. Of what is recorded at the
    // nodes of a network, its lines show the worse of their ends. Empty if there is no such field or record.
    virtual std::vector<float> values(Along along, const std::string& field, std::size_t record) const = 0;
    // One road, or with `whole` a value of the whole city, over all records.
    virtual std::vector<float> road_series(const std::string& field, RoadId road) const = 0;
    virtual std::vector<float> whole_series(const std::string& field) const = 0;
    // Roads that an intervention keeps closed at that time, ascending.
    virtual std::vector<RoadId> closed_roads(Duration) const { return {}; }
    // A sentence for whoever looks at it; "": all is well.
    virtual std::string note() const { return ""; }
};

// A result file, or a city file (then without records).
std::unique_ptr<FrameSource> open_source(const std::filesystem::path& path);

// The frames of a run that is going on, as a sink of the run; the run's thread may differ from the viewer's. Shows the roads alone.
class LiveSource : public FrameSource, public FrameSink {
public:
    LiveSource(const City& city, std::string title, std::chrono::sys_days first_day);
    void take(const Frame& frame) override;

    const City& city() const override { return city_; }
    std::string title() const override { return title_; }
    std::chrono::sys_days first_day() const override { return first_day_; }
    std::vector<std::string> fields(Along along) const override;
    std::vector<Duration> times(Along along) const override;
    std::vector<float> values(Along along, const std::string& field, std::size_t record) const override;
    std::vector<float> road_series(const std::string& field, RoadId road) const override;
    std::vector<float> whole_series(const std::string& field) const override;

private:
    std::vector<std::shared_ptr<const Frame>> frames() const;
    const City& city_;
    std::string title_;
    std::chrono::sys_days first_day_;
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<const Frame>> frames_;
};

}  // namespace shahr
