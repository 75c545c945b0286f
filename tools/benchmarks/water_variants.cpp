// Many variants of a city's water network side by side, for `tools/bench pipes`: what a sweep asks of the engine, without its
// files. Every variant draws its own share of the demand, 0.8 to 1.2, and all but the first have one pipe shut.
// water_variants CITY.h5 VARIANTS HOURS [THREADS]: a line of JSON.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>

#include "sim/base/error.h"
#include "sim/run/backend.h"
#include "sim/run/preparation.h"
#include "sim/scenario/read.h"

namespace shahr {
namespace {

// Wall seconds and the processor's, of all threads.
struct Stopwatch {
    std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
    std::clock_t processor = std::clock();
    double wall_s() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); }
    double processor_s() const { return static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC; }
};

std::vector<WaterLinkId> pipes_of(const WaterNetwork& net) {
    std::vector<WaterLinkId> pipes;
    for (const WaterLinkId link : rows(net.links.id))
        if (net.links.kind[link] == WaterLinkKind::pipe && net.links.status[link] == WaterStatus::open && !net.links.check_valve[link]) pipes.push_back(link);
    return pipes;
}

void make_unlike(Engine& engine, const std::vector<WaterLinkId>& pipes, int variants) {
    for (int i = 1; i < variants; ++i) {
        Intervention demand, shut;
        demand.change = ScaleWaterDemand{0.8 + 0.4 * i / variants};
        shut.order = 1;
        shut.change = CloseWaterLink{{}, false, {pipes[static_cast<std::size_t>(i) * 7919 % pipes.size()]}};
        engine.set(demand, true, i);
        engine.set(shut, true, i);
    }
}

void run(const std::filesystem::path& path, int variants, int hours, int threads) {
    const City city = open_city(path);
    const Scenario scenario = read_scenario_text(fmt::format("city = '{}'", path.filename().string()), path);
    const Backend& backend = choose_backend("cpu");
    backend.set_threads(threads);
    const std::vector<WaterLinkId> pipes = pipes_of(city.water);
    if (pipes.empty()) throw InputError(fmt::format("{} (no open pipe) a city with a water network", path.string()));

    const Stopwatch making;
    const Trips nobody;
    const std::vector<Member> members(static_cast<std::size_t>(variants), Member{&scenario, &nobody, nullptr});
    auto engines = backend.make_engines(city, members);
    Engine& engine = *engines.back();
    const double making_s = making.wall_s();

    const Stopwatch running;
    const Duration begin = city.water.settings.start_clock, end = begin + std::chrono::hours{hours};
    engine.start(begin);
    make_unlike(engine, pipes, variants);
    for (Duration now = begin; now < end;) {
        const Duration next = std::min(end, engine.end_of_step(begin, now));
        engine.step({now, next - now, 1});
        now = next;
    }
    std::vector<Event> events;
    engine.take_events(events);                // by now a run of no length is solved, too
    const double wall_s = running.wall_s(), processor_s = running.processor_s();

    double solutions = 0, iterations = 0, unbalanced = 0;
    for (int i = 0; i < variants; ++i) {
        std::vector<Kpi> kpis;
        engine.indicators(kpis, i);
        for (const Kpi& kpi : kpis) {
            if (kpi.name == "water_solutions") solutions += kpi.value;
            if (kpi.name == "water_iterations") iterations += kpi.value;
            if (kpi.name == "water_unbalanced") unbalanced += kpi.value;
        }
    }
    fmt::print("{{\"variants\": {}, \"making_s\": {:.6f}, \"wall_s\": {:.6f}, \"processor_s\": {:.6f}, \"solutions\": {}, \"iterations\": {}, \"unbalanced\": {}}}\n", variants, making_s, wall_s, processor_s, solutions, iterations, unbalanced);
}

}  // namespace
}  // namespace shahr

int main(int argc, char** argv) {
    if (argc < 4) {
        fmt::print(stderr, "usage: water_variants CITY.h5 VARIANTS HOURS [THREADS]\n");
        return 2;
    }
    try {
        shahr::run(argv[1], std::atoi(argv[2]), std::atoi(argv[3]), argc > 4 ? std::atoi(argv[4]) : 0);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
