// Buildings, land and people of crafted snippets: each rule by a street crossing and what stands beside it.
#include "sim/import/osm/land.h"

#include <gtest/gtest.h>

#include <fstream>
#include <numeric>

#include "sim/import/osm_import.h"
#include "tests/sim/base/scratch.h"
#include "tests/sim/import/osm/map_snippet.h"

namespace shahr {
namespace {

using osm::MapSnippet;
using osm::TagList;

template <class Range>
double sum_of(const Range& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

// Streets that cross every 200 m, and squares to put beside them.
class LandMap {
public:
    LandMap() {
        for (int r = 0; r < 4; ++r)
            for (int c = 0; c < 4; ++c) map_.node(1 + 4 * r + c, 200.0 * c, 200.0 * r);
        for (int i = 0; i < 4; ++i) {
            map_.street(100 + i, {1 + 4 * i, 2 + 4 * i, 3 + 4 * i, 4 + 4 * i}, "tertiary");
            map_.street(110 + i, {1 + i, 5 + i, 9 + i, 13 + i}, "tertiary");
        }
    }
    // A closed way around a rectangle; the id of its first node is ten times the way's.
    LandMap& square(std::int64_t id, double x_m, double y_m, double width_m, double depth_m, const TagList& tags) {
        ring(id, x_m, y_m, width_m, depth_m);
        map_.way(id, {10 * id, 10 * id + 1, 10 * id + 2, 10 * id + 3, 10 * id}, tags);
        return *this;
    }
    LandMap& point(std::int64_t id, double x_m, double y_m, const TagList& tags) {
        map_.node(id, x_m, y_m, tags);
        return *this;
    }
    // Members: {way, role}.
    LandMap& multipolygon(std::int64_t id, const std::vector<std::pair<std::int64_t, std::string>>& members, const TagList& tags) {
        relations_ += fmt::format("<relation id='{}'><tag k='type' v='multipolygon'/>", id);
        for (const auto& [key, value] : tags) relations_ += fmt::format("<tag k='{}' v='{}'/>", key, value);
        for (const auto& [way, role] : members) relations_ += fmt::format("<member type='way' ref='{}' role='{}'/>", way, role);
        relations_ += "</relation>\n";
        return *this;
    }
    std::string xml() const {
        std::string text = map_.xml();
        return text.insert(text.rfind("</osm>"), relations_);
    }

private:
    void ring(std::int64_t id, double x_m, double y_m, double width_m, double depth_m) {
        map_.node(10 * id, x_m, y_m).node(10 * id + 1, x_m + width_m, y_m).node(10 * id + 2, x_m + width_m, y_m + depth_m).node(10 * id + 3, x_m, y_m + depth_m);
    }
    MapSnippet map_;
    std::string relations_;
};

struct ImportedLand {
    City city;
    ImportReport report;

    explicit ImportedLand(const LandMap& map, double population = 0) {
        const Scratch folder;
        const auto file = folder / "snippet.osm";
        std::ofstream(file) << map.xml();
        OsmOptions options;
        options.country = "KZ";
        options.population = population;
        city = import_osm(file, options, report);
    }
    const Buildings& b() const { return city.buildings; }
    BuildingId find(std::string_view id) const {
        for (BuildingId i : rows(b().id))
            if (b().id[i] == id) return i;
        ADD_FAILURE() << "no building " << id;
        return none<BuildingId>;
    }
    BuildingUse use(std::string_view id) const { return b().use[find(id)]; }
    bool reports(std::string_view text) const { return to_text(report).find(text) != std::string::npos; }
};

}  // namespace

TEST(Land, ABuildingsTagsComeFirst) {
    LandMap map;
    map.square(500, 20, 20, 20, 10, {{"building", "office"}, {"building:levels", "7"}, {"roof:levels", "1"}, {"start_date", "1974"}});
    map.square(501, 60, 20, 20, 10, {{"building", "yes"}, {"amenity", "kindergarten"}, {"height", "9 m"}});
    map.square(502, 100, 20, 20, 20, {{"building", "residential"}});
    map.square(503, 20, 60, 10, 20, {{"building", "residential"}});
    const ImportedLand land(map);
    const BuildingId office = land.find("way/500");
    EXPECT_EQ(land.b().use[office], BuildingUse::office);
    EXPECT_FLOAT_EQ(land.b().levels[office], 7.5f);
    EXPECT_EQ(land.b().year[office], 1974);
    EXPECT_NEAR(land.b().footprint_m2[office], 200, 2);
    EXPECT_NEAR(land.b().floor_area_m2[office], 1500, 15);
    EXPECT_EQ(land.use("way/501"), BuildingUse::kindergarten);
    EXPECT_FLOAT_EQ(land.b().levels[land.find("way/501")], 3);  // 9 m
    EXPECT_EQ(land.use("way/502"), BuildingUse::apartments);    // 400 m2
    EXPECT_EQ(land.use("way/503"), BuildingUse::house);         // 200 m2
    EXPECT_GT(land.b().jobs[office], 0);
    EXPECT_EQ(land.b().residents[office], 0);
    EXPECT_GT(land.b().school_places[land.find("way/501")], 0);
}

TEST(Land, APlainBuildingIsWhatTheLandOrItsContentOrItsSizeSays) {
    LandMap map;
    map.square(500, 20, 20, 15, 15, {{"building", "yes"}});                                    // 225 m2 on no land
    map.square(501, 60, 20, 30, 20, {{"building", "yes"}});
    map.square(502, 100, 20, 5, 5, {{"building", "yes"}});
    map.square(503, 20, 60, 30, 20, {{"building", "yes"}});
    map.square(504, 410, 10, 100, 60, {{"building", "yes"}});                                  // a market hall, perhaps
    map.point(9001, 30, 70, {{"amenity", "hospital"}});                                        // inside 503
    map.square(510, 210, 10, 180, 180, {{"landuse", "industrial"}});
    map.square(511, 250, 50, 40, 40, {{"building", "yes"}});
    map.square(512, 210, 210, 180, 180, {{"amenity", "school"}});
    map.square(513, 250, 250, 40, 20, {{"building", "yes"}});
    const ImportedLand land(map);
    EXPECT_EQ(land.use("way/500"), BuildingUse::house);
    EXPECT_EQ(land.use("way/501"), BuildingUse::apartments);
    EXPECT_EQ(land.use("way/502"), BuildingUse::garage);
    EXPECT_EQ(land.use("way/503"), BuildingUse::hospital);
    EXPECT_EQ(land.use("way/504"), BuildingUse::industry);
    EXPECT_EQ(land.use("way/511"), BuildingUse::industry);
    EXPECT_EQ(land.use("way/513"), BuildingUse::school);
    EXPECT_EQ(land.city.cells.land_use[land.city.cells.at({350, 50})], LandUse::industrial);
    EXPECT_EQ(land.city.cells.land_use[land.city.cells.at({50, 350})], LandUse::none);
}

TEST(Land, MultipolygonsHaveHolesAndSeveralParts) {
    LandMap map;
    map.square(500, 20, 20, 40, 40, {}).square(501, 30, 30, 20, 20, {}).square(502, 100, 20, 10, 10, {});
    map.multipolygon(7, {{500, "outer"}, {501, "inner"}, {502, "outer"}}, {{"building", "apartments"}, {"building:levels", "2"}});
    map.multipolygon(8, {{500, "outer"}, {999, "outer"}}, {{"building", "yes"}});
    const ImportedLand land(map);
    ASSERT_EQ(land.b().id.size(), 2u);
    std::vector<float> footprints{land.b().footprint_m2.begin(), land.b().footprint_m2.end()};
    std::sort(footprints.begin(), footprints.end());
    EXPECT_NEAR(footprints[0], 100, 1);
    EXPECT_NEAR(footprints[1], 1600 - 400, 12);
    EXPECT_TRUE(land.reports("areas (nodes or members are missing"));
}

TEST(Land, StoreysAreTheMedianOfThoseTaggedHere) {
    LandMap map;
    for (int i = 0; i < 20; ++i)
        map.square(500 + i, 10 + 25.0 * i, 20, 20, 20, {{"building", "apartments"}, {"building:levels", i < 5 ? "3" : "9"}});
    map.square(600, 20, 60, 20, 20, {{"building", "apartments"}});
    const ImportedLand land(map);
    EXPECT_FLOAT_EQ(land.b().levels[land.find("way/600")], 9);
}

TEST(Land, CellsHoldWhatTheirBuildingsHold) {
    LandMap map;
    for (int i = 0; i < 8; ++i) map.square(500 + i, 15 + 70.0 * i, 20 + 40.0 * i, 30, 15, {{"building", i % 3 == 0 ? "office" : "apartments"}});
    map.point(9000, 100, 100, {{"place", "town"}, {"name", "Testkent"}, {"population", "300"}});
    const ImportedLand land(map);
    EXPECT_NEAR(sum_of(land.b().residents), 300, 0.1);
    EXPECT_NEAR(sum_of(land.city.cells.population), 300, 0.1);
    EXPECT_NEAR(sum_of(land.city.cells.jobs), 0.45 * 300, 0.1);
    EXPECT_NEAR(sum_of(land.city.cells.jobs), sum_of(land.b().jobs), 0.01);
    EXPECT_NEAR(sum_of(land.city.cells.floor_area_m2), sum_of(land.b().floor_area_m2), 1);
    for (BuildingId i : rows(land.b().id)) EXPECT_TRUE(is_some(land.b().access[i])) << land.b().id[i];
    EXPECT_TRUE(land.reports("tagged on Testkent (300)"));
}

TEST(Land, ResidentialLandWithoutFootprintsGetsSyntheticHomes) {
    LandMap map;
    map.square(500, 0, 0, 600, 600, {{"landuse", "residential"}});
    map.point(9000, 300, 300, {{"place", "town"}, {"name", "Testkent"}, {"population", "2 500"}});
    const ImportedLand land(map);
    EXPECT_NEAR(sum_of(land.b().residents), 2500, 0.5);
    for (BuildingId i : rows(land.b().id)) {
        EXPECT_TRUE(land.b().synthetic[i]);
        EXPECT_TRUE(land.b().id[i].starts_with("synthetic/"));
    }
    EXPECT_GT(land.b().id.size(), 30u);
    EXPECT_TRUE(land.reports("people in synthetic buildings"));
}

TEST(Land, WithoutAnyTotalLandIsSettledAsUsual) {
    LandMap map;
    map.square(500, 0, 0, 600, 600, {{"landuse", "residential"}});
    const ImportedLand land(map);
    EXPECT_NEAR(sum_of(land.b().residents), 36 * 60, 100);  // 36 ha
    EXPECT_TRUE(land.reports("neither given nor tagged"));
}

TEST(Land, AGivenPopulationIsMetExactly) {
    LandMap map;
    map.square(500, 20, 20, 30, 30, {{"building", "apartments"}});
    map.point(9000, 100, 100, {{"place", "city"}, {"name", "Testkent"}, {"population", "1800200"}});
    EXPECT_NEAR(sum_of(ImportedLand(map, 1000).b().residents), 1000, 0.1);
    const ImportedLand unbelievable(map);
    EXPECT_TRUE(unbelievable.reports("the places reach beyond"));
    EXPECT_LT(sum_of(unbelievable.b().residents), 500);
}

TEST(Land, APlaceInAPlaceCountsOnce) {
    LandMap map;
    for (int i = 0; i < 8; ++i) map.square(500 + i, 15 + 70.0 * i, 20, 30, 15, {{"building", "apartments"}});
    map.point(9000, 100, 100, {{"place", "town"}, {"name", "Testkent"}, {"population", "200"}});
    map.point(9001, 200, 100, {{"place", "village"}, {"name", "Inside"}, {"population", "60"}, {"is_in", "Testkent, Steppe"}});
    map.point(9002, 300, 100, {{"place", "village"}, {"name", "Beside"}, {"population", "80"}});
    map.point(9003, 300, 200, {{"place", "suburb"}, {"name", "Quarter"}, {"population", "90"}});
    map.point(9004, 310, 110, {{"place", "village"}, {"name", "Beside"}, {"population", "about 80"}});
    const ImportedLand land(map);
    EXPECT_NEAR(sum_of(land.b().residents), 280, 0.1);
    EXPECT_TRUE(land.reports("population tags (not a number)"));
}

TEST(Land, AnActivityOutsideAnyFootprintGetsABuilding) {
    LandMap map;
    map.point(9000, 130, 130, {{"amenity", "school"}});
    const ImportedLand land(map);
    const BuildingId school = land.find("synthetic/node/9000");
    EXPECT_EQ(land.b().use[school], BuildingUse::school);
    EXPECT_TRUE(land.b().synthetic[school]);
}

TEST(Land, AnExtractOfRoadsOnlyWorksAndSaysSo) {
    const ImportedLand land{LandMap()};
    EXPECT_EQ(land.b().id.size(), 0u);
    EXPECT_EQ(sum_of(land.city.cells.population), 0);
    EXPECT_TRUE(land.reports("nobody lives here"));
    EXPECT_EQ(land.city.vehicle_types.id.size(), 4u);
    EXPECT_EQ(land.city.cells.population.size(), static_cast<std::size_t>(land.city.cells.columns) * static_cast<std::size_t>(land.city.cells.rows));
}

TEST(Land, RoofsAreNoBuildings) {
    LandMap map;
    map.square(500, 20, 20, 30, 30, {{"building", "roof"}}).square(501, 100, 20, 30, 30, {{"building", "no"}});
    const ImportedLand land(map);
    EXPECT_EQ(land.b().id.size(), 0u);
    EXPECT_TRUE(land.reports("roofs, ruins, building sites"));
}

TEST(Land, RiversParksAndPlacesAreKeptForTheMap) {
    LandMap map;
    map.square(500, 20, 20, 100, 100, {{"leisure", "park"}, {"name", "Green Park"}});
    map.square(501, 220, 20, 0.001, 0.001, {});
    map.point(9000, 0, 300, {}).point(9001, 600, 300, {});
    const ImportedLand land(map);
    ASSERT_EQ(land.city.places.id.size(), 1u);
    EXPECT_EQ(land.city.places.name[PlaceId{0}], "Green Park");
    EXPECT_EQ(land.city.places.kind[PlaceId{0}], "park");
    EXPECT_EQ(land.city.places.land_use[PlaceId{0}], LandUse::green);
    EXPECT_EQ(land.city.places.outline[PlaceId{0}].size(), 5u);
}

TEST(Land, AlmatysPeopleAreMet) {
    const std::filesystem::path file = std::filesystem::path(SHAHR_TEST_DATA) / "osm/almaty.osm.pbf";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "needs the test data's osm/almaty.osm.pbf";
    ImportReport report;
    const City city = import_osm(file, {}, report);
    EXPECT_NEAR(sum_of(city.buildings.residents), 1'800'200, 100);
    EXPECT_NEAR(sum_of(city.cells.population), 1'800'200, 100);
    std::int64_t mapped = 0;
    for (BuildingId i : rows(city.buildings.id)) mapped += !city.buildings.synthetic[i];
    EXPECT_GT(mapped, 8'100);
}

}  // namespace shahr
