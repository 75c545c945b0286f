#include "sim/results/kpi.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace shahr {
namespace {

using namespace std::chrono_literals;
constexpr double never = std::numeric_limits<double>::quiet_NaN();

Field of_trips(std::string name, Values values) {
    return {"trips", std::move(name), "", "1", RowKind::trip, CellMethod::point, std::move(values)};
}

Field whole(std::string name, std::int32_t value) {
    return {"traffic", std::move(name), "", "1", RowKind::whole, CellMethod::point, std::vector<std::int32_t>{value}};
}

// One trip done, one on its way at 1000 s, one still waiting to enter.
Frame three_trips() {
    Frame frame;
    frame.time = 1000s;
    frame.fields = {
        of_trips("depart", std::vector<double>{0, 100, 200}),
        of_trips("inserted", std::vector<double>{10, 100, never}),
        of_trips("arrived", std::vector<double>{310, never, never}),
        of_trips("distance", std::vector<float>{3000, 6000, 0}),
        of_trips("time_loss", std::vector<float>{60, 300, 0}),
        of_trips("waiting", std::vector<float>{36, 36, 0}),
        of_trips("co2", std::vector<float>{0.5, 1, 0}),
        whole("trips_inserted", 2), whole("trips_arrived", 1), whole("vehicles_on_network", 1), whole("trips_removed", 0),
    };
    return frame;
}

double value(const std::vector<Kpi>& kpis, std::string_view name) {
    for (const Kpi& kpi : kpis)
        if (kpi.name == name) return kpi.value;
    ADD_FAILURE() << name;
    return never;
}

TEST(Kpi, CountsEveryTripAskedFor) {
    const City city;
    const auto kpis = KpiMeter(city).finish(three_trips());
    EXPECT_EQ(value(kpis, "trips_asked"), 3);
    EXPECT_EQ(value(kpis, "trips_begun"), 2);
    EXPECT_EQ(value(kpis, "trips_completed"), 1);
    EXPECT_DOUBLE_EQ(value(kpis, "completed_share"), 1.0 / 3);
    EXPECT_DOUBLE_EQ(value(kpis, "mean_travel_time"), 300);
    EXPECT_DOUBLE_EQ(value(kpis, "mean_delay"), 60);
    EXPECT_DOUBLE_EQ(value(kpis, "mean_depart_delay"), 5);
    EXPECT_DOUBLE_EQ(value(kpis, "mean_speed"), 9000.0 / 1200);
    EXPECT_DOUBLE_EQ(value(kpis, "distance"), 9);
    EXPECT_DOUBLE_EQ(value(kpis, "vehicle_time"), 1200.0 / 3600);
    EXPECT_DOUBLE_EQ(value(kpis, "standing"), 0.02);
    EXPECT_DOUBLE_EQ(value(kpis, "co2"), 1.5);
    EXPECT_EQ(value(kpis, "conservation_residual"), 0);
}

TEST(Kpi, NothingDrivenHasNoMean) {
    const City city;
    const auto kpis = KpiMeter(city).finish(Frame{});
    EXPECT_TRUE(std::isnan(value(kpis, "mean_travel_time")));
    EXPECT_TRUE(std::isnan(value(kpis, "completed_share")));
    EXPECT_EQ(value(kpis, "trips_asked"), 0);
}

TEST(Kpi, JamIsTheTimeOfVehiclesOnSlowRoads) {
    City city;
    city.network.roads.speed_limit_mps = {10, 10};
    KpiMeter meter(city);
    const auto record = [](Duration time, std::vector<std::int32_t> vehicles, std::vector<float> speed) {
        Frame frame;
        frame.time = time;
        frame.fields = {{"traffic", "vehicles", "", "1", RowKind::road, CellMethod::point, std::move(vehicles)},
                        {"traffic", "speed", "", "m s-1", RowKind::road, CellMethod::mean, std::move(speed)}};
        return frame;
    };
    meter.take(record(0s, {4, 9}, {NAN, NAN}));
    meter.take(record(3600s, {8, 9}, {2.9f, 3.1f}));   // the first road is jammed: 6 vehicles on average for an hour
    EXPECT_DOUBLE_EQ(value(meter.finish(Frame{}), "jam"), 6);
}

}  // namespace
}  // namespace shahr
