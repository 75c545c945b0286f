#include "sim/city/city_file.h"

#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "sim/base/hdf5.h"
#include "sim/city/table_file.h"
#include "tests/sim/base/scratch.h"
#include "tests/sim/city/filled_city.h"

namespace shahr {
namespace {

City through_a_file(const City& city, TextStyle style, const std::filesystem::path& path) {
    hdf5::File written = hdf5::File::create(path);
    write_city(written.root().make_group("city"), city, style, [](std::string_view) { return true; });
    written.close();
    const hdf5::File file = hdf5::File::open(path);
    return read_city(file.root().group("city"), style, path.string());
}

std::string message_of(const std::filesystem::path& path) {
    try {
        load_city(path);
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

TEST(CityFile, CarriesEveryColumn) {
    const Scratch scratch;
    const City city = filled_city();
    for (const TextStyle style : {TextStyle::plain, TextStyle::end_to_end}) {
        const City read = through_a_file(city, style, scratch / "city.h5");
        EXPECT_EQ(differing_columns(city, read), 0);
        EXPECT_EQ(read.name, city.name);
        EXPECT_EQ(read.projection, city.projection);
        EXPECT_EQ(read.cells.columns, city.cells.columns);
        EXPECT_EQ(read.cells.origin, city.cells.origin);
    }
}

TEST(CityFile, CarriesTablesLargerThanAChunk) {
    const Scratch scratch;
    const City city = filled_city([](std::string_view table) { return table == "roads" ? 300'001u : 3u; });
    EXPECT_EQ(differing_columns(city, through_a_file(city, TextStyle::end_to_end, scratch / "city.h5")), 0);
}

TEST(CityFile, CarriesEmptyTables) {
    const Scratch scratch;
    const City city = filled_city(0);
    EXPECT_EQ(differing_columns(city, through_a_file(city, TextStyle::end_to_end, scratch / "city.h5")), 0);
}

TEST(CityFile, SameCitySameBytes) {
    const Scratch scratch;
    save_city(filled_city(), scratch / "a.h5", "kept all");
    save_city(filled_city(), scratch / "b.h5", "kept all");
    EXPECT_EQ(bytes_of(scratch / "a.h5"), bytes_of(scratch / "b.h5"));
    EXPECT_FALSE(std::filesystem::exists(scratch / "a.h5.partial"));
    EXPECT_EQ(load_import_report(scratch / "a.h5"), "kept all");
}

TEST(CityFile, SaysWhatIsWrongWithAFile) {
    const Scratch scratch;
    EXPECT_NE(message_of(scratch / "none.h5").find("no such file"), std::string::npos);

    std::ofstream(scratch / "text.h5") << "[city]";
    EXPECT_NE(message_of(scratch / "text.h5").find("not HDF5"), std::string::npos);

    save_city(filled_city(2000), scratch / "cut.h5", "");
    std::filesystem::resize_file(scratch / "cut.h5", std::filesystem::file_size(scratch / "cut.h5") / 2);
    EXPECT_NE(message_of(scratch / "cut.h5").find("cannot be read"), std::string::npos) << message_of(scratch / "cut.h5");

    hdf5::File other = hdf5::File::create(scratch / "other.h5");
    other.root().set("format", "something");
    other.close();
    EXPECT_NE(message_of(scratch / "other.h5").find("not a city file"), std::string::npos);

    hdf5::File newer = hdf5::File::create(scratch / "newer.h5");
    newer.root().set("format", "shahr city");
    newer.root().set("format_version", std::int32_t{99});
    newer.close();
    EXPECT_NE(message_of(scratch / "newer.h5").find("format_version = 99"), std::string::npos);
}

TEST(CityFile, RefusesAValueOutsideItsEnum) {
    const Scratch scratch;
    City city = filled_city();
    city.network.roads.road_class.vector()[3] = static_cast<RoadClass>(99);
    try {
        through_a_file(city, TextStyle::end_to_end, scratch / "city.h5");
        FAIL() << "read without complaint";
    } catch (const InputError& error) {
        EXPECT_NE(std::string(error.what()).find("roads/road_class (value 99)"), std::string::npos) << error.what();
    }
}

TEST(CityFile, UnwritablePlaceLeavesNothing) {
    const Scratch scratch;
    EXPECT_THROW(save_city(filled_city(), scratch / "no folder/city.h5", ""), OutputError);
    EXPECT_FALSE(std::filesystem::exists(scratch / "no folder"));
}

}  // namespace
}  // namespace shahr
