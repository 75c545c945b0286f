// The broken rules that validation has found, each a sentence; the first ones are kept, all are counted.
#pragma once
#include <fmt/format.h>

#include <string>
#include <vector>

#include "sim/base/ids.h"

namespace shahr {

class Findings {
public:
    explicit Findings(std::size_t most) : most_(most) {}

    // `table row 'id': broken (value) right`, or without the id where the table has none.
    template <class Table>
    void add(const Table& table, typename Table::Id at, const std::string& broken, const std::string& right) {
        if (++count_ > most_) return;
        std::string id;
        if constexpr (requires { table.id; })
            if (row(at) < table.id.size()) id = fmt::format(" '{}'", table.id[at]);
        sentences_.push_back(fmt::format("{} row {}{}: {} {}", Table::table, number(at), id, broken, right));
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
