// The columns of sim/city/power_grid.h, as sim/city/describe.h lists them.
#pragma once
#include "sim/city/column_note.h"
#include "sim/city/power_grid.h"

namespace shahr {

template <IsTable<Buses> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("position", t.position, ColumnNote{"m", "east and north of the city's origin"});
}

template <IsTable<Branches> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("from", t.from, ColumnNote{"1", "where it begins"});
    f("to", t.to, ColumnNote{"1", "where it ends"});
}

// The facts that are no columns.
template <IsTable<PowerGrid> T, class F>
void describe_facts(T&, F&&) {}

template <IsTable<PowerGrid> T, class F>
void describe_tables(T& t, F&& f) {
    f(t.buses);
    f(t.branches);
}

}  // namespace shahr
