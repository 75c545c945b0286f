#include "sim/import/trips_csv.h"

#include <gtest/gtest.h>

#include <fstream>

#include "sim/base/error.h"
#include "sim/city/projection.h"
#include "tests/sim/base/scratch.h"
#include "tests/sim/synthesis/small_town.h"

namespace shahr {
namespace {

class TripsCsv : public testing::Test {
protected:
    TripsCsv() : city(SmallTown{}.make()) { city.projection = local_projection({76.9, 43.2}); }

    std::string write(const std::string& text) {
        std::ofstream(file) << text;
        return file.string();
    }
    // "lon,lat" of a place on the town's plane.
    std::string at(double x_m, double y_m) const {
        const LonLat p = LocalPlane(city.projection).to_earth({x_m, y_m});
        return fmt::format("{:.7f},{:.7f}", p.lon_deg, p.lat_deg);
    }
    std::string error_of(const std::string& text) {
        try {
            read_trips_csv(write(text), city, report);
        } catch (const InputError& e) {
            return e.what();
        }
        return "";
    }

    City city;
    ImportReport report;
    Scratch folder;
    std::filesystem::path file = folder / "trips.csv";
    const std::string header = "depart_s,from_lon,from_lat,to_lon,to_lat,class\n";
};

}  // namespace

TEST_F(TripsCsv, PutsEndsOnTheNearestRoads) {
    // 20 m north of the southern street, a quarter of the way along its first block; to 30 m west of the eastern street.
    const Trips trips = read_trips_csv(write(header + "60.5," + at(50, 20) + "," + at(1970, 900) + ",car\n"), city, report);
    ASSERT_EQ(trips.id.size(), 1u);
    const TripId t{0};
    EXPECT_EQ(trips.depart[t], Duration{60500});
    EXPECT_EQ(city.network.roads.id[trips.origin[t]], "j1-j0");  // the side whose kerb faces the place
    EXPECT_NEAR(trips.depart_position_m[t], 150, 0.5);
    EXPECT_EQ(city.network.roads.id[trips.destination[t]], "j65-j54");
    EXPECT_NEAR(trips.arrival_position_m[t], 100, 0.5);
    EXPECT_EQ(trips.type[t], type_of_class(city.vehicle_types, VehicleClass::car));
}

TEST_F(TripsCsv, ColumnsStandInAnyOrderAndRowsInAnyTime) {
    const std::string a = at(50, 20), b = at(1970, 900);
    const std::string a_lon = a.substr(0, a.find(',')), a_lat = a.substr(a.find(',') + 1), b_lon = b.substr(0, b.find(',')), b_lat = b.substr(b.find(',') + 1);
    const std::string text = fmt::format("\xEF\xBB\xBF" "class, to_lat, to_lon, from_lat, from_lon, depart_s\r\ntruck,{1},{0},{3},{2},700\r\n\r\ndelivery,{3},{2},{1},{0},300\r\n", b_lon, b_lat, a_lon, a_lat);
    const Trips trips = read_trips_csv(write(text), city, report);
    ASSERT_EQ(trips.id.size(), 2u);
    EXPECT_EQ(trips.id.vector(), (std::vector<std::string>{"4", "2"}));
    EXPECT_EQ(city.vehicle_types.id[trips.type[TripId{0}]], "van");
    EXPECT_EQ(trips.origin[TripId{1}], read_trips_csv(write(header + "0," + a + "," + b + ",truck\n"), city, report).origin[TripId{0}]);
}

TEST_F(TripsCsv, WrongRowsSayWhere) {
    const std::string good = at(50, 20);
    EXPECT_NE(error_of(header + "soon," + good + "," + good + ",car\n").find("trips.csv:2: depart_s = soon (no number)"), std::string::npos);
    EXPECT_NE(error_of(header + "0," + good + "," + good + ",car\n0,200,43," + good + ",car\n").find(":3: from_lon = 200 (out of range) from -180 to 180"), std::string::npos);
    EXPECT_NE(error_of(header + "-5," + good + "," + good + ",car\n").find("depart_s = -5 (out of range)"), std::string::npos);
    EXPECT_NE(error_of(header + "0," + good + "," + good + ",spaceship\n").find("class = spaceship (unknown)"), std::string::npos);
    EXPECT_NE(error_of(header + "0," + good + "," + good + ",tram\n").find("class = tram (the city has no such vehicle type)"), std::string::npos);
    EXPECT_NE(error_of(header + "0,1,2\n").find(":2: row (has 3 values) 6"), std::string::npos);
    EXPECT_NE(error_of("depart_s,from_lon\n").find(":1: header (no column from_lat)"), std::string::npos);
    EXPECT_NE(error_of("depart_s,from_lon,colour\n").find("column = colour (unknown)"), std::string::npos);
    EXPECT_NE(error_of("").find("the file is empty"), std::string::npos);
    EXPECT_THROW(read_trips_csv(folder / "none.csv", city, report), InputError);
    EXPECT_THROW(read_trips_csv(folder / ".", city, report), InputError);
}

TEST_F(TripsCsv, TripsFarFromRoadsAreCounted) {
    const std::string here = at(50, 20), far = at(-5000, 0);
    const Trips trips = read_trips_csv(write(header + "0," + here + "," + far + ",car\n0," + here + "," + at(1000, 1000) + ",car\n"), city, report);
    EXPECT_EQ(trips.id.size(), 1u);
    EXPECT_NE(to_text(report).find("the first is in line 2"), std::string::npos) << to_text(report);
}

TEST_F(TripsCsv, ACityWithoutAPlaceOnTheEarthIsAnError) {
    city.projection = {};
    EXPECT_NE(error_of(header + "0,76,43,76,43,car\n"), "");
}

}  // namespace shahr
