// Transformers, cables and overhead lines by the standard series that utilities stock, with what they carry and lose.
#pragma once
#include <span>
#include <string_view>

namespace shahr {

struct TransformerType {
    std::string_view name;
    double rated_va;
    double no_load_w, load_w;                  // iron losses; copper losses at rated current
    double impedance_percent;                  // short-circuit voltage
    double no_load_current_percent;
};

struct LineType {
    std::string_view name;
    double resistance_ohm_km, reactance_ohm_km;
    double capacitance_nf_km;
    double rated_a;                            // where it is laid: in the ground at 15 degC, or in the air at 25
    bool overhead;
};

// 10/0.4 kV, oil, TMG series of GOST 11677 (values of makers' catalogues): 63 to 1000 kVA, ascending.
std::span<const TransformerType> distribution_transformers();
// 110/10 kV, TDN and TRDN of GOST 12965: 10, 16, 25, 40 and 63 MVA, ascending.
std::span<const TransformerType> primary_transformers();

// 0.4 kV four-core aluminium cables (AVBbShv) in the ground, and insulated overhead lines (SIP-2); ascending.
std::span<const LineType> low_voltage_cables();
std::span<const LineType> low_voltage_overhead();
// From the street to a customer: the first of the series that carries the load (three-phase, 400 V) and drops at most 4 %; null if none does.
const LineType* service_line(double load_va, double length_m, bool overhead);
// 10 kV paper cables (ASB) 120, 185, 240 mm2, PUE table 1.3.16; overhead AS-50 to AS-120, PUE table 1.3.29.
std::span<const LineType> medium_voltage_cables();
std::span<const LineType> medium_voltage_overhead();

}  // namespace shahr
