#include "sim/base/nearest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace shahr {
namespace {

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

// Optimal string alignment distance: three rows of the table of prefixes.
std::size_t changes_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last, last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) now[j] = std::min(now[j], before_last[j - 2] + 1);
        }
        before_last = last;
        std::swap(last, now);
    }
    return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string_view>& known) {
    const std::size_t most = std::max<std::size_t>(2, word.size() / 3);
    std::string_view best;
    std::size_t fewest = most + 1;
    for (const std::string_view candidate : known) {
        const std::size_t apart = candidate.size() > word.size() ? candidate.size() - word.size() : word.size() - candidate.size();
        if (apart >= fewest) continue;
        const std::size_t changes = changes_between(word, candidate);
        // A word of two letters is two changes from any other such word.
        if (changes < fewest && changes < std::max<std::size_t>(word.size(), 1)) {
            fewest = changes;
            best = candidate;
        }
    }
    return std::string(best);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known) {
    if (const std::string best = nearest(word, known); !best.empty()) return fmt::format("did you mean \"{}\"?", best);
    constexpr std::size_t shown = 12;
    std::string all;
    for (std::size_t i = 0; i < std::min(known.size(), shown); ++i) all += fmt::format("{}{}", i ? ", " : "", known[i]);
    return known.empty() ? "" : fmt::format("one of: {}{}", all, known.size() > shown ? " ..." : "");
}

}  // namespace shahr
