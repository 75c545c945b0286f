#include "tools/run_log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include <fstream>
#include <thread>

#include "sim/base/error.h"
#include "tools/commands.h"

namespace shahr {
namespace {

double peak_memory_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out + '"';
}

// Whole-city counts that speak of the computing, not of the city.
double count(const Frame& frame, std::string_view name) {
    const Field* field = find(frame, "traffic", name);
    double sum = 0;
    if (field) std::visit([&](const auto& values) { for (const auto v : values) sum += static_cast<double>(v); }, field->values);
    return sum;
}

std::string object_of(const std::vector<WallTime>& times) {
    std::string text;
    for (const WallTime& time : times) text += fmt::format("{}{}: {:.3f}", text.empty() ? "{" : ", ", in_quotes(time.what), time.wall_s);
    return text + "}";
}

}  // namespace

void RunLog::phase(std::string_view name, const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    phases_.emplace_back(name, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    if (events_) fmt::print(stderr, "{{\"event\":\"phase\",\"name\":{},\"wall_s\":{:.3f}}}\n", in_quotes(name), phases_.back().second);
}

void RunLog::write(const std::filesystem::path& path, const Backend& backend, const Simulation& simulation) const {
    const double updates = count(simulation.observe(Request{}), "vehicle_updates");
    double traffic_s = 0;
    std::string text = fmt::format("{{\n  \"program\": {},\n  \"started\": \"{:%Y-%m-%dT%H:%M:%SZ}\",\n  \"device\": {},\n  \"hardware_threads\": {},\n  \"peak_memory_mb\": {:.1f},\n  \"phases_s\": {{",
                                   in_quotes(program_name() + " (commit " + program_commit() + ")"), fmt::gmtime(std::chrono::system_clock::to_time_t(started_)),
                                   in_quotes(std::string(backend.name) + ": " + backend.describe()), std::thread::hardware_concurrency(), peak_memory_mb());
    const char* comma = "\n";
    for (const auto& [name, wall_s] : phases_) text += fmt::format("{}    {}: {:.3f}", std::exchange(comma, ",\n"), in_quotes(name), wall_s);
    text += "\n  },\n  \"run_s\": {";
    comma = "\n";
    const std::vector<WallTime> times = simulation.wall_times();
    for (const WallTime& time : times) {
        text += fmt::format("{}    {}: {:.3f}", std::exchange(comma, ",\n"), in_quotes(time.what), time.wall_s);
        if (time.what == "traffic") traffic_s = time.wall_s;
    }
    text += "\n  },\n  \"engine_phases_s\": {";
    comma = "\n";
    for (const WallTime& time : times)
        if (!time.parts.empty()) text += fmt::format("{}    {}: {}", std::exchange(comma, ",\n"), in_quotes(time.what), object_of(time.parts));
    text += fmt::format("\n  }},\n  \"simulated_s\": {:.3f},\n  \"vehicle_updates\": {:.0f},\n  \"vehicle_updates_per_s\": {:.0f}\n}}\n",
                        seconds(simulation.now() - simulation.begin()), updates, traffic_s > 0 ? updates / traffic_s : 0);
    std::ofstream file(path);
    if (!(file << text).flush()) throw OutputError(fmt::format("{} (cannot be written) a place with room, where you may write", path.string()));
}

}  // namespace shahr
