// Any text as a MATPOWER case: it is read, or refused with an InputError.
#include <cstdint>
#include <string_view>

#include "sim/base/error.h"
#include "sim/city/validate.h"
#include "sim/import/matpower_import.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    shahr::ImportReport report;
    try {
        shahr::validate(shahr::import_matpower_text({reinterpret_cast<const char*>(data), size}, "fuzz.m", report));
    } catch (const shahr::InputError&) {
    }
    return 0;
}
