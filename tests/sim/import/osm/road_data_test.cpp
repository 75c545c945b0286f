// Files that cannot be read, in one sentence each; and that a network does not depend on ids or order.
#include "sim/import/osm/road_data.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/base/error.h"
#include "tests/sim/import/osm/map_snippet.h"

namespace shahr::osm {
namespace {

std::string complaint_about(const std::string& bytes, const std::string& format = "osm") {
    try {
        City city;
        ImportReport report;
        import_roads(read_road_data(bytes, format, "extract"), "", city, report);
    } catch (const InputError& e) {
        return e.what();
    }
    return "none";
}

std::string complaint_about_file(const std::filesystem::path& file) {
    try {
        read_road_data(file);
    } catch (const InputError& e) {
        return e.what();
    }
    return "none";
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void expect_contains(const std::string& text, std::string_view part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
}

TEST(BadExtract, is_told_in_one_sentence) {
    expect_contains(complaint_about("<html><body/></html>"), "damaged or is no OpenStreetMap file");
    expect_contains(complaint_about("<osm version='0.6'><node id='1' "), "damaged");
    expect_contains(complaint_about("not xml at all"), "damaged");
    expect_contains(complaint_about("<osm version='0.6'></osm>"), "the extract is empty");
    expect_contains(complaint_about("<osm version='0.6'><node id='1' lat='43' lon='76'/></osm>"),
                    "no way has a highway tag");
    expect_contains(complaint_about(MapSnippet().node(1, 0, 0).node(2, 50, 0).street(1, {1, 2}, "footway").xml()),
                    "no road for cars");
    expect_contains(complaint_about(MapSnippet().node(1, 0, 0).street(1, {1, 2}).xml()), "no road");
    expect_contains(
        complaint_about("<osm version='0.6'><node id='1' lat='143' lon='76'/><node id='2' lat='43' lon='76'/>"
                        "<way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way></osm>"),
        "off the earth");
    expect_contains(complaint_about("<osm version='0.6'><node id='1' lat='9999' lon='76'/></osm>"), "extract (");
    expect_contains(complaint_about("", "pbf"), "extract (");
    expect_contains(complaint_about("\x00\x00\x00\x0dwhatever this may be", "pbf"), "damaged");
    expect_contains(complaint_about("no gzip", "osm.gz"), "damaged");
    expect_contains(complaint_about("no bzip2", "osm.bz2"), "damaged");
}

TEST(BadExtract, names_the_file) {
    const auto folder = std::filesystem::temp_directory_path() / "shahr_osm_bad_extract";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "empty.osm.pbf").close();
    std::ofstream(folder / "city.shp") << "?";
    expect_contains(complaint_about_file(folder / "missing.osm"), "missing.osm (there is no such file)");
    expect_contains(complaint_about_file(folder), "(a folder)");
    expect_contains(complaint_about_file(folder / "empty.osm.pbf"), "the file is empty");
    expect_contains(complaint_about_file(folder / "city.shp"), ".osm, .osm.gz, .osm.bz2 or .osm.pbf");
    std::filesystem::remove_all(folder);
}

TEST(BadExtract, truncated_or_corrupt_pbf) {
    const std::filesystem::path file = std::filesystem::path(SHAHR_TEST_DATA) / "osm" / "almaty-centre.osm.pbf";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "needs " << file << " (SHAHR_TEST_DATA)";
    const std::string whole = bytes_of(file);
    expect_contains(complaint_about(whole.substr(0, whole.size() / 2), "pbf"), "damaged");
    expect_contains(complaint_about(whole.substr(0, 10), "pbf"), "damaged");
    std::string corrupt = whole;
    for (std::size_t i = corrupt.size() / 3; i < corrupt.size() / 3 + 2000; ++i)
        corrupt[i] = static_cast<char>(corrupt[i] ^ 0x5a);
    expect_contains(complaint_about(corrupt, "pbf"), "damaged");
}

// A town of streets with some one-way, signals, and short pieces; ids are what `id` makes of 0, 1, 2 ...
template <class Id>
MapSnippet town(Id&& id, bool reverse_order) {
    struct Street {
        int a, b;
        TagList tags;
    };
    const int n = 6;
    std::vector<Street> streets;
    for (int r = 0; r < n; ++r)
        for (int c = 0; c < n; ++c) {
            const char* kind = r % 3 == 0 ? "secondary" : "residential";
            if (c + 1 < n)
                streets.push_back({r * n + c, r * n + c + 1, {{"highway", kind}, {"lanes", r % 2 ? "2" : "4"}}});
            if (r + 1 < n)
                streets.push_back(
                    {r * n + c, (r + 1) * n + c, {{"highway", "residential"}, {"oneway", c % 2 ? "yes" : "no"}}});
        }
    MapSnippet map;
    const double column_m[] = {0, 150, 164, 300, 322, 500};
    const auto add_node = [&](int i) {
        const TagList signal{{"highway", "traffic_signals"}};
        map.node(id(i), column_m[i % n], (i / n) * 120 + (i % n) * 1.5, i % 5 == 0 ? signal : TagList{});
    };
    for (int i = 0; i < n * n; ++i) add_node(reverse_order ? n * n - 1 - i : i);
    for (std::size_t i = 0; i < streets.size(); ++i) {
        const std::size_t k = reverse_order ? streets.size() - 1 - i : i;
        map.way(id(1000 + static_cast<int>(k)), {id(streets[k].a), id(streets[k].b)}, streets[k].tags);
    }
    return map;
}

TEST(Network, does_not_depend_on_ids_or_order) {
    const Imported one(town([](int i) { return std::int64_t{i} + 1; }, false));
    const Imported other(town([](int i) { return (std::int64_t{i} * 7919) % 100003 + 5; }, true));
    const auto &a = one.city.network, &b = other.city.network;
    ASSERT_GT(a.roads.id.size(), 50u);
    EXPECT_EQ(a.junctions.position, b.junctions.position);
    EXPECT_EQ(a.roads.from, b.roads.from);
    EXPECT_EQ(a.roads.to, b.roads.to);
    EXPECT_EQ(a.roads.shape, b.roads.shape);
    EXPECT_EQ(a.roads.length_m, b.roads.length_m);
    EXPECT_EQ(a.lanes.road, b.lanes.road);
    EXPECT_EQ(one.hints.signalised, other.hints.signalised);
    EXPECT_EQ(one.hints.reachable, other.hints.reachable);
    EXPECT_NE(a.roads.id, b.roads.id);
}

TEST(Network, is_the_same_twice) {
    const MapSnippet map = town([](int i) { return std::int64_t{i} + 1; }, false);
    const Imported one(map), other(map);
    EXPECT_EQ(one.city.network.roads.id, other.city.network.roads.id);
    EXPECT_EQ(one.city.network.roads.shape, other.city.network.roads.shape);
}

}  // namespace
}  // namespace shahr::osm
