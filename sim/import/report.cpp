#include "sim/import/report.h"

#include <fmt/format.h>

namespace shahr {

std::string to_text(const ImportReport& report) {
    static constexpr std::string_view heading[] = {"kept", "guessed", "dropped", "note"};
    std::string text;
    for (int kind = 0; kind < 4; ++kind) {
        bool first = true;
        for (const auto& line : report.lines) {
            if (static_cast<int>(line.kind) != kind) continue;
            const std::string_view head = std::exchange(first, false) ? heading[kind] : "";
            if (line.count < 0)
                text += fmt::format("{:<8} {}\n", head, line.what);
            else
                text += fmt::format("{:<8} {:>9}  {}{}\n", head, line.count, line.what, line.why.empty() ? "" : fmt::format(" ({})", line.why));
        }
    }
    return text;
}

}  // namespace shahr
