#include "sim/synthesis/gate_traffic.h"

#include <gtest/gtest.h>

#include <numeric>

#include "sim/synthesis/demand_model.h"
#include "tests/sim/synthesis/small_town.h"

namespace shahr {
namespace {

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

struct Modelled {
    City city;
    ImportReport report;
    DemandModel model;

    Modelled(const SmallTown& town, const DemandOptions& options) : city(town.make()), model(make_demand_model(city, options, 1, report)) {}
    double cars_in_use() const {
        double cars = 0;
        for (std::size_t z = 0; z < model.zones.size(); ++z) cars += model.cars_in_use(z);
        return cars;
    }
};

TEST(GateTraffic, IsWhatTheGatesAreSaidToCarryWhereThatIsPlausible) {
    const Modelled it({.gate_vehicles = 1000}, {});
    const GateTraffic& gates = it.model.gates;
    EXPECT_NEAR(sum(gates.through_in), 4 * 500 * 0.2, 1e-6) << "residential streets at a town of 20,000";
    EXPECT_NEAR(sum(gates.inbound) + sum(gates.outbound), 4 * 500 * 0.8, 1e-6);
}

TEST(GateTraffic, NoMoreComeInThanHaveAJobInTheCity) {
    DemandOptions options;
    options.in_commuters = 0.1, options.out_commuters = 0;
    const Modelled it({.gate_vehicles = 20'000}, options);
    // 9000 jobs, a tenth of them held from beyond; 0.65 drive, and 0.6 of those who cross do so for work.
    EXPECT_NEAR(sum(it.model.gates.inbound), 9000 * 0.1 * 0.65 / 0.6, 1);
    EXPECT_EQ(sum(it.model.gates.outbound), 0);
    EXPECT_NE(to_text(it.report).find("no more can plausibly cross"), std::string::npos);
}

TEST(GateTraffic, WhoLeavesTheMapMakesNoToursInside) {
    const Modelled none({}, {}), all({.gate_vehicles = 20'000}, {});
    EXPECT_GT(sum(all.model.gates.outbound), 100);
    EXPECT_NEAR(all.cars_in_use() + sum(all.model.gates.outbound), none.cars_in_use(), 1e-6 * none.cars_in_use());
}

// The town is 2 km wide, so most who work there may come from beyond; if it were ten times as wide, few.
TEST(GateTraffic, FewerCrossAFarEdge) {
    const Modelled near({.gate_vehicles = 50'000}, {}), far({.block_m = 2000, .gate_vehicles = 50'000}, {});
    EXPECT_LT(sum(far.model.gates.inbound), 0.6 * sum(near.model.gates.inbound));
}

}  // namespace
}  // namespace shahr
