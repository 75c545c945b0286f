#include "kernels/water/engine.h"

#include <gtest/gtest.h>

#include "sim/import/epanet_import.h"

namespace shahr::SHAHR_BACKEND::water {
namespace {

// Three members of a network from the tests' references, or one of them alone.
class WaterMembers : public testing::Test {
protected:
    WaterMembers() {
        ImportReport report;
        city_ = import_epanet(SHAHR_SOURCE_DIR "/tests/reference/water/rules.inp", report);
    }
    std::unique_ptr<WaterEngine> start(std::size_t members) const {
        const std::vector<Member> all(members, Member{&scenario_, &nobody_, nullptr});
        auto engine = std::make_unique<WaterEngine>(city_, all);
        engine->start(begin());
        return engine;
    }
    Duration begin() const { return city_.water.settings.start_clock; }
    void march(WaterEngine& engine, Duration from, Duration to) const {
        while (from < to) {
            const Duration next = std::min(to, engine.end_of_step(begin(), from));
            engine.step({from, next - from, 1});
            from = next;
        }
    }
    static std::vector<double> heads(const WaterEngine& engine, MemberIndex member) {
        Frame frame;
        engine.observe(frame, {.group = "water"}, member);
        return std::get<std::vector<double>>(find(frame, "water", "head")->values);
    }
    static Intervention scaled(double factor) {
        Intervention intervention;
        intervention.change = ScaleWaterDemand{factor};
        return intervention;
    }

    City city_;
    Scenario scenario_;
    Trips nobody_;
};

TEST_F(WaterMembers, AChangeInOneLeavesTheBitsOfTheOthers) {
    const auto three = start(3), untouched = start(3), alone = start(1);
    three->set(scaled(1.3), true, 1);
    alone->set(scaled(1.3), true, 0);
    for (WaterEngine* engine : {three.get(), untouched.get(), alone.get()}) march(*engine, begin(), begin() + std::chrono::hours{3});
    three->set(scaled(1.3), false, 1);
    alone->set(scaled(1.3), false, 0);
    EXPECT_EQ(heads(*three, 0), heads(*untouched, 0));
    EXPECT_EQ(heads(*three, 1), heads(*alone, 0));
    EXPECT_NE(heads(*three, 1), heads(*three, 2));
    for (WaterEngine* engine : {three.get(), untouched.get(), alone.get()}) march(*engine, begin() + std::chrono::hours{3}, begin() + std::chrono::hours{6});
    EXPECT_EQ(heads(*three, 2), heads(*untouched, 2));
    EXPECT_EQ(heads(*three, 1), heads(*alone, 0));
}

TEST_F(WaterMembers, GoOnWithTheSameBitsFromWhatWasSaved) {
    const auto first = start(2);
    first->set(scaled(0.7), true, 1);
    march(*first, begin(), begin() + std::chrono::hours{2});
    Archive archive;
    first->save(archive);
    const auto second = start(2);
    Archive again(archive.bytes());
    second->load(again);
    for (WaterEngine* engine : {first.get(), second.get()}) march(*engine, begin() + std::chrono::hours{2}, begin() + std::chrono::hours{5});
    for (const MemberIndex member : {0, 1}) EXPECT_EQ(heads(*first, member), heads(*second, member));
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::water
