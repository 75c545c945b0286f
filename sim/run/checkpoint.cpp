#include "sim/run/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "sim/city/describe.h"

namespace shahr {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view magic = "shahr checkpoint 1";

std::vector<std::int64_t> table_sizes(const City& city) {
    std::vector<std::int64_t> sizes;
    describe_tables(city, [&](const auto& table) { sizes.push_back(static_cast<std::int64_t>(row_count(table))); });
    return sizes;
}

std::string get_text(Archive& archive) {
    const auto letters = archive.get_list<char>();
    return {letters.begin(), letters.end()};
}

}  // namespace

void write_checkpoint(const fs::path& path, const City& city, const Scenario& scenario, const Simulation& simulation) {
    Archive archive;
    archive.put(std::span<const char>(magic));
    archive.put(std::span<const char>(scenario.text));
    const auto sizes = table_sizes(city);
    archive.put(std::span<const std::int64_t>(sizes));
    simulation.save(archive);
    const fs::path partial = path.string() + ".partial";
    std::ofstream file(partial, std::ios::binary);
    file.write(reinterpret_cast<const char*>(archive.bytes().data()), static_cast<std::streamsize>(archive.bytes().size()));
    file.close();
    std::error_code error;
    if (file) fs::rename(partial, path, error);
    if (file && !error) return;
    fs::remove(partial, error);
    throw OutputError(fmt::format("{} (the checkpoint could not be written) a disk with {} MB free", path.string(), archive.bytes().size() / 1'000'000 + 1));
}

void load_checkpoint(const fs::path& path, const City& city, const Scenario& scenario, Simulation& simulation) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw InputError(fmt::format("{} (no checkpoint there) run without --resume", path.string()));
    const std::vector<char> letters{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    std::vector<std::byte> bytes(letters.size());
    std::transform(letters.begin(), letters.end(), bytes.begin(), [](char c) { return static_cast<std::byte>(c); });
    Archive archive(std::move(bytes));
    try {
        if (get_text(archive) != magic) throw InputError("not a checkpoint");
    } catch (const InputError&) {
        throw InputError(fmt::format("{} (not a checkpoint of this version of the program) run without --resume", path.string()));
    }
    if (get_text(archive) != scenario.text) throw InputError(fmt::format("{} (of another scenario) the scenario and the --set values of the run that was interrupted", path.string()));
    if (archive.get_list<std::int64_t>() != table_sizes(city)) throw InputError(fmt::format("{} (of another city) the city as it was", path.string()));
    simulation.load(archive);
}

}  // namespace shahr
