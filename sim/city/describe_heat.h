// The columns of sim/city/heat_network.h, as sim/city/describe.h lists them.
#pragma once
#include "sim/city/column_note.h"
#include "sim/city/heat_network.h"

namespace shahr {

template <IsTable<HeatNodes> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("position", t.position, ColumnNote{"m", "east and north of the city's origin"});
}

template <IsTable<HeatLinks> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
    f("from", t.from, ColumnNote{"1", "where it begins"});
    f("to", t.to, ColumnNote{"1", "where it ends"});
}

// The facts that are no columns.
template <IsTable<HeatNetwork> T, class F>
void describe_facts(T&, F&&) {}

template <IsTable<HeatNetwork> T, class F>
void describe_tables(T& t, F&& f) {
    f(t.nodes);
    f(t.links);
}

}  // namespace shahr
