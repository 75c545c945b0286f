// How --help looks, and what is said of numbers that are none.
#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>

namespace shahr {

// What follows an option's name: what is expected, what holds without it, and whether it may be repeated. What values are
// taken stands in the sentence beside it.
class HelpText : public CLI::Formatter {
public:
    HelpText() { column_width(34); }
    std::string make_option_opts(const CLI::Option* option) const override;
};

// For Option::check(): "--threads: x, not a whole number from 0 to 1024".
CLI::Validator whole_number(std::int64_t least, std::int64_t most);
CLI::Validator number_between(double least, double most);

}  // namespace shahr
