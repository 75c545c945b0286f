// The network and simulated buildings: what they tell each other on the bus.
#include <cmath>

#include "kernels/base/heat_channels.h"
#include "kernels/base/weather_channels.h"
#include "tests/kernels/heat/networks.h"

namespace shahr::SHAHR_BACKEND::heat {
namespace {

using namespace std::chrono_literals;

// One building whose zone and hot water are played by the test, on a street with a plant.
struct House {
    Street street{2, 0, 0.1};
    std::shared_ptr<Bus> bus = std::make_shared<Bus>();
    Array<double>*zones, *water;
    Scenario scenario;
    Member member{&scenario, nullptr, nullptr};
    std::unique_ptr<Engine> engine;
    Duration now{};

    explicit House(double capacity_w = std::nan("")) {
        street.plant({.supply_c = 95, .return_c = 70, .outdoor_c = -20, .capacity_w = capacity_w, .lift_pa = 1e5});
        const BuildingId building = street.city.buildings.id.push_back("house");
        ThermalZones& z = street.city.envelopes.zones;
        z.id.push_back("zone");
        z.building.push_back(building);
        z.floor_area_m2.push_back(1000);
        z.multiplier.push_back(2);
        zones = &bus->open("zones", static_cast<Index>(ZoneRow::count), 1);
        water = &bus->open("hot_water", static_cast<Index>(HotWaterRow::count), 1);
        scenario.heat.outdoor_c = -20;
    }
    void radiators(double season_below_c = std::nan("")) {
        street.consumer(1, {.building = BuildingId{0}, .use = HeatUse::rooms, .kind = HeatConsumerKind::radiator, .heat_w = 100e3, .supply_c = 95, .design_return_c = 70, .season_below_c = season_below_c});
    }
    void substation(HeatUse use) {
        street.consumer(1, {.building = BuildingId{0}, .use = use, .heat_w = 100e3, .return_c = 50, .supply_c = 95});
    }
    void start() {
        engine = make_heat_engine(street.city, std::span(&member, 1), bus);
        engine->start(now);
    }
    // What the building does in an hour: W and degC.
    void lives(double asked_w, double heating_w, double air_c, double water_asked_w = 0, double water_taken_w = 0) {
        std::vector<double> rows(static_cast<std::size_t>(ZoneRow::count), 0);
        rows[static_cast<std::size_t>(ZoneRow::asked)] = asked_w;
        rows[static_cast<std::size_t>(ZoneRow::heating)] = heating_w;
        rows[static_cast<std::size_t>(ZoneRow::air)] = air_c;
        zones->from_host(rows);
        water->from_host(std::vector<double>{water_asked_w, water_taken_w});
    }
    void hour() {
        for (int quarter = 0; quarter < 4; ++quarter, now += 15min) engine->step({now, 15min});
    }
    double offer(HeatOfferRow row) const { return bus->read("heat_offer").to_host(static_cast<Index>(row)); }
    double one(const char* name) const {
        Frame frame;
        engine->observe(frame, Request{}, 0);
        return std::get<std::vector<double>>(find(frame, "heat", name)->values).front();
    }
    double kpi(std::string_view name) const {
        std::vector<Kpi> kpis;
        engine->indicators(kpis, 0);
        for (const Kpi& kpi : kpis)
            if (kpi.name == name) return kpi.value;
        return std::nan("");
    }
};

TEST(HeatForBuildings, RoomsBehindRadiatorsGetInTheNextHourWhatWasDelivered) {
    House house;
    house.radiators();
    house.lives(0, 0, 20);
    house.start();
    EXPECT_NEAR(house.one("heat_delivered"), 100e3, 500);         // the design day
    double offered = house.offer(HeatOfferRow::rooms_least), taken_j = 0;
    EXPECT_NEAR(offered, house.one("heat_delivered"), 1e-6);
    for (const double air_c : {20, 15, 18, 25}) {
        house.lives(0, offered, air_c);
        taken_j += 3600 * offered;
        const double before_j = house.kpi("heat_delivered");
        house.hour();
        offered = house.offer(HeatOfferRow::rooms_least);
        EXPECT_NEAR(3600 * offered, house.kpi("heat_delivered") - before_j, 1e-3);
        EXPECT_EQ(offered, house.offer(HeatOfferRow::rooms_most));
        EXPECT_EQ(house.one("indoor_temperature"), air_c);
        EXPECT_EQ(house.one("heat_delivered") > 100e3 + 500, air_c < 20);
    }
    EXPECT_NEAR(house.kpi("heat_taken"), taken_j, 1);
    EXPECT_NEAR(house.one("heat_demand"), house.one("heat_delivered"), 1e-9);       // at 25 degC nothing is missing
    EXPECT_NEAR(house.kpi("heat_delivered"), house.kpi("heat_taken") + house.kpi("heat_ready"), 1);
    EXPECT_LT(std::abs(house.kpi("heat_balance_error")), 1e-6);
}

TEST(HeatForBuildings, ASubstationDeliversWhatIsAskedAndBoundsWhatIsTakenWhenThePlantIsShort) {
    House house(40e3);
    house.substation(HeatUse::rooms);
    house.lives(30e3, 30e3, 20);
    house.start();
    house.hour();
    EXPECT_NEAR(house.one("heat_delivered"), 30e3, 1);
    EXPECT_NEAR(house.offer(HeatOfferRow::rooms_most), 100e3, 1e-6);  // its size
    double taken_j = 30e3 * 3600;
    for (int hour = 0; hour < 6; ++hour) {
        const double takes = std::min(60e3, house.offer(HeatOfferRow::rooms_most));
        house.lives(60e3, takes, 20);
        taken_j += 3600 * takes;
        house.hour();
    }
    // The plant gives 40 kW, and the house has learnt to take no more; the first hour's excess was paid back.
    EXPECT_NEAR(house.offer(HeatOfferRow::rooms_most), 40e3, 2e3);
    EXPECT_NEAR(house.kpi("heat_taken"), taken_j, 1);
    EXPECT_NEAR(house.kpi("heat_delivered"), taken_j + house.kpi("heat_ready"), 1);
    EXPECT_NEAR(house.kpi("heat_ready"), 0, 0.1 * 3600 * 40e3);
    EXPECT_GT(house.kpi("heat_not_delivered"), 5 * 3600 * 15e3);
}

TEST(HeatForBuildings, HotWaterGoesBeforeRooms) {
    House house(50e3);
    house.substation(HeatUse::rooms_and_hot_water);
    house.lives(40e3, 40e3, 20, 30e3, 30e3);
    house.start();
    for (int hour = 0; hour < 5; ++hour) {
        house.hour();
        house.lives(40e3, std::min(40e3, house.offer(HeatOfferRow::rooms_most)), 20, 30e3, std::min(30e3, house.offer(HeatOfferRow::hot_water_most)));
    }
    EXPECT_GT(house.offer(HeatOfferRow::hot_water_most), 30e3);
    EXPECT_NEAR(house.offer(HeatOfferRow::rooms_most), 20e3, 3e3);
}

TEST(HeatForBuildings, RadiatorsAreShutWhileItIsWarm) {
    House house;
    house.radiators(8);
    house.scenario.heat.outdoor_c = 12;
    house.lives(0, 0, 22);
    house.start();
    house.hour();
    EXPECT_EQ(house.one("heat_delivered"), 0);
    EXPECT_EQ(house.offer(HeatOfferRow::rooms_most), 0);
    EXPECT_EQ(house.kpi("heat_not_delivered"), 0);
    std::vector<Event> events;
    house.engine->take_events(events);
    EXPECT_TRUE(events.empty());               // nobody is cut off
}

TEST(HeatForBuildings, ACheckpointKeepsWhatStandsReady) {
    House house, again;
    for (House* h : {&house, &again}) h->radiators(), h->lives(0, 90e3, 19), h->start();
    house.hour();
    Archive archive;
    house.engine->save(archive);
    Archive back(archive.bytes());
    again.engine->load(back);
    EXPECT_EQ(again.offer(HeatOfferRow::rooms_least), house.offer(HeatOfferRow::rooms_least));
    EXPECT_EQ(again.kpi("heat_taken"), house.kpi("heat_taken"));
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::heat
