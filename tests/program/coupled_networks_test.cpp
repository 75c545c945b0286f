// One change shows in every network that hangs on it: scenarios/dry_taps.toml as it is shipped.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "sim/base/hdf5.h"
#include "sim/results/reading.h"
#include "tests/program/program.h"

namespace shahr {
namespace {

class DryTaps : public ProgramTest {
protected:
    void run_scenario(const std::string& name, const std::string& differences) {
        write(name + ".toml", "base = \"" SHAHR_SOURCE_DIR "/scenarios/dry_taps.toml\"\n" + differences + "[buildings]\nmodel = \"5r1c\"\nwarm_up = \"1d\"\n");
        const Outcome outcome = run({"run", name + ".toml", "-q"});
        ASSERT_EQ(outcome.code, 0) << outcome.err;
    }
    double kpi(const std::string& file, std::string_view name) const {
        for (const Kpi& kpi : ResultFile(folder_ / (file + ".h5")).kpis())
            if (kpi.name == name) return kpi.value;
        ADD_FAILURE() << name;
        return std::numeric_limits<double>::quiet_NaN();
    }
    // m, the least and the greatest of the junctions at an hour.
    std::pair<double, double> pressure(const std::string& file, double hour) const {
        const hdf5::File result = hdf5::File::open(folder_ / (file + ".h5"));
        const std::vector<double> all = result.root().array("water/pressure").read<double>(), asked = result.root().array("water/demand_asked").read<double>(), time = result.root().array("water/time").read<double>();
        const auto at = static_cast<std::size_t>(std::find(time.begin(), time.end(), 3600 * hour) - time.begin());
        std::pair<double, double> bounds{1e9, -1e9};
        for (std::size_t i = at * (all.size() / time.size()); i < (at + 1) * (all.size() / time.size()); ++i)
            if (asked[i] > 0) bounds = {std::min(bounds.first, all[i]), std::max(bounds.second, all[i])};
        return bounds;
    }
    // W of all pumps at each hour.
    std::vector<double> pump_power(const std::string& file) const {
        const hdf5::File result = hdf5::File::open(folder_ / (file + ".h5"));
        const std::vector<double> all = result.root().array("water/power").read<double>(), time = result.root().array("water/time").read<double>();
        const std::size_t links = all.size() / time.size();
        std::vector<double> sums(37, 0);
        for (std::size_t t = 0; t < time.size(); ++t)
            for (std::size_t k = 0; k < links; ++k)
                if (std::fmod(time[t], 3600) == 0 && all[t * links + k] > 0) sums[static_cast<std::size_t>(time[t] / 3600)] += all[t * links + k];
        return sums;
    }
};

TEST_F(DryTaps, ThePumpDrawsOnTheGridAndWhereItsBusIsDeadTheTapsRunDry) {
    run_scenario("trip", "");
    run_scenario("day", "remove = \"trip\"\n");
    // Counted once in each network: the grid delivers what the buildings and, a step later, the pumps take.
    const double buildings_j = kpi("day", "electricity_from_grid"), pumps_j = kpi("day", "pump_energy");
    EXPECT_GT(pumps_j, 5e9);
    EXPECT_NEAR(kpi("day", "power_energy_delivered") - buildings_j, pumps_j, 0.1 * pumps_j);
    EXPECT_EQ(kpi("day", "water_service"), 1);

    const std::vector<double> with = pump_power("day"), without = pump_power("trip");
    EXPECT_GT(std::accumulate(with.begin() + 7, with.begin() + 28, 0.0), 1e5);
    EXPECT_EQ(std::accumulate(without.begin() + 7, without.begin() + 29, 0.0), 0);
    EXPECT_GT(without[30], 5e4);
    EXPECT_GT(kpi("trip", "power_not_served"), 1e9);
    EXPECT_LT(kpi("trip", "water_service"), 0.7);
    EXPECT_GT(kpi("trip", "water_poor_service"), 1000);
    EXPECT_LT(kpi("trip", "pump_energy"), 0.7 * pumps_j);
    EXPECT_GT(pressure("trip", 10).first, 15);
    EXPECT_EQ(pressure("trip", 14), (std::pair<double, double>{0, 0}));
    EXPECT_LT(std::abs(kpi("trip", "water_balance_error")), 1e-6);
}

}  // namespace
}  // namespace shahr
