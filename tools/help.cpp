#include "tools/help.h"

#include <fmt/format.h>

#include <charconv>

namespace shahr {

std::string HelpText::make_option_opts(const CLI::Option* option) const {
    if (option->get_type_size() == 0) return "";
    const std::string type = option->get_type_name();      // with the checks behind a colon
    std::string text = option->get_positional() ? "" : " " + type.substr(0, type.find(':'));
    if (!option->get_default_str().empty()) text += fmt::format(" [{}]", option->get_default_str());
    if (option->get_expected_max() == CLI::detail::expected_max_vector_size) text += " ...";
    return text;
}

namespace {

template <class Number>
CLI::Validator between(Number least, Number most, const char* kind) {
    const auto judge = [=](const std::string& text) {
        Number value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool right = error == std::errc{} && end == text.data() + text.size() && value >= least && value <= most;
        return right ? std::string() : fmt::format("{}, not {} from {} to {}", text, kind, least, most);
    };
    return CLI::Validator(judge, "");
}

}  // namespace

CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
    return between(least, most, "a whole number");
}

CLI::Validator number_between(double least, double most) {
    return between(least, most, "a number");
}

}  // namespace shahr
