#include "sim/results/recording.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <thread>

#include "sim/base/error.h"
#include "sim/results/reading.h"
#include "sim/results/record_group.h"
#include "tests/sim/base/scratch.h"
#include "tests/sim/results/sample_run.h"

namespace shahr {
namespace {

// The number of values that are not what the sample run put there.
int wrong_values(const ResultFile& file) {
    int wrong = 0;
    const RecordedField *vehicles = file.find("traffic", "vehicles"), *speed = file.find("traffic", "speed");
    for (std::size_t record = 0; record < vehicles->records; ++record) {
        const auto counts = std::get<std::vector<std::int32_t>>(file.read(*vehicles, record).values);
        const auto speeds = std::get<std::vector<float>>(file.read(*speed, record).values);
        for (std::size_t road = 0; road < counts.size(); ++road) {
            const float expected = sample_speed(record, road);
            wrong += counts[road] != sample_vehicles(record, road);
            wrong += std::isnan(expected) ? !std::isnan(speeds[road]) : speeds[road] != expected;
        }
    }
    return wrong;
}

TEST(Recording, ReadsBackAsItWasWritten) {
    const Scratch scratch;
    const City city = filled_city(30);
    for (const std::size_t records : {1u, 12u, 29u}) {
        record_sample(scratch / "run.h5", city, records);
        const ResultFile file(scratch / "run.h5");
        EXPECT_TRUE(file.complete());
        EXPECT_EQ(file.attribute("title"), "Субҳ – morning");
        EXPECT_EQ(file.attribute("scenario"), sample_scenario().text);
        EXPECT_EQ(file.first_day(), sample_scenario().first_day);
        ASSERT_EQ(file.times("traffic").size(), records);
        EXPECT_EQ(file.times("traffic").back(), sample_frame(city, records - 1).time);
        EXPECT_EQ(file.find("traffic", "vehicles")->records, records);
        EXPECT_EQ(wrong_values(file), 0);
        const std::vector<double> inserted = file.series(*file.find("traffic", "trips_inserted"), 0);
        EXPECT_EQ(inserted.back(), 10.0 * static_cast<double>(records - 1));
    }
}

TEST(Recording, KeepsIndicatorsTripsAndCity) {
    const Scratch scratch;
    const City city = filled_city(30);
    record_sample(scratch / "run.h5", city, 3);
    const ResultFile file(scratch / "run.h5");
    const std::vector<Kpi> kpis = file.kpis();
    ASSERT_EQ(kpis.size(), 2u);
    EXPECT_EQ(kpis[0].name, "mean_travel_time");
    EXPECT_EQ(kpis[0].value, 321.5);
    EXPECT_TRUE(kpis[0].lower_is_better);
    EXPECT_FALSE(kpis[1].lower_is_better);
    const Frame trips = file.trips();
    ASSERT_NE(find(trips, "trips", "depart"), nullptr);
    EXPECT_EQ(std::get<std::vector<double>>(find(trips, "trips", "depart")->values)[2], 21602.0);
    const City read = file.city();
    EXPECT_EQ(read.network.roads.shape, city.network.roads.shape);
    EXPECT_EQ(read.network.roads.name, city.network.roads.name);
    EXPECT_EQ(read.places.outline, city.places.outline);
    EXPECT_EQ(read.buildings.footprint, city.buildings.footprint);
    EXPECT_EQ(read.attribution, city.attribution);
}

TEST(Recording, WideFieldsSpanChunks) {
    const Scratch scratch;
    const City city = filled_city([](std::string_view table) { return table == "roads" ? 40'001u : 2u; });
    record_sample(scratch / "run.h5", city, 14);
    EXPECT_EQ(wrong_values(ResultFile(scratch / "run.h5")), 0);
}

TEST(Recording, SmallRecordsMakeLongBlocks) {
    EXPECT_EQ(records_in_block(0), 144u);
    EXPECT_EQ(records_in_block(9'500), 108u);
    EXPECT_EQ(records_in_block(80'000), 12u);
    EXPECT_EQ(records_in_block(100'000'000), 12u);
}

TEST(Recording, EqualRunsGiveEqualBytes) {
    const Scratch scratch;
    const City city = filled_city(50);
    record_sample(scratch / "a.h5", city, 30);
    record_sample(scratch / "b.h5", city, 30);
    EXPECT_EQ(bytes_of(scratch / "a.h5"), bytes_of(scratch / "b.h5"));
    EXPECT_FALSE(std::filesystem::exists(scratch / "a.h5.partial"));
}

TEST(Recording, GroupsComeAtTheirOwnTimes) {
    const Scratch scratch;
    const City city = filled_city(4);
    Recorder recorder(scratch / "run.h5", city, sample_scenario(), sample_run_info());
    for (std::size_t record = 0; record < 26; ++record) {
        Frame frame = sample_frame(city, record);
        if (record % 5 == 0)
            frame.fields.push_back({"power", "load", "load", "W", RowKind::building, CellMethod::point, std::vector<double>(4, static_cast<double>(record))});
        recorder.write(frame);
    }
    recorder.finish({}, nullptr);
    const ResultFile file(scratch / "run.h5");
    EXPECT_EQ(file.times("traffic").size(), 26u);
    EXPECT_EQ(file.times("power").size(), 6u);
    EXPECT_EQ(file.series(*file.find("power", "load"), 3).back(), 25.0);
}

TEST(Recording, BrokenOffRunLeavesItsBlocksAndNothingUnderTheName) {
    const Scratch scratch;
    const City city = filled_city(10);
    {
        Recorder recorder(scratch / "short.h5", city, sample_scenario(), sample_run_info());
        recorder.write(sample_frame(city, 0));
    }
    EXPECT_FALSE(std::filesystem::exists(scratch / "short.h5.partial"));
    {
        Recorder recorder(scratch / "long.h5", city, sample_scenario(), sample_run_info());
        for (std::size_t record = 0; record < 300; ++record) recorder.write(sample_frame(city, record));
    }
    EXPECT_FALSE(std::filesystem::exists(scratch / "long.h5"));
    const ResultFile partial(scratch / "long.h5.partial");
    EXPECT_FALSE(partial.complete());
    EXPECT_EQ(partial.times("traffic").size(), 288u);       // two blocks of small records
    EXPECT_EQ(wrong_values(partial), 0);
}

TEST(Recording, UnwritablePlaceIsOneSentence) {
    const Scratch scratch;
    try {
        Recorder(scratch / "no folder/run.h5", filled_city(2), sample_scenario(), sample_run_info());
        FAIL() << "wrote into a folder that is not there";
    } catch (const OutputError& error) {
        EXPECT_NE(std::string(error.what()).find("No such file or directory"), std::string::npos) << error.what();
        EXPECT_EQ(error.exit_code, exit_output);
    }
}

// A limit on the file's size stands in for a full disk: both make the write fail.
TEST(Recording, FullDiskKeepsTheBlocksBefore) {
    const Scratch scratch;
    const City city = filled_city([](std::string_view table) { return table == "roads" ? 20'000u : 2u; });
    const auto path = scratch / "run.h5";
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        Recorder recorder(path, city, sample_scenario(), sample_run_info());
        std::size_t record = 0;
        for (; record < 24; ++record) recorder.write(sample_frame(city, record));
        const auto size = std::filesystem::file_size(recorder.partial_path());
        const rlimit limit{size + 1000, size + 1000};
        setrlimit(RLIMIT_FSIZE, &limit);
        try {
            for (; record < 48; ++record) recorder.write(sample_frame(city, record));
        } catch (const OutputError& error) {
            _exit(std::string(error.what()).find("holds the 2 blocks") != std::string::npos ? 7 : 8);
        }
        _exit(9);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_EQ(WEXITSTATUS(status), 7);
    EXPECT_FALSE(std::filesystem::exists(path));
    const ResultFile partial(path.string() + ".partial");
    EXPECT_EQ(partial.times("traffic").size(), 24u);
    EXPECT_EQ(wrong_values(partial), 0);
}

// Writes until it is killed; tells through the pipe how many records have been taken.
[[noreturn]] void write_until_killed(const std::filesystem::path& path, const City& city, int pipe) {
    Recorder recorder(path, city, sample_scenario(), sample_run_info());
    for (std::uint32_t record = 0;; ++record) {
        recorder.write(sample_frame(city, record));
        const std::uint32_t taken = record + 1;
        if (write(pipe, &taken, sizeof taken) != sizeof taken) _exit(1);
    }
}

TEST(Recording, KilledRunCanBeReadToItsLastBlock) {
    const Scratch scratch;
    const City city = filled_city([](std::string_view table) { return table == "roads" ? 10'000u : 20u; });
    std::mt19937 random(7);
    for (int round = 0; round < 10; ++round) {
        const auto path = scratch / "run.h5";
        int ends[2];
        ASSERT_EQ(pipe(ends), 0);
        const pid_t child = fork();
        if (child == 0) write_until_killed(path, city, ends[1]);
        close(ends[1]);
        std::uint32_t taken = 0;
        while (taken < 12 && read(ends[0], &taken, sizeof taken) == sizeof taken) {}
        std::this_thread::sleep_for(std::chrono::microseconds{random() % 100'000});
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        while (read(ends[0], &taken, sizeof taken) == sizeof taken) {}
        close(ends[0]);

        const ResultFile partial(path.string() + ".partial");
        const std::size_t records = partial.times("traffic").size();
        EXPECT_GE(records, taken / 12 * 12);
        EXPECT_EQ(records % 12, 0u);
        EXPECT_EQ(wrong_values(partial), 0);
    }
}

TEST(Recording, OpensInXarrayAndNcdump) {
    const Scratch scratch;
    const auto path = scratch / "run.h5";
    record_sample(path, filled_city(30), 29);
    const std::string command = "/usr/bin/python3 '" SHAHR_SOURCE_DIR "/tests/python/open_result.py' '" + path.string() + "'";
    const int status = std::system(command.c_str());
    if (WEXITSTATUS(status) == 77 || WEXITSTATUS(status) == 127) GTEST_SKIP() << "needs python3-xarray, -netcdf4, -h5netcdf";
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace shahr
