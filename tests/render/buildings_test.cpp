// Buildings on the map, coloured by what the result holds of them.
#include <gtest/gtest.h>

#include "render/app.h"
#include "render/map_geometry.h"
#include "tests/render/crossing.h"

namespace shahr {
namespace {

// Two houses beside streets on which nothing is recorded, with times of their own.
struct Houses : LiveSource {
    using LiveSource::LiveSource;
    std::vector<std::string> fields(Along along) const override {
        return along == Along::buildings ? std::vector<std::string>{"space_heat_demand"} : std::vector<std::string>{};
    }
    std::vector<Duration> times(Along along) const override {
        return along == Along::buildings ? std::vector<Duration>{std::chrono::hours{24}, std::chrono::hours{48}} : std::vector<Duration>{};
    }
    std::vector<float> values(Along, const std::string&, std::size_t record) const override {
        return record == 0 ? std::vector<float>{1000, 2000} : std::vector<float>{5000, 1000};
    }
};

City crossing_with_houses() {
    City city = crossing_city();
    for (const float floor_m2 : {100.0f, 200.0f}) {
        city.buildings.id.push_back("house");
        city.buildings.floor_area_m2.push_back(floor_m2);
        city.buildings.position.push_back({5, 5});
        city.buildings.footprint.push_back({Point{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}});
    }
    return city;
}

TEST(BuildingsOnTheMap, AreColouredByPowerPerFloorArea) {
    const City city = crossing_with_houses();
    const Houses source(city, "Winter", std::chrono::year{2026} / 1 / 1);
    App app(source, 1, App::Look::picture);
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);  // what the OpenGL backend would ask for
    const InputState input{.width = 800, .height = 600};
    const std::size_t roads = city.network.roads.id.size();
    app.show_field("space_heat_demand");
    app.show_time(std::chrono::hours{20});
    app.frame(input);
    ASSERT_EQ(app.view().colours.size(), roads + 2);
    EXPECT_EQ(app.view().colours[roads], app.view().colours[roads + 1]) << "10 W/m2 each";
    app.show_time(std::chrono::hours{50});
    app.frame(input);
    EXPECT_EQ(app.view().colours[roads], light_paper.ramp.back()) << "50 W/m2, the most of all";
    EXPECT_NE(app.view().colours[roads], app.view().colours[roads + 1]);
    EXPECT_FALSE(app.view().recorded);
    EXPECT_EQ(app.view().colours[0], light_paper.road(RoadClass::primary)) << "roads keep the colours of their classes";
}

TEST(BuildingsOnTheMap, EachCornerKnowsItsBuilding) {
    const MapGeometry map = make_geometry(crossing_with_houses());
    ASSERT_EQ(map.buildings.size(), 12u) << "two triangles each";
    EXPECT_EQ(map.buildings.front().building, 0);
    EXPECT_EQ(map.buildings.back().building, 1);
}

}  // namespace
}  // namespace shahr
