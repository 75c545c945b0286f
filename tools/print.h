// Tables for people, shared by the subcommands.
#pragma once
#include <span>
#include <string>

#include "sim/city/city.h"
#include "sim/results/kpi.h"
#include "sim/run/event.h"
#include "sim/run/frame.h"
#include "sim/run/wall_time.h"

namespace shahr {

// Four figures that count, thousands apart: "12,345", "301.2", "0.0123"; "-" for NaN.
std::string figure(double value);

// Width on a terminal: the number of code points.
std::string padded(const std::string& text, std::size_t width);

void print_kpis(std::span<const Kpi> kpis);

// Wall seconds of a run: of each engine with the phases of its steps, and of what else there was.
void print_wall_times(std::span<const WallTime> times);

// How often each kind of event happened, and the first of each kind.
void print_events(std::span<const Event> events);

// How many trips were asked, have begun and have arrived; and where the others are, and why, the most frequent first. With
// `who` (the trips of the same rows), those that wait to begin stand at their origin.
void print_trips(const City& city, const Frame& trips, const Trips* who = nullptr);

}  // namespace shahr
