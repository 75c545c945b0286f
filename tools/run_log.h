// What a run took: NAME.log.json. Wall times, threads and paths stand here and never in the result.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/run/backend.h"
#include "sim/run/simulation.h"

namespace shahr {

class RunLog {
public:
    // `events`: each phase is also said at once, as a line of JSON on standard error.
    explicit RunLog(bool events) : events_(events) {}
    void phase(std::string_view name, const std::function<void()>& work);
    // Throws OutputError.
    void write(const std::filesystem::path& path, const Backend& backend, const Simulation& simulation) const;

private:
    bool events_;
    std::vector<std::pair<std::string, double>> phases_;
    std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
};

}  // namespace shahr
