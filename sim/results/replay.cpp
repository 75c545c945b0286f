#include "sim/results/replay.h"

#include <map>

namespace shahr {

void replay(const ResultFile& file, Duration last, FrameSink& sink) {
    // Which record of which group falls at a time: groups may have times of their own.
    std::map<Duration, std::map<std::string, std::size_t>> records;
    for (const RecordedField& field : file.fields()) {
        const auto times = file.times(field.group);
        for (std::size_t i = 0; i < times.size(); ++i)
            if (times[i] <= last) records[times[i]][field.group] = i;
    }
    for (const auto& [time, record_of] : records) {
        Frame frame;
        frame.time = time;
        for (const RecordedField& field : file.fields()) {
            const auto at = record_of.find(field.group);
            if (at != record_of.end() && field.rows != RowKind::cell) frame.fields.push_back(file.read(field, at->second));
        }
        sink.take(frame);
    }
}

}  // namespace shahr
