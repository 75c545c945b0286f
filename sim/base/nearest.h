// The word that somebody may have meant.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace shahr {

// The known word with the fewest insertions, deletions, replacements and swaps of neighbours (Damerau 1964), upper and
// lower case alike; the first of equals. "" if none is nearer than a third of the word's length, but at least two changes.
std::string nearest(std::string_view word, const std::vector<std::string_view>& known);

// `did you mean "step"?`, or `one of: step, trips` where nothing is near; for the last part of a message.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace shahr
