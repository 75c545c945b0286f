#include "sim/base/atomic_file.h"

#include <gtest/gtest.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <numeric>
#include <vector>

#include "sim/base/hdf5.h"
#include "tests/sim/base/scratch.h"

namespace shahr::hdf5 {
namespace {

constexpr std::uint64_t rows = 40;             // in each block
constexpr int blocks = 6;

std::vector<double> values_of(int block) {
    std::vector<double> values(rows);
    std::iota(values.begin(), values.end(), 1000.0 * block);
    return values;
}

// A block grows two arrays, adds a group, and is told to `told` when its flush has returned.
void write_blocks(const std::filesystem::path& path, int told) {
    File file = File::create(path);
    const Layout layout{.chunk = {rows}, .grows = true, .fill = -1.0};
    const Array first = file.root().make_array("first", Type::float64, {0}, layout);
    const Array second = file.root().make_array("second", Type::float64, {0}, layout);
    for (int block = 0; block < blocks; ++block) {
        const std::vector<double> values = values_of(block);
        for (const Array* array : {&first, &second}) {
            array->resize(rows * (static_cast<std::uint64_t>(block) + 1));
            array->write_chunk({rows * static_cast<std::uint64_t>(block)}, std::as_bytes(std::span(values)), Type::float64);
        }
        file.root().make_group("block" + std::string(1, static_cast<char>('a' + block))).set("note", "of this block");
        file.flush();
        ASSERT_EQ(write(told, &block, sizeof block), static_cast<ssize_t>(sizeof block));
    }
    file.close();
}

// The blocks that the file holds, after a look at every value of them.
int whole_blocks(const std::filesystem::path& path) {
    const File file = File::open(path);
    const std::uint64_t length = file.root().array("first").shape()[0];
    EXPECT_EQ(file.root().array("second").shape()[0], length);
    EXPECT_EQ(file.root().names().size(), 2 + length / rows);
    for (const char* name : {"first", "second"}) {
        const std::vector<double> values = file.root().array(name).read<double>();
        for (std::uint64_t begin = 0; begin < length; begin += rows) {
            const std::vector<double> block(&values[begin], &values[begin] + rows);
            EXPECT_EQ(block, values_of(static_cast<int>(begin / rows)));
        }
    }
    return static_cast<int>(length / rows);
}

enum class Ended { killed, by_itself, not_traced };

// Stops the writer at the entry to and the return from each system call, and kills it at the `stops`-th stop.
Ended kill_at(int stops, const std::filesystem::path& path, int told) {
    const pid_t child = fork();
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(77);
        raise(SIGSTOP);
        write_blocks(path, told);
        _exit(testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (!WIFSTOPPED(status)) return Ended::not_traced;
    for (int stop = 0; stop < stops; ++stop) {
        ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
        waitpid(child, &status, 0);
        if (WIFEXITED(status)) {
            EXPECT_EQ(WEXITSTATUS(status), 0);
            return Ended::by_itself;
        }
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return Ended::killed;
}

TEST(AtomicFile, AWriterKilledAtAnySystemCallLeavesWholeBlocks) {
    const Scratch scratch;
    Ended ended = Ended::killed;
    int mended = 0;
    for (int stops = 1; ended == Ended::killed; ++stops) {
        const auto path = scratch / "file.h5";
        int ends[2];
        ASSERT_EQ(pipe(ends), 0);
        ended = kill_at(stops, path, ends[1]);
        close(ends[1]);
        int flushed = 0;
        for (int block; read(ends[0], &block, sizeof block) == sizeof block;) flushed = block + 1;
        close(ends[0]);
        if (ended == Ended::not_traced) GTEST_SKIP() << "needs leave to trace a process of one's own";
        if (flushed == 0) continue;
        const bool in_the_middle = std::filesystem::exists(journal_of(path));
        const int whole = whole_blocks(path);
        EXPECT_GE(whole, flushed) << "killed at stop " << stops;
        EXPECT_LE(whole, flushed + 1) << "killed at stop " << stops;
        EXPECT_FALSE(std::filesystem::exists(journal_of(path)));
        mended += in_the_middle && whole > flushed;
    }
    EXPECT_GT(mended, blocks);                 // in every flush, and more than once: the journal was needed
}

TEST(AtomicFile, AJournalCutShortIsPutAside) {
    const Scratch scratch;
    const auto path = scratch / "file.h5";
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    write_blocks(path, ends[1]);
    const std::string before = bytes_of(path);
    std::ofstream(journal_of(path)) << "shahrj01 and no more";
    EXPECT_EQ(whole_blocks(path), blocks);
    EXPECT_EQ(bytes_of(path), before);
    EXPECT_FALSE(std::filesystem::exists(journal_of(path)));
    close(ends[0]), close(ends[1]);
}

TEST(AtomicFile, TwoWritersAreOneTooMany) {
    const Scratch scratch;
    const File first = File::create(scratch / "file.h5");
    try {
        File::create(scratch / "file.h5");
        FAIL() << "two programs write one file";
    } catch (const Failure& failure) {
        EXPECT_NE(std::string(failure.what()).find("another program writes it"), std::string::npos) << failure.what();
    }
}

}  // namespace
}  // namespace shahr::hdf5
