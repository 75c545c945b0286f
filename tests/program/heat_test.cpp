// District heat and buildings together, as a user runs them: a small town of flats in the cold, and its boilers failing.
#include "program.h"
#include "sim/results/reading.h"

namespace shahr {
namespace {

class TownOfFlats : public ProgramTest {
protected:
    TownOfFlats() {
        std::ofstream(folder_ / "town.toml") << "name = \"town\"\nrows = 3\ncolumns = 3\nblock_m = 120\npeople = 5500\njobs = 900\nschool_places = 800\nbuildings_per_block = 16\npeople_decline = 0\n";
        std::ofstream(folder_ / "cold.toml") << "city = \"town.toml\"\nstart = \"2026-01-14\"\nlength = \"36h\"\nrecord_every = \"1h\"\n[traffic]\ntrips = \"none\"\n"
                                                "[buildings]\nstock = \"archetypes\"\nwarm_up = \"5d\"\n[weather]\nclimate = \"almaty\"\n[heat]\nnetwork = \"synthetic\"\n"
                                                "[[shift_weather]]\ntemperature_k = -6\nbegin = \"08:00\"\nend = \"20:00\"\ndaily = true\n";
        std::ofstream(folder_ / "failing.toml") << "base = \"cold.toml\"\n[[set_heat_plant]]\nid = \"boiler house/0\"\navailable = 0.3\nbegin = \"06:00\"\n";
    }
    double kpi(const std::string& file, std::string_view name) const {
        for (const Kpi& kpi : ResultFile(folder_ / file).kpis())
            if (kpi.name == name) return kpi.value;
        ADD_FAILURE() << name;
        return -1;
    }
};

TEST_F(TownOfFlats, WhereBoilersFailTheRoomsCoolAndTheHeatIsCountedOnce) {
    for (const char* name : {"cold", "failing"}) {
        const Outcome outcome = run({"run", std::string(name) + ".toml", "-q"});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
    }
    for (const char* file : {"cold.h5", "failing.h5"}) {
        const double delivered = kpi(file, "heat_delivered");
        EXPECT_GT(delivered, 1e9);
        EXPECT_LT(kpi(file, "heat_balance_error"), 1e-6);
        EXPECT_NEAR(kpi(file, "heat_taken") + kpi(file, "heat_ready"), delivered, 1e-6 * delivered);
        EXPECT_EQ(kpi(file, "heat_unsolved_steps"), 0);
    }
    // What the buildings get less is what the network gives them less.
    const double less = kpi("cold.h5", "heat_taken") - kpi("failing.h5", "heat_taken");
    EXPECT_GT(less, 0.1 * kpi("cold.h5", "heat_taken"));
    EXPECT_NEAR(kpi("cold.h5", "district_heat_energy") - kpi("failing.h5", "district_heat_energy"), less, 1e-5 * less);
    EXPECT_LT(kpi("failing.h5", "space_heat_energy"), kpi("cold.h5", "space_heat_energy") - 0.9 * less);
    EXPECT_GT(kpi("failing.h5", "heat_cold_degree_hours"), 10 * kpi("cold.h5", "heat_cold_degree_hours") + 100);
}

}  // namespace
}  // namespace shahr
