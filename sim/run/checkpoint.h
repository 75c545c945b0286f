// A run laid aside: enough to go on with the same bits. Of use to the same version of the program only.
#pragma once
#include <filesystem>

#include "sim/city/city.h"
#include "sim/run/simulation.h"

namespace shahr {

// Written beside its place and renamed when complete. Throws OutputError.
void write_checkpoint(const std::filesystem::path& path, const City& city, const Scenario& scenario, const Simulation& simulation);

// Throws InputError if there is none, or if it was written for another scenario or city.
void load_checkpoint(const std::filesystem::path& path, const City& city, const Scenario& scenario, Simulation& simulation);

}  // namespace shahr
