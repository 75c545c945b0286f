// What an import kept, guessed and dropped, and why: printed for the user and kept in the city file.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace shahr {

struct ImportReport {
    enum class Kind : std::uint8_t { kept, guessed, dropped, note };
    struct Line {
        Kind kind;
        std::int64_t count;                    // -1: a sentence without a count
        std::string what;                      // "roads", "lanes without a lanes tag"
        std::string why;                       // the rule or the reason; "" where it speaks for itself
    };
    std::vector<Line> lines;

    void kept(std::int64_t count, std::string what, std::string why = "") { add(Kind::kept, count, std::move(what), std::move(why)); }
    void guessed(std::int64_t count, std::string what, std::string why) { add(Kind::guessed, count, std::move(what), std::move(why)); }
    // Nothing is added for a count of 0.
    void dropped(std::int64_t count, std::string what, std::string why) { add(Kind::dropped, count, std::move(what), std::move(why)); }
    void note(std::string what) { lines.push_back({Kind::note, -1, std::move(what), ""}); }

private:
    void add(Kind kind, std::int64_t count, std::string what, std::string why) {
        if (count != 0 || kind == Kind::kept) lines.push_back({kind, count, std::move(what), std::move(why)});
    }
};

// The report as a table for people.
std::string to_text(const ImportReport& report);

}  // namespace shahr
