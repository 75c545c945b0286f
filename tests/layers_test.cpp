// The rules of the house, read off the include lines of the tree: who may know whom. A line that breaks one is reported
// as `file:line`, so that an editor can jump to it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

bool starts(std::string_view text, std::initializer_list<std::string_view> with) {
    return std::any_of(with.begin(), with.end(), [&](std::string_view w) { return text.starts_with(w); });
}

bool is_standard(std::string_view angled) {
    return angled.find_first_of("./") == std::string_view::npos;
}

// "kernels/traffic/plan.h" -> "kernels/traffic/"; "kernels/engines.cu" -> "kernels/"
std::string_view folder_of(std::string_view file) {
    return file.substr(0, file.rfind('/') + 1);
}

std::string why_not_in_sim(std::string_view file, std::string_view name, bool quoted) {
    if (quoted) return name.starts_with("sim/") ? "" : "sim/ includes nothing of ours outside sim/";
    if (is_standard(name) || name.starts_with("fmt/")) return "";
    if (starts(name, {"metis", "Eigen/"}) && file != "sim/base/ordering.cpp") return "METIS and Eigen stand only in sim/base/ordering.cpp";
    return file.ends_with(".h") ? "headers of sim/ include the standard library and fmt; file formats stand in .cpp files" : "";
}

std::string why_not_in_kernels(std::string_view file, std::string_view name, bool quoted) {
    if (!quoted) return is_standard(name) || file.starts_with("kernels/base/") ? "" : "outside libraries stand only in kernels/base/";
    const std::string_view folder = folder_of(file);
    if (name.starts_with("sim/")) {
        if (folder == "kernels/base/") return name.starts_with("sim/base/") ? "" : "kernels/base/ takes only sim/base/ from sim/";
        const bool plain = starts(name, {"sim/base/", "sim/city/", "sim/scenario/scenario.h", "sim/scenario/interventions.h",
                                         "sim/run/engine.h", "sim/run/backend.h", "sim/run/frame.h", "sim/run/archive.h"});
        return plain ? "" : "kernels/ includes headers of sim/ that are plain data, the engine's and the backend's";
    }
    if (!name.starts_with("kernels/")) return "kernels/ includes kernels/ and sim/";
    if (folder == "kernels/") return "";
    if (folder == "kernels/base/") return name.starts_with("kernels/base/") ? "" : "kernels/base/ lies under every engine";
    return starts(name, {"kernels/base/", folder}) ? "" : "no engine includes another's folder: engines meet on the bus";
}

std::string why_not_in_tests(std::string_view file, std::string_view name) {
    if (!name.starts_with("kernels/") || file.starts_with("tests/kernels/")) return "";
    return "only tests/kernels/ includes kernels/";
}

// "" if `file` may include `name`, else the rule.
std::string why_not(std::string_view file, std::string_view name, bool quoted) {
    if (file.starts_with("sim/")) return why_not_in_sim(file, name, quoted);
    if (file.starts_with("kernels/")) return why_not_in_kernels(file, name, quoted);
    if (file.starts_with("tests/")) return quoted ? why_not_in_tests(file, name) : "";
    if (!quoted) return "";
    if (file.starts_with("render/")) return starts(name, {"render/", "sim/"}) ? "" : "render/ includes render/ and sim/";
    return name == "version.h" || starts(name, {"tools/", "render/", "sim/"}) ? "" : "tools/ includes tools/, render/, sim/ and the build's version.h";
}

// The device may be named anywhere; its language and its libraries may not.
bool speaks_of_the_device(const std::string& line) {
    static const std::regex words(R"(<(thrust|tbb|cuda|cub)|\b(thrust|tbb|cub|cuda)::|\bcuda[A-Z]\w*|__CUDA|__(global|device|host|shared)__)");
    return std::regex_search(line, words);
}

// Kernels take theirs from kernels/base/math.h; the standard library's give other bits on other devices.
bool calls_libm(const std::string& line) {
    static const std::regex words(R"((std)?::(exp|exp2|log|log2|log10|pow|sin|cos|tan|atan|atan2|cbrt|hypot|tanh)f?\()");
    return std::regex_search(line, words);
}

std::vector<std::string> complaints(const std::string& file, std::istream& text) {
    static const std::regex include(R"(^\s*#\s*include\s*([<"])([^">]+)[">])");
    std::vector<std::string> out;
    std::string line;
    std::size_t number = 0;
    const auto complain = [&](const std::string& rule) { out.push_back(file + ":" + std::to_string(number) + ": " + line + " (" + rule + ")"); };
    while (std::getline(text, line)) {
        ++number;
        std::smatch match;
        if (std::regex_search(line, match, include)) {
            const std::string rule = why_not(file, match[2].str(), match[1] == "\"");
            if (!rule.empty()) complain(rule);
        }
        if (!file.starts_with("kernels/base/") && file != "tests/layers_test.cpp" && speaks_of_the_device(line)) {
            complain("the device's language and libraries stand only in kernels/base/");
        }
        if (file.starts_with("kernels/") && calls_libm(line)) complain("kernels take exp, log, pow, sin ... from kernels/base/math.h");
    }
    if (number > 400) complain("a file has at most 400 lines");
    return out;
}

std::vector<std::string> complaints(const std::string& file, const std::string& text) {
    std::istringstream lines(text);
    return complaints(file, lines);
}

TEST(Layers, HoldThroughTheTree) {
    const fs::path root = SHAHR_SOURCE_DIR;
    std::size_t files = 0;
    for (const char* folder : {"sim", "kernels", "render", "tools", "tests"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string extension = entry.path().extension().string();
            if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp" && extension != ".cu")) continue;
            std::ifstream text(entry.path());
            ++files;
            for (const std::string& complaint : complaints(fs::relative(entry.path(), root).generic_string(), text)) ADD_FAILURE() << complaint;
        }
    }
    EXPECT_GT(files, 50u);
}

TEST(Layers, AreToldApart) {
    const std::array<std::array<const char*, 2>, 13> broken{{{"sim/city/x.h", "#include \"kernels/base/array.h\""},
                                                             {"sim/city/x.h", "#include <hdf5.h>"},
                                                             {"sim/city/x.cpp", "#include <metis.h>"},
                                                             {"kernels/traffic/x.h", "#include \"kernels/power/y.h\""},
                                                             {"kernels/traffic/x.h", "#include \"sim/run/simulation.h\""},
                                                             {"kernels/traffic/x.cu", "#include <fmt/format.h>"},
                                                             {"kernels/base/x.h", "#include \"kernels/traffic/y.h\""},
                                                             {"kernels/base/x.h", "#include \"sim/city/city.h\""},
                                                             {"render/x.cpp", "#include \"kernels/base/array.h\""},
                                                             {"tools/run.cpp", "#include \"kernels/engines.h\""},
                                                             {"tests/sim/x.cpp", "#include \"kernels/base/math.h\""},
                                                             {"kernels/traffic/x.cu", "    thrust::sort(a, b);"},
                                                             {"kernels/traffic/x.h", "    return std::exp(x);"}}};
    for (const auto& [file, line] : broken) EXPECT_EQ(complaints(file, std::string(line)).size(), 1u) << file << ": " << line;
    EXPECT_EQ(complaints("sim/x.h", std::string(400, '\n')).size(), 0u);
    EXPECT_EQ(complaints("sim/x.h", std::string(401, '\n')).size(), 1u);

    const std::array<std::array<const char*, 2>, 6> fine{{{"sim/city/x.cpp", "#include <hdf5.h>"},
                                                          {"sim/base/ordering.cpp", "#include <metis.h>"},
                                                          {"kernels/traffic/x.h", "#include \"sim/city/roads.h\""},
                                                          {"kernels/engines.cu", "#include \"kernels/traffic/engine.h\""},
                                                          {"kernels/base/x.cu", "#include <thrust/sort.h>"},
                                                          {"tools/run.cpp", "    choose(\"cuda\");  // or --device cpu"}}};
    for (const auto& [file, line] : fine) EXPECT_TRUE(complaints(file, std::string(line)).empty()) << file << ": " << line;
}

}  // namespace
