#include "kernels/traffic/order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "kernels/base/random.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

constexpr Index strips = 40, most = 1500;

struct Row {
    Index trip, strip;
    float position_m;
};

bool goes_before(const Row& a, const Row& b) {
    if (a.strip != b.strip) return a.strip < b.strip;
    return a.position_m > b.position_m;
}

void write(VehicleTable& table, const std::vector<Row>& rows) {
    std::vector<Index> trip(most), strip(most);
    std::vector<float> position(most);
    for (std::size_t i = 0; i < rows.size(); ++i) trip[i] = rows[i].trip, strip[i] = rows[i].strip, position[i] = rows[i].position_m;
    table.trip.from_host(trip), table.strip.from_host(strip), table.position_m.from_host(position);
}

// Some drive on, each not past the one before him; some turn up on other strips, at places where others may be; some leave.
std::vector<Row> moved(std::vector<Row> rows, std::uint32_t round, Index share_in_100) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Draw4 draw = philox(1, static_cast<std::uint32_t>(i), round, 1);
        const auto percent = static_cast<Index>(draw.value[0] % 100);
        const Index strip = static_cast<Index>(draw.value[1] % (strips + 1)) - 1;
        if (percent >= share_in_100 || strip == rows[i].strip) rows[i].position_m += 0.5f;
        else rows[i] = {rows[i].trip, strip, static_cast<float>(draw.value[2] % 30)};
    }
    return rows;
}

// Many rounds of moving and merging, each compared with a stable sort of all.
void compare_with_sorting(Index share_in_100) {
    VehicleTable now(most), planned(most), target(most);
    Array<Index> begin(strips), end(strips);
    VehicleOrder order(most);
    std::vector<Row> rows;
    Index trips = 0;
    for (std::uint32_t round = 0; round < 12; ++round) {
        const auto count = static_cast<Index>(rows.size());
        write(now, rows);
        std::vector<Row> next = moved(rows, round, share_in_100);
        const Index entering = round % 4 == 3 ? 0 : 100;
        for (Index k = 0; k < entering; ++k) {
            const Draw4 draw = philox(2, static_cast<std::uint32_t>(k), round, 1);
            next.push_back({trips++, static_cast<Index>(draw.value[0] % strips), static_cast<float>(draw.value[1] % 30)});
        }
        write(planned, next);
        const Index left = order.merge(now.strip, planned.view(), count, entering, {begin, end}, target.view());

        std::vector<Row> expected;
        std::copy_if(next.begin(), next.end(), std::back_inserter(expected), [](const Row& row) { return row.strip >= 0; });
        std::stable_sort(expected.begin(), expected.end(), goes_before);
        ASSERT_EQ(static_cast<std::size_t>(left), expected.size());
        const auto trip = target.trip.to_host(), strip = target.strip.to_host(), first = begin.to_host(), last = end.to_host();
        std::vector<Index> on_strip(strips, 0);
        for (std::size_t i = 0; i < expected.size(); ++i) {
            ASSERT_EQ(trip[i], expected[i].trip) << "row " << i << " in round " << round;
            ++on_strip[static_cast<std::size_t>(expected[i].strip)];
        }
        for (std::size_t s = 0; s < strips; ++s) {
            ASSERT_EQ(last[s] - first[s], on_strip[s]) << "strip " << s << " in round " << round;
            for (Index i = first[s]; i < last[s]; ++i) ASSERT_EQ(strip[static_cast<std::size_t>(i)], static_cast<Index>(s));
        }
        rows = expected;
    }
}

TEST(Order, AFewNewcomersAreMerged) {
    compare_with_sorting(5);
}

TEST(Order, EveryoneMayMove) {
    compare_with_sorting(100);
}

TEST(Order, NobodyNeedsNoOrder) {
    VehicleTable table(1);
    Array<Index> begin(1), end(1);
    VehicleOrder order(1);
    EXPECT_EQ(order.merge(table.strip, table.view(), 0, 0, {begin, end}, table.view()), 0);
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::traffic
