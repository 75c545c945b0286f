// A small whole run on the CUDA copy of the kernels, interpreted, against the same run on the CPU: the same bits.
#include "sim/results/reading.h"
#include "tests/program/program.h"

#ifndef SHAHR_EMULATED_PROGRAM
#define SHAHR_EMULATED_PROGRAM ""
#endif

namespace shahr {
namespace {

class EmulatedRun : public ProgramTest {
protected:
    // Two minutes of sixteen blocks, and what came of them.
    ResultFile result_of(const std::string& program, const std::string& device, const std::string& name) {
        program_ = program;
        const Outcome outcome = run({"run", scenario("small.toml"), "--set", "length=2min", "--set", "record_every=30s", "--device", device, "-q", "-o", name});
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return ResultFile(folder_ / name);
    }
};

std::string bits_of(const Field& field) {
    return std::visit([](const auto& values) { return std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0])); },
                      field.values);
}

TEST_F(EmulatedRun, GivesTheSameBitsAsTheCpu) {
    if (std::string(SHAHR_EMULATED_PROGRAM).empty()) GTEST_SKIP() << "built without the CUDA emulator";
    const ResultFile cpu = result_of(SHAHR_PROGRAM, "cpu", "cpu.h5");
    // Another interleaving of blocks and threads than the usual one, and a look-out for races.
    environment_ = {{"EMU_SEED", "3"}, {"EMU_RESIDENT", "8"}, {"EMU_QUANTUM", "50"}, {"EMU_RACE", "1"}};
    const ResultFile cuda = result_of(SHAHR_EMULATED_PROGRAM, "cuda", "cuda.h5");
    ASSERT_FALSE(cpu.fields().empty());
    ASSERT_EQ(cpu.fields().size(), cuda.fields().size());
    for (const RecordedField& field : cpu.fields()) {
        const RecordedField* other = cuda.find(field.group, field.name);
        ASSERT_NE(other, nullptr) << field.group << "/" << field.name;
        for (std::size_t record = 0; record < cpu.times(field.group).size(); ++record)
            EXPECT_EQ(bits_of(cpu.read(field, record)), bits_of(cuda.read(*other, record))) << field.group << "/" << field.name << " at record " << record;
    }
    const Frame trips = cpu.trips(), other_trips = cuda.trips();
    ASSERT_FALSE(trips.fields.empty());
    ASSERT_EQ(trips.fields.size(), other_trips.fields.size());
    for (std::size_t i = 0; i < trips.fields.size(); ++i) EXPECT_EQ(bits_of(trips.fields[i]), bits_of(other_trips.fields[i])) << trips.fields[i].name;
}

}  // namespace
}  // namespace shahr
