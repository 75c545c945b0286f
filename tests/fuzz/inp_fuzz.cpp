// Any text as an EPANET input file: it is read, or refused with an InputError; what is read keeps the rules of a city, and
// comes back the same through an export.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "sim/base/error.h"
#include "sim/city/validate.h"
#include "sim/export/epanet_export.h"
#include "sim/import/epanet_import.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    shahr::City city;
    try {
        shahr::ImportReport report;
        city = shahr::import_epanet_text(std::string(reinterpret_cast<const char*>(data), size), "fuzz.inp", report);
    } catch (const shahr::InputError&) {
        return 0;
    }
    if (!shahr::validate(city).empty()) std::abort();
    shahr::ImportReport report;
    const std::string text = shahr::export_epanet(city, report);
    shahr::City again;
    try {
        again = shahr::import_epanet_text(text, "again.inp", report);
    } catch (const shahr::InputError&) {
        return 0;                              // numbers so large or small that they do not come back
    }
    if (again.water.links.kind != city.water.links.kind || again.water.links.from != city.water.links.from) std::abort();
    return 0;
}
