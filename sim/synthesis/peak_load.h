// The electric load that a grid is designed for: what is connected, and how little of it comes at once.
#pragma once
#include "sim/city/city.h"

namespace shahr {

// What hangs on a building, a transformer, a feeder: it adds up; the design load of the sum is less than the sum of the design loads.
struct ConnectedLoad {
    double gas_dwellings = 0, electric_dwellings = 0;  // by what they cook on
    double service_w = 0;                      // other uses, each at its own greatest load
    double heat_w = 0;                         // electric heating or cooling, whichever is more, and hot water
    double cars = 0;                           // electric, charging at 7 kW
    double own_peaks_w = 0, reactive_var = 0;  // of the buildings' own design loads, which give the mean power factor
    double panels_w = 0;                       // what panels give at noon

    ConnectedLoad& operator+=(const ConnectedLoad& other);
};

// Of each building: its dwellings, its services with a quarter more where they are cooled (a third by HB, of the part that
// is), electric heating as its rooms ask for it on the design day (sim/synthesis/design_heat.h; 80 W/m2 where they have no
// envelope), electric hot water by its use, which the table of dwellings leaves out, heat pumps at their COP of that day, coolers of
// dwellings at 15 W/m2; and the panels on its roof.
Column<SystemId, ConnectedLoad> connected_loads(const City& city);

// kW for each of `dwellings` flats, with gas or electric stoves: SP 256.1325800.2016, table 7.1, linear between its rows; a
// fraction of a dwelling counts as one.
double design_kw_per_dwelling(double dwellings, bool electric_stove);

// W at the greatest hour. The greater of the dwellings' peak with 0.6 of the services and the services' with 0.6 of the dwellings
// (0.4 to 0.7 by the usual tables of coincidence), and heating and cooling in full, which the weather asks of all at once, and cars by Rusck's law
// n P (g + (1 - g) / sqrt n) with g = 0.2.
double design_load_w(const ConnectedLoad& load);

// The apparent power of that, by the mean power factor of the buildings.
double design_load_va(const ConnectedLoad& load);

// What the line to it has to carry: that, or what its panels give while nobody takes anything.
double design_flow_va(const ConnectedLoad& load);

// Between feeders: so much of the sum of the design loads of `stations` transformer stations comes at once on a medium-voltage
// line: 0.9 for 2-3, 0.82 to 10, 0.77 to 20, 0.7 beyond (SP 256, coincidence of transformer stations).
double coincidence_of_stations(int stations);

}  // namespace shahr
