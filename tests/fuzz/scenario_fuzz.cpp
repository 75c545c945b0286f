// Any text as a scenario: it is read, or refused with an InputError; what is read comes back the same from its own text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sim/base/error.h"
#include "sim/scenario/read.h"

namespace {

const std::filesystem::path name = "/proc/self/fuzz.toml";   // where a `base` finds no file that could grow

// The first line may be a --set.
std::vector<std::string> sets_in(std::string_view text) {
    constexpr std::string_view mark = "#set ";
    if (!text.starts_with(mark)) return {};
    const std::size_t end = text.find('\n');
    return {std::string(text.substr(mark.size(), end == std::string_view::npos ? end : end - mark.size()))};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    shahr::Scenario scenario;
    try {
        scenario = shahr::read_scenario_text(text, name, sets_in(text));
    } catch (const shahr::InputError&) {
        return 0;
    }
    if (shahr::read_scenario_text(scenario.text, name).text != scenario.text) std::abort();
    return 0;
}
