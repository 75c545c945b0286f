#include "sim/synthesis/feeders.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "sim/base/error.h"
#include "sim/city/grid_city.h"
#include "sim/city/validate.h"
#include "sim/synthesis/building_stock.h"

namespace shahr {
namespace {

City town(std::uint64_t seed = 1, double people = 3000) {
    GridCity description;
    description.rows = 6, description.columns = 7, description.people = people, description.jobs = people / 2, description.school_places = 500;
    City city = make_grid_city(description);
    Scenario scenario;
    scenario.seed = seed;
    ImportReport report;
    synthesise_stock(city, scenario, report);
    synthesise_feeders(city, {}, report);
    return city;
}

class Parts {                                  // connected parts of the buses
public:
    explicit Parts(const City& city) : parent_(city.power.buses.id.size()) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
    // False if they were one already.
    bool join(BusId a, BusId b) {
        const std::size_t x = root(row(a)), y = root(row(b));
        parent_[x] = y;
        return x != y;
    }
    std::size_t count() {
        std::set<std::size_t> roots;
        for (std::size_t i = 0; i < parent_.size(); ++i) roots.insert(root(i));
        return roots.size();
    }

private:
    std::size_t root(std::size_t i) {
        while (parent_[i] != i) i = parent_[i];
        return i;
    }
    std::vector<std::size_t> parent_;
};

bool is_closed(const Branches& b, BranchId branch) {
    return b.in_service[branch] && b.from_closed[branch] && b.to_closed[branch];
}

TEST(Feeders, AreOneTreeWithOpenTies) {
    const City city = town();
    const Branches& branches = city.power.branches;
    Parts parts(city);
    std::size_t open = 0;
    for (const BranchId b : rows(branches.id)) {
        if (!is_closed(branches, b)) {
            ++open;
            continue;
        }
        EXPECT_TRUE(parts.join(branches.from[b], branches.to[b])) << branches.id[b] << " closes a loop";
    }
    EXPECT_EQ(parts.count(), 1u);
    EXPECT_GT(open, 0u);
    EXPECT_EQ(city.power.generators.id.size(), 1u);
}

TEST(Feeders, SupplyEveryBuildingOnceAtLowVoltage) {
    const City city = town();
    std::set<std::int32_t> supplied;
    for (const LoadId load : rows(city.power.loads.id)) {
        EXPECT_TRUE(supplied.insert(number(city.power.loads.building[load])).second);
        EXPECT_EQ(city.power.buses.base_voltage_v[city.power.loads.bus[load]], 400);
        EXPECT_GT(city.power.loads.power_factor[load], 0.7);
    }
    EXPECT_EQ(supplied.size(), city.services.systems.building.size());
}

// What hangs behind each transformer at the design load, by SP 256, is no more than its rating.
TEST(Feeders, TransformersCarryTheirDesignLoad) {
    const City city = town();
    const PowerGrid& grid = city.power;
    std::vector<ConnectedLoad> of_bus(grid.buses.id.size());
    Column<BuildingId, SystemId> system_of(city.buildings.id.size(), none<SystemId>);
    for (const SystemId s : rows(city.services.systems.building)) system_of[city.services.systems.building[s]] = s;
    const Column<SystemId, ConnectedLoad> loads = connected_loads(city);
    for (const LoadId load : rows(grid.loads.id)) of_bus[row(grid.loads.bus[load])] += loads[system_of[grid.loads.building[load]]];
    // Ids of a station's low-voltage buses begin with those of the station.
    for (const TransformerId t : rows(grid.transformers.id)) {
        if (!grid.transformers.id[t].starts_with("ts/")) continue;
        const std::string station = grid.transformers.id[t].substr(0, grid.transformers.id[t].size() - 1);
        ConnectedLoad sum;
        for (const BusId bus : rows(grid.buses.id))
            if (grid.buses.id[bus].starts_with(station)) sum += of_bus[row(bus)];
        EXPECT_GT(design_load_w(sum), 0) << station;
        EXPECT_LE(design_load_va(sum), grid.transformers.rated_power_va[t]) << station;
    }
}

TEST(Feeders, AreASoundCityAndTheSameAgain) {
    const City city = town(), again = town();
    EXPECT_EQ(validate(city, 5), std::vector<std::string>{});
    EXPECT_EQ(city.power.branches.length_m, again.power.branches.length_m);
    EXPECT_EQ(city.power.loads.bus, again.power.loads.bus);
    EXPECT_EQ(city.services.systems.heating, again.services.systems.heating);
}

TEST(Feeders, NeedStreetsAndLoads) {
    City empty;
    ImportReport report;
    EXPECT_THROW(synthesise_feeders(empty, {}, report), InputError);
    GridCity description;
    City no_buildings = make_grid_city(description);
    EXPECT_THROW(synthesise_feeders(no_buildings, {}, report), InputError);
}

TEST(LowVoltage, ALongStreetGetsThickerLinesUntilTheVoltageHolds) {
    City city;
    auto& j = city.network.junctions;
    for (int i = 0; i < 2; ++i) {
        j.id.push_back(std::to_string(i));
        j.position.push_back({i * 400.0, 0});
    }
    auto& r = city.network.roads;
    r.id.push_back("street");
    r.from.push_back(as_id<JunctionId>(0)), r.to.push_back(as_id<JunctionId>(1));
    r.road_class.push_back(RoadClass::residential);
    r.length_m.push_back(400);
    r.shape.push_back({Point{0, 0}, Point{400, 0}});
    const StreetGraph graph(city, 50);
    ASSERT_EQ(graph.size(), 9);
    EXPECT_NEAR(graph.total_m(), 400, 1e-3);
    std::vector<GridCustomer> customers;
    TransformerSite site;
    site.private_sector = true;
    site.node = graph.nearest({0, 0});
    site.nodes = {site.node};
    site.previous = {-1};
    for (int i = 1; i <= 8; ++i) {
        GridCustomer house;
        house.node = graph.nearest({i * 50.0, 0});
        house.load.gas_dwellings = 4;
        site.customers.push_back(static_cast<std::int32_t>(customers.size()));
        customers.push_back(house);
        site.nodes.push_back(house.node);
        site.previous.push_back(i - 1);
    }
    const LowVoltagePlan loose = plan_low_voltage(graph, site, customers, {.drop_percent = 50}), tight = plan_low_voltage(graph, site, customers, {.drop_percent = 4});
    EXPECT_EQ(loose.feeders, 1);
    ASSERT_EQ(loose.sections.size(), 8u);
    EXPECT_LT(tight.sections.front().type->resistance_ohm_km, loose.sections.front().type->resistance_ohm_km);
    EXPECT_LT(tight.drop_percent, loose.drop_percent);
    EXPECT_NEAR(loose.sections.front().load.gas_dwellings, 32, 1e-9);
}

TEST(LowVoltage, TooMuchForOneLineIsSplitIntoFeeders) {
    City city;
    auto& j = city.network.junctions;
    for (int i = 0; i < 2; ++i) {
        j.id.push_back(std::to_string(i));
        j.position.push_back({i * 100.0, 0});
    }
    auto& r = city.network.roads;
    r.id.push_back("street");
    r.from.push_back(as_id<JunctionId>(0)), r.to.push_back(as_id<JunctionId>(1));
    r.road_class.push_back(RoadClass::residential);
    r.length_m.push_back(100);
    r.shape.push_back({Point{0, 0}, Point{100, 0}});
    const StreetGraph graph(city, 50);
    TransformerSite site;
    site.node = graph.nearest({0, 0});
    site.nodes = {site.node, graph.nearest({50, 0}), graph.nearest({100, 0})};
    site.previous = {-1, 0, 1};
    std::vector<GridCustomer> customers;
    for (int i = 0; i < 5; ++i) {
        GridCustomer shop;
        shop.node = site.nodes[i < 4 ? 2u : 1u];
        shop.load.service_w = 90e3;
        site.customers.push_back(i);
        customers.push_back(shop);
    }
    const LowVoltagePlan plan = plan_low_voltage(graph, site, customers, {});
    EXPECT_EQ(plan.feeders, 3);                // 190 kVA a line: two shops each, and the one on the way with nobody
    std::size_t supplied = 0;
    for (const LowVoltageBus& bus : plan.buses) supplied += bus.customers.size();
    EXPECT_EQ(supplied, 5u);
    EXPECT_EQ(plan.overloaded, 0);
}

}  // namespace
}  // namespace shahr
