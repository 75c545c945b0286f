#include "sim/import/csv_table.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.h"

namespace shahr {
namespace {

std::string refusal(const auto& act) {
    try {
        act();
    } catch (const InputError& error) {
        return error.what();
    }
    return "nothing was refused";
}

TEST(CsvTable, ReadsWhatPandasWrites) {
    const CsvTable table = CsvTable::parse("\xEF\xBB\xBF,name,x,on,where\r\n0,\"a, \"\"b\"\"\",1.5,True,\"[1,\n2]\"\r\n7, c ,,False,\n\n", "t.csv");
    ASSERT_EQ(table.rows(), 2u);
    EXPECT_EQ(table.whole(1, ""), 7);
    EXPECT_EQ(table.text(0, "name"), "a, \"b\"");
    EXPECT_EQ(table.text(1, "name"), "c");
    EXPECT_EQ(table.number(0, "x"), 1.5);
    EXPECT_TRUE(std::isnan(table.number(1, "x")));
    EXPECT_EQ(table.number_or(1, "x", 3), 3);
    EXPECT_TRUE(table.flag_or(0, "on", false));
    EXPECT_EQ(table.text(0, "where"), "[1,\n2]");
    EXPECT_FALSE(table.has("y"));
    EXPECT_TRUE(table.blank(0, "y"));
}

TEST(CsvTable, SaysWhereAValueIsWrong) {
    const CsvTable table = CsvTable::parse("a,b\n\"x\ny\",1\nz,-2e\n", "t.csv");
    EXPECT_EQ(refusal([&] { table.number(1, "b"); }), "t.csv:4: b = -2e (no number) a finite number");
    EXPECT_EQ(refusal([&] { table.given(0, "c"); }), "t.csv:2: c =  (there is no such column) a number");
    EXPECT_EQ(refusal([] { CsvTable::parse("a,b\n1\n", "t.csv"); }), "t.csv:2: row (has 1 values) 2, as the header has");
    EXPECT_EQ(refusal([] { CsvTable::parse("a,a\n", "t.csv"); }), "t.csv:1: column = a (named twice) each once");
    EXPECT_EQ(refusal([] { CsvTable::parse("", "t.csv"); }), "t.csv:1: header (the file is empty) names of columns");
    EXPECT_EQ(refusal([] { CsvTable::read("/nowhere.csv"); }), "/nowhere.csv (cannot be read) a CSV file");
    EXPECT_EQ(CsvTable::read_if_there("/nowhere.csv").rows(), 0u);
}

}  // namespace
}  // namespace shahr
