// Whatever the bytes are, the EPW reader makes a year of them or says in one sentence why not.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sim/base/error.h"
#include "sim/import/epw.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        shahr::ImportReport report;
        shahr::read_epw_text({reinterpret_cast<const char*>(data), size}, "fuzz.epw", report);
    } catch (const shahr::InputError&) {
    }
    return 0;
}
