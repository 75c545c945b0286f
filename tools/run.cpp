// shahr run: a scenario from its file to its result.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <optional>

#include "sim/base/atomic_file.h"
#include "sim/base/error.h"
#include "sim/results/recording.h"
#include "sim/results/replay.h"
#include "sim/run/backend.h"
#include "sim/run/checkpoint.h"
#include "sim/run/preparation.h"
#include "sim/run/progress.h"
#include "sim/run/simulation.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/read.h"
#include "tools/commands.h"
#include "tools/help.h"
#include "tools/interrupt.h"
#include "tools/output_place.h"
#include "tools/print.h"
#include "tools/run_log.h"

namespace shahr {
namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path scenario, output;
    std::vector<std::string> sets;
    std::string device = "auto", log_format = "text";
    int threads = 0;
    bool quiet = false, resume = false;
};

// A city that is a network by itself runs without a scenario: as it is.
bool is_city(const fs::path& path) {
    return path.extension() == ".h5";
}

// morning.toml and almaty.city.h5 give morning.h5 and almaty.h5.
fs::path default_output(const fs::path& input) {
    const std::string name = input.filename().replace_extension().string();
    return (is_city(input) && name.ends_with(".city") ? name.substr(0, name.size() - 5) : name) + ".h5";
}

struct RecordTo : FrameSink {
    explicit RecordTo(Recorder& recorder) : recorder(&recorder) {}
    void take(const Frame& frame) override { recorder->write(frame); }
    Recorder* recorder;
};

class Run {
public:
    explicit Run(const Options& options) : options_(options), log_(options.log_format == "json" && !options.quiet) {}

    void execute() {
        if (options_.output.empty()) options_.output = default_output(options_.scenario);
        check_output_place(options_.output);
        prepare();
        const InterruptGuard interrupt;        // to the end: the last block and the name of the file are not broken off
        if (options_.resume) set_records_aside();
        Recorder recorder(options_.output, city_, scenario_, {program_name(), program_commit(), std::string(backend_->name)});
        RecordTo record_to(recorder);
        KpiMeter meter(city_);
        Simulation simulation(scenario_, std::move(engines_));
        simulation.add_sink(record_to);
        simulation.add_sink(meter);
        if (options_.resume)
            take_up(simulation, record_to, meter);
        else
            log_.phase("start", [&] { simulation.start(); });
        drive(simulation, recorder, interrupt);
        finish(simulation, recorder, meter);
    }

private:
    void prepare() {
        scenario_ = is_city(options_.scenario) ? read_scenario_text(fmt::format("city = '{}'", options_.scenario.filename().string()), options_.scenario, options_.sets) : read_scenario(options_.scenario, options_.sets);
        backend_ = &choose_backend(options_.device);
        backend_->set_threads(options_.threads);
        log_.phase("reading the city", [&] { city_ = open_city(scenario_.city); });
        ImportReport report;
        log_.phase("preparing the city", [&] { prepare_city(city_, scenario_, report); });
        log_.phase("trips", [&] { trips_ = choose_trips(city_, scenario_, report); });
        log_.phase("weather", [&] { weather_ = open_weather(city_, scenario_, report); });
        if (say()) fmt::print("{}\n{}", scenario_.title.empty() ? options_.scenario.string() : scenario_.title, to_text(report));
        const Member member{&scenario_, &trips_, weather_ ? &*weather_ : nullptr};
        log_.phase("building the engines", [&] { engines_ = backend_->make_engines(city_, std::span(&member, 1)); });
    }

    // The new file is made under the name of the partial one; if this is broken off, the records are there for the next time.
    void set_records_aside() const {
        if (!fs::exists(beside(".checkpoint"))) throw InputError(fmt::format("--resume ({} is not there) run without it", beside(".checkpoint").string()));
        const fs::path partial = options_.output.string() + ".partial";
        mend(partial);
        std::error_code error;
        if (!fs::exists(records_so_far())) fs::rename(partial, records_so_far(), error);
        if (error) throw InputError(fmt::format("--resume ({} with the records so far is not there) run without it", partial.string()));
    }

    void take_up(Simulation& simulation, FrameSink& recorder, FrameSink& meter) {
        log_.phase("start", [&] {
            load_checkpoint(beside(".checkpoint"), city_, scenario_, simulation);
            const ResultFile so_far(records_so_far());
            replay(so_far, simulation.now(), recorder);
            replay(so_far, simulation.now(), meter);
        });
    }

    void drive(Simulation& simulation, Recorder& recorder, const InterruptGuard& interrupt) {
        Progress progress(stderr, progress_style(), simulation.now(), foreseen_end(simulation), scenario_.first_day);
        log_.phase("run", [&] {
            while (!interrupt.wanted() && simulation.step()) progress.update(simulation.now());
        });
        progress.finish(simulation.now());
        if (simulation.finished()) return;
        write_checkpoint(beside(".checkpoint"), city_, scenario_, simulation);
        recorder.lay_aside();
        remove_if_there(records_so_far());
        throw Error(exit_interrupted, fmt::format("interrupted at {}: {} is written; the same command with --resume goes on from there",
                                                  clock_text(simulation.now(), scenario_.first_day), beside(".checkpoint").string()));
    }

    // A run that ends by itself hardly ever needs its whole length: it is foreseen to end with the last departure.
    Duration foreseen_end(const Simulation& simulation) const {
        return scenario_.until_idle && !trips_.depart.empty() ? std::max(trips_.depart.vector().back(), simulation.now()) : simulation.end();
    }

    void finish(const Simulation& simulation, Recorder& recorder, const KpiMeter& meter) {
        const Frame trips = simulation.observe({.record = true, .trips = true});
        std::vector<Kpi> kpis;
        if (!trips_.id.empty()) kpis = meter.finish(trips);
        for (Kpi& kpi : simulation.indicators()) kpis.push_back(std::move(kpi));
        log_.phase("finishing the file", [&] { recorder.finish(kpis, &trips, &trips_, simulation.events()); });
        remove_if_there(beside(".checkpoint"));
        remove_if_there(records_so_far());
        log_.write(beside(".log.json"), *backend_, simulation);
        if (!say()) return;
        if (!trips_.id.empty()) print_trips(city_, trips, &trips_);
        print_events(simulation.events());
        print_kpis(kpis);
        print_wall_times(simulation.wall_times());
        fmt::print("result: {}\n", options_.output.string());
    }

    static void remove_if_there(const fs::path& path) {
        std::error_code ignored;
        fs::remove(path, ignored);
    }
    fs::path records_so_far() const { return options_.output.string() + ".so_far"; }
    // NAME.log.json, NAME.checkpoint for NAME.h5.
    fs::path beside(const std::string& extension) const { return fs::path(options_.output).replace_extension(extension); }
    bool say() const { return !options_.quiet && options_.log_format == "text"; }
    ProgressStyle progress_style() const {
        if (options_.quiet) return ProgressStyle::none;
        if (options_.log_format == "json") return ProgressStyle::json;
        return isatty(STDERR_FILENO) ? ProgressStyle::line : ProgressStyle::plain;
    }

    Options options_;
    RunLog log_;
    Scenario scenario_;
    City city_;
    Trips trips_;
    std::optional<Weather> weather_;
    const Backend* backend_ = nullptr;
    std::vector<std::unique_ptr<Engine>> engines_;
};

}  // namespace

void add_run(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto seed = std::make_shared<std::optional<std::int64_t>>();
    CLI::App* command = app.add_subcommand("run", "run a scenario and write its result");
    command->add_option("scenario", options->scenario, "scenario file (.toml; scenarios/README.md describes it), or a city file (.h5) to run as it is")->required();
    command->add_option("-o,--output", options->output, "result file; without it, the scenario's name with .h5, here")->type_name("FILE");
    add_set_option(*command, options->sets);
    command->add_option("--seed", *seed, "short for --set seed=")->type_name("NUMBER");
    command->add_option("--device", options->device, "auto, cpu or cuda; else the environment's SHAHR_DEVICE")->type_name("NAME")->envname("SHAHR_DEVICE")->capture_default_str();
    command->add_option("--threads", options->threads, "threads of the CPU; 0: all; else the environment's SHAHR_THREADS")->type_name("NUMBER")->envname("SHAHR_THREADS")->check(whole_number(0, 1024))->capture_default_str();
    command->add_option("--log-format", options->log_format, "text, or json: one object a line")->type_name("FORMAT")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
    command->add_flag("-q,--quiet", options->quiet, "say nothing but what went wrong");
    command->add_flag("--resume", options->resume, "go on from the checkpoint that an interrupted run has left");
    command->callback([options, seed] {
        if (*seed) options->sets.push_back(fmt::format("seed={}", **seed));
        Run(*options).execute();
    });
}

}  // namespace shahr
