// The columns of sim/city/envelopes.h, as sim/city/describe.h lists them.
#pragma once
#include "sim/city/column_note.h"
#include "sim/city/envelopes.h"

namespace shahr {

template <IsTable<ThermalZones> T, class F>
void describe(T& t, F&& f) {
    f("id", t.id, ColumnNote{"", "the source's own id"});
}

// The facts that are no columns.
template <IsTable<Envelopes> T, class F>
void describe_facts(T&, F&&) {}

template <IsTable<Envelopes> T, class F>
void describe_tables(T& t, F&& f) {
    f(t.zones);
}

}  // namespace shahr
