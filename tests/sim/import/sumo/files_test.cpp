#include <zlib.h>

#include "sim/import/sumo/xml_file.h"
#include "tests/sim/import/sumo/crafted.h"

namespace shahr {
namespace {

void write_gzip(const std::filesystem::path& path, const std::string& text) {
    gzFile file = gzopen(path.c_str(), "wb");
    ASSERT_EQ(gzwrite(file, text.data(), static_cast<unsigned>(text.size())), static_cast<int>(text.size()));
    gzclose(file);
}

std::string refused(const std::filesystem::path& net) {
    ImportReport report;
    try {
        import_sumo({net, {}, {}}, report);
    } catch (const InputError& e) {
        return e.what();
    }
    return "";
}

TEST(SumoFile, GzippedIsTheSameAsPlain) {
    const Scratch folder;
    write_gzip(folder / "n.net.xml.gz", CraftedNet{}.text());
    ImportReport report;
    const City packed = import_sumo({folder / "n.net.xml.gz", {}, {}}, report);
    EXPECT_EQ(packed.network.lanes.id, import_text(CraftedNet{}.text()).city.network.lanes.id);
}

TEST(SumoFile, BrokenFilesAreRefusedInOneSentence) {
    const Scratch folder;
    write_gzip(folder / "whole.gz", CraftedNet{}.text());
    const std::string packed = bytes_of(folder / "whole.gz");
    std::ofstream(folder / "cut.gz", std::ios::binary) << packed.substr(0, packed.size() / 2);
    EXPECT_NE(refused(folder / "cut.gz").find("is broken after"), std::string::npos);
    EXPECT_NE(refused(folder / "absent.net.xml").find("cannot be opened"), std::string::npos);
    std::ofstream(folder / "open.xml") << "<net>\n<edge id=\"a\">\n</net>";
    EXPECT_NE(refused(folder / "open.xml").find("open.xml:3: is not well-formed XML"), std::string::npos);
    std::ofstream(folder / "other.xml") << "\n<osm/>";
    EXPECT_NE(refused(folder / "other.xml").find("other.xml:2: <osm> (is the root of the file) <net>"), std::string::npos);
    std::ofstream(folder / "empty.xml") << "";
    EXPECT_NE(refused(folder / "empty.xml"), "");
}

// Whatever a net is cut off at or has scratched out, the answer is a city or a sentence, never a crash.
TEST(SumoFile, MutilatedNetsAreReadOrRefused) {
    const std::string whole = CraftedNet{}.text();
    int refusals = 0;
    for (std::size_t at = 60; at + 20 < whole.size(); at += 37) {
        std::string net = whole;
        net.replace(at, 7, "7\" x=\"7");
        refusals += complaint(net) != "";
    }
    EXPECT_GT(refusals, 20);
}

TEST(SumoFile, EveryGetterNamesItsPlace) {
    const sumo::XmlFile file(std::string("<net>\n  <lane id=\"l\" length=\"long\" index=\"-1\" on=\"maybe\"\n speed=\"1e400\"/>\n</net>"), "n.xml", "net");
    const sumo::Element lane = *file.root().children().begin();
    EXPECT_EQ(lane.where(), "n.xml:2");
    const auto said = [](auto&& read) -> std::string {
        try {
            read();
        } catch (const InputError& e) {
            return e.what();
        }
        return "";
    };
    EXPECT_EQ(said([&] { lane.number("length"); }), "n.xml:2: <lane l> length = \"long\" (is not a number) a decimal number");
    EXPECT_EQ(said([&] { lane.number("width"); }), "n.xml:2: <lane l> width = \"\" (is missing) width=\"...\"");
    EXPECT_EQ(said([&] { lane.index("index"); }), "n.xml:2: <lane l> index = \"-1\" (is not an index) a whole number from 0");
    EXPECT_EQ(said([&] { lane.flag("on", true); }), "n.xml:2: <lane l> on = \"maybe\" (is neither yes nor no) true or false");
    EXPECT_NE(said([&] { lane.number("speed"); }), "") << "not finite";
}

}  // namespace
}  // namespace shahr
