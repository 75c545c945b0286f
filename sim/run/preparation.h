// What stands before a run: the city read, the scenario fitted to it, and who drives.
#pragma once
#include <filesystem>
#include <optional>

#include "sim/city/city.h"
#include "sim/city/weather.h"
#include "sim/import/report.h"
#include "sim/scenario/scenario.h"

namespace shahr {

// From a city file (.h5), or from the description of a grid city, of buildings or of a heat network (.toml). Throws InputError.
City open_city(const std::filesystem::path& path);

// The weather that the scenario names; none if it names none and nothing needs it. Throws InputError.
std::optional<Weather> open_weather(const City& city, const Scenario& scenario, ImportReport& report);

// The city as it is: what the scenario asks to be made up for it, without the networks that it leaves out. Then the scenario
// is fitted to it (sim/scenario/read.h), and its changes of the stock come last: no line or pipe is laid out anew for them.
void prepare_city(City& city, Scenario& scenario, ImportReport& report);

// The trips that depart within the scenario's span: the user's own file, those that came with the city, or synthetic ones.
// Without a start, a run of given trips begins with the first of them, at a full minute; without a length, it lasts until
// they have ended, at the latest a day after the last departure. The report gets what was assumed and what was left out.
Trips choose_trips(const City& city, Scenario& scenario, ImportReport& report);

// Those of `trips` that depart in [begin, end), in order; an `after` that is not among them becomes none.
Trips select_trips(const Trips& trips, Duration begin, Duration end);

}  // namespace shahr
