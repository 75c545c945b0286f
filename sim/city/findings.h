// The broken rules that validation has found, each a sentence; the first ones are kept, all are counted.
#pragma once
#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

#include "sim/base/ids.h"

namespace shahr {

class Findings {
public:
    // Where a row of a table came from, "file:line"; "" where that is not known.
    using Source = std::function<std::string(std::string_view table, std::size_t row)>;

    explicit Findings(std::size_t most, Source source = nullptr) : most_(most), source_(std::move(source)) {}

    // `file:line: table row 'id': broken (value) right`, without the file and line, or the id, where there is none.
    template <class Table>
    void add(const Table& table, typename Table::Id at, const std::string& broken, const std::string& right) {
        if (++count_ > most_) return;
        std::string id;
        if constexpr (requires { table.id; })
            if (row(at) < table.id.size()) id = fmt::format(" '{}'", table.id[at]);
        std::string place = source_ ? source_(Table::table, row(at)) : "";
        if (!place.empty()) place += ": ";
        sentences_.push_back(fmt::format("{}{} row {}{}: {} {}", place, Table::table, number(at), id, broken, right));
    }
    void add_table(std::string_view table, const std::string& broken, const std::string& right) {
        if (++count_ > most_) return;
        sentences_.push_back(fmt::format("{}: {} {}", table, broken, right));
    }
    bool empty() const { return count_ == 0; }

    std::vector<std::string> take() {
        if (count_ > most_) sentences_.push_back(fmt::format("and {} more", count_ - most_));
        return std::move(sentences_);
    }

private:
    std::size_t most_, count_ = 0;
    Source source_;
    std::vector<std::string> sentences_;
};

// The rules of each part, for tables whose columns are equally long and whose ids exist.
struct City;
void check_network(const City& city, Findings& findings);
void check_signals(const City& city, Findings& findings);
void check_land(const City& city, Findings& findings);
void check_trips(const City& city, Findings& findings);
void check_envelopes(const City& city, Findings& findings);
void check_power(const City& city, Findings& findings);
void check_water(const City& city, Findings& findings);
void check_heat(const City& city, Findings& findings);

}  // namespace shahr
