// Many variants of a city's water network side by side, for `tools/bench pipes`: what a sweep asks of the engine, without its
// files. Every variant draws its own share of the demand, 0.8 to 1.2, and all but the first have one pipe shut.
// water_variants CITY.h5 VARIANTS HOURS THREADS [every]: a line of JSON, with what sets the variants apart, so that a peer can run
// the same. The span is granted as one step, at whose end all is known that indicators need; with `every`, report step by report
// step, as when each is to be recorded: the members then wait for each other there.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <optional>

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

// The first is as the file says it.
struct Variant {
    double demand = 1;
    std::optional<WaterLinkId> shut;
};

std::vector<Variant> unlike_variants(const WaterNetwork& net, int count) {
    const std::vector<WaterLinkId> pipes = pipes_of(net);
    std::vector<Variant> variants(1);
    for (int i = 1; i < count && !pipes.empty(); ++i) variants.push_back({0.8 + 0.4 * i / count, pipes[static_cast<std::size_t>(i) * 7919 % pipes.size()]});
    return variants;
}

void set_apart(Engine& engine, const std::vector<Variant>& variants) {
    for (std::size_t i = 1; i < variants.size(); ++i) {
        Intervention demand, shut;
        demand.change = ScaleWaterDemand{variants[i].demand};
        shut.order = 1;
        shut.change = CloseWaterLink{{}, false, {*variants[i].shut}};
        engine.set(demand, true, static_cast<MemberIndex>(i));
        engine.set(shut, true, static_cast<MemberIndex>(i));
    }
}

void march(Engine& engine, Duration begin, Duration end, bool every) {
    engine.end_of_step(begin, begin);          // what set() has changed is solved
    for (Duration now = begin; now < end;) {
        const Duration next = every ? std::min(end, engine.end_of_step(begin, now)) : end;
        engine.step({now, next - now, 1});
        now = next;
    }
}

double sum_of(const Engine& engine, int variants, std::string_view name) {
    double sum = 0;
    for (int i = 0; i < variants; ++i) {
        std::vector<Kpi> kpis;
        engine.indicators(kpis, i);
        for (const Kpi& kpi : kpis) sum += kpi.name == name ? kpi.value : 0;
    }
    return sum;
}

struct Options {
    std::filesystem::path city;
    int variants, hours, threads;
    bool every;
};

void run(const Options& options) {
    const City city = open_city(options.city);
    const Scenario scenario = read_scenario_text(fmt::format("city = '{}'", options.city.filename().string()), options.city);
    const Backend& backend = choose_backend("cpu");
    backend.set_threads(options.threads);
    const std::vector<Variant> variants = unlike_variants(city.water, options.variants);

    const Stopwatch making;
    const Trips nobody;
    const std::vector<Member> members(variants.size(), Member{&scenario, &nobody, nullptr});
    auto engines = backend.make_engines(city, members);
    if (engines.empty()) throw InputError(fmt::format("{} (no network) a city with a water network", options.city.string()));
    Engine& engine = *engines.back();
    const double making_s = making.wall_s();

    const Stopwatch running;
    const Duration begin = city.water.settings.start_clock;
    engine.start(begin);
    set_apart(engine, variants);
    march(engine, begin, begin + std::chrono::hours{options.hours}, options.every);
    const double wall_s = running.wall_s(), processor_s = running.processor_s();

    std::vector<std::string> apart;
    for (const Variant& v : variants) apart.push_back(fmt::format("[{}, \"{}\"]", v.demand, v.shut ? city.water.links.id[*v.shut] : ""));
    const auto sum = [&](std::string_view name) { return sum_of(engine, static_cast<int>(variants.size()), name); };
    fmt::print("{{\"making_s\": {:.6f}, \"wall_s\": {:.6f}, \"processor_s\": {:.6f}, \"solutions\": {}, \"iterations\": {}, \"unbalanced\": {}, \"variants\": [{}]}}\n", making_s, wall_s, processor_s, sum("water_solutions"), sum("water_iterations"), sum("water_unbalanced"),
               fmt::join(apart, ", "));
}

}  // namespace
}  // namespace shahr

int main(int argc, char** argv) {
    if (argc < 5) {
        fmt::print(stderr, "usage: water_variants CITY.h5 VARIANTS HOURS THREADS [every]\n");
        return 2;
    }
    try {
        shahr::run({argv[1], std::atoi(argv[2]), std::atoi(argv[3]), std::atoi(argv[4]), argc > 5 && std::string_view(argv[5]) == "every"});
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
