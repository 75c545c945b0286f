#include "sim/import/matpower_import.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "sim/base/error.h"
#include "sim/city/validate.h"
#include "sim/import/matpower/reader.h"

namespace shahr {
namespace {

using matpower::evaluate;

double number(const matpower::Workspace& space, const std::string& name) {
    const matpower::Value* value = space.find(name);
    return value && value->is_number() ? value->numbers[0] : std::nan("");
}

std::string refusal(const std::string& text) {
    ImportReport report;
    try {
        import_matpower_text(text, "case.m", report);
    } catch (const InputError& error) {
        return error.what();
    }
    return "nothing was refused";
}

// Three buses in a row at 10 kV; MATLAB code may follow.
std::string small_case(const std::string& code = "", const std::string& type = "1", const std::string& x = "0.02") {
    return "function mpc = small\n%% a comment\nmpc.version = '2';\nmpc.baseMVA = 10;\n"
           "mpc.bus = [\n"
           "  1 3 0   0   0 0 1 1 0 10 1 1.1 0.9;\n"
           "  5 " + type + " 0.2 0.1 0 0.3 1 1 0 10 1 1.1 0.9;   % the second\n"
           "  7 1 0.4 0.2 0 0 1 1 0 10 1 1.1 0.9;\n];\n"
           "mpc.gen = [1 0 0 9 -9 1.02 10 1 9 0];\n"
           "mpc.branch = [\n  1 5 0.01 " + x + " 0.001 5 5 5 0 0 1 -360 360;\n  5 7 0.01 0.02 0 0 0 0 0 0 1 -360 360];\n" + code;
}

TEST(Matpower, EvaluatesWhatCasesAreWrittenIn) {
    const auto space = evaluate("a = [1 -2; 3, 4]; b = a(2, :) * 2; c = a(:, 1)'; d = a(end, 1) + 1e1 ^ 2;\n"
                                "e = [1 - 2]; f = sum(a(:, 2) .* [1; 2]); g = 1:3; h = g(end) * 2.^2;\n",
                                "x.m");
    EXPECT_EQ(space.find("b")->numbers, (std::vector<double>{6, 8}));
    EXPECT_EQ(space.find("c")->numbers, (std::vector<double>{1, 3}));
    EXPECT_EQ(number(space, "d"), 103);
    EXPECT_EQ(space.find("e")->numbers, (std::vector<double>{-1}));
    EXPECT_EQ(number(space, "f"), 6);
    EXPECT_EQ(number(space, "h"), 12);
}

TEST(Matpower, AssignsToPartsAndMasks) {
    const auto space = evaluate("define_constants;\na = ones(2, 3);\na(:, [1 3]) = a(:, [1 3]) * 4;\na(a(:, 2) == 1, 2) = 7;\n"
                                "[F, T, R] = idx_brch;\nn = size(a, 2); ...  the line goes on\nm = BASE_KV;\n%{\nnot = read\n%}\n",
                                "x.m");
    EXPECT_EQ(space.find("a")->numbers, (std::vector<double>{4, 7, 4, 4, 7, 4}));
    EXPECT_EQ(number(space, "R"), 3);
    EXPECT_EQ(number(space, "n"), 3);
    EXPECT_EQ(number(space, "m"), 10);
    EXPECT_EQ(space.find("not"), nullptr);
}

TEST(Matpower, KeepsNumbersAsIds) {
    ImportReport report;
    const City city = import_matpower_text(small_case(), "small.m", report);
    EXPECT_TRUE(validate(city).empty());
    EXPECT_EQ(city.power.buses.id.vector(), (std::vector<std::string>{"1", "5", "7"}));
    EXPECT_EQ(city.power.branches.id.vector(), (std::vector<std::string>{"1-5", "5-7"}));
    EXPECT_EQ(city.power.base_power_va, 10e6);
    EXPECT_EQ(city.power.loads.active_power_w.vector(), (std::vector<double>{0.2e6, 0.4e6}));
    EXPECT_EQ(city.power.shunts.reactive_power_var.vector(), (std::vector<double>{-0.3e6}));
    EXPECT_EQ(city.power.branches.rated_power_va[BranchId{0}], 5e6);
}

TEST(Matpower, ConvertsUnitsAsTheFileSays) {
    ImportReport report;
    const City city = import_matpower_text(small_case("[PQ, PV, REF, NONE, BUS_I, BUS_TYPE, PD, QD] = idx_bus;\n"
                                                      "[F_BUS, T_BUS, BR_R, BR_X] = idx_brch;\nVbase = mpc.bus(1, 10) * 1e3; Sbase = mpc.baseMVA * 1e6;\n"
                                                      "mpc.branch(:, [BR_R BR_X]) = mpc.branch(:, [BR_R BR_X]) / (Vbase^2 / Sbase);\n"
                                                      "pf = 0.8;\nmpc.bus(:, QD) = mpc.bus(:, PD) * sin(acos(pf));\nmpc.bus(:, PD) = mpc.bus(:, PD) * pf / 1e3;\n"),
                                           "small.m", report);
    EXPECT_DOUBLE_EQ(city.power.branches.reactance_pu[BranchId{1}], 0.02 / 10);
    EXPECT_DOUBLE_EQ(city.power.loads.active_power_w[LoadId{1}], 0.4e3 * 0.8);
    EXPECT_NEAR(city.power.loads.reactive_power_var[LoadId{1}], 0.4e6 * 0.6, 1e-6);
}

// The ways in which distribution cases say that they come in ohms, kilowatts and apparent power.
TEST(Matpower, ReadsTheFormsOfConversion) {
    for (const char* code : {
             "Vbase = mpc.bus(1, 10) * 1e3;      %% in Volts\nSbase = mpc.baseMVA * 1e6;              %% in VA\n"
             "mpc.branch(:, [3 4]) = mpc.branch(:, [3 4]) / (Vbase^2 / Sbase);\nmpc.bus(:, [3, 4]) = mpc.bus(:, [3, 4]) / 1e3;\n",
             "define_constants;\nZbase = mpc.bus(1, BASE_KV)^2 / mpc.baseMVA;\nmpc.branch(:, BR_R) = mpc.branch(:, BR_R) ./ Zbase;\nmpc.branch(:, BR_X) = mpc.branch(:, BR_X) ./ Zbase;\n"
             "mpc.bus(:, PD) = mpc.bus(:, PD) * 1e-3; mpc.bus(:, QD) = 0.5 .* mpc.bus(:, PD);\n",
             "[PQ, PV, REF, NONE, BUS_I, BUS_TYPE, PD, QD, GS, BS, BUS_AREA, VM, ...\n    VA, BASE_KV, ZONE, VMAX, VMIN, LAM_P, LAM_Q, MU_VMAX, MU_VMIN] = idx_bus;\n"
             "[~, ~, BR_R, BR_X] = idx_brch;\nk = 1000;\nmpc.branch(:, BR_R:BR_X) = mpc.branch(:, BR_R:BR_X) * mpc.baseMVA / mpc.bus(1, BASE_KV)^2;\n"
             "mpc.bus(:, [PD QD]) = mpc.bus(:, [PD QD]) / k;\n",
             "pf = 2 / sqrt(5); S = sqrt(mpc.bus(:, 3).^2 + mpc.bus(:, 4).^2) / 1e3;\nmpc.bus(:, 3) = S * pf;\nmpc.bus(:, 4) = S .* sin(acos(pf));\n"
             "for_all = find(mpc.branch(:, 11) > 0);\nmpc.branch(for_all, 3:4) = mpc.branch(for_all, 3:4) / 10;\n",
         }) {
        ImportReport report;
        const City city = import_matpower_text(small_case(code), "small.m", report);
        EXPECT_DOUBLE_EQ(city.power.branches.reactance_pu[BranchId{1}], 0.02 / 10) << code;
        EXPECT_NEAR(city.power.loads.active_power_w[LoadId{1}], 0.4e3, 1e-9) << code;
        EXPECT_NEAR(city.power.loads.reactive_power_var[LoadId{1}], 0.2e3, 1e-9) << code;
    }
}

TEST(Matpower, FollowsControlFlow) {
    const auto space = evaluate("\xEF\xBB\xBF% a comment before the heading\n\nfunction m = f\nm.s = 0;\nfor k = 1:4, if k == 3, continue, end\n m.s = m.s + k; end\n"
                                "for column = [1 3; 2 4]\n m.last = column(end);\nend\n"
                                "m.n = 10;\nwhile m.n > 4\n  m.n = m.n - 1;\n  if m.n < 7 & ~isempty([1]), break; end\nend\n"
                                "if m.s > 100\n  m.way = 1; for i = 1:2, x(end + 1) = i; end\nelseif m.s == 7\n  m.way = 2;\nelse\n  m.way = 3;\nend\n"
                                "[m.rows, m.columns] = size(ones(2, 3));\nclear column k\nfprintf('%d buses\\n', 3);\nif nargin < 1, return; end\nm.s = 100;\n",
                                "x.m");
    EXPECT_EQ(number(space, "s"), 7);
    EXPECT_EQ(number(space, "last"), 4);
    EXPECT_EQ(number(space, "n"), 6);
    EXPECT_EQ(number(space, "way"), 2);
    EXPECT_EQ(number(space, "rows") * 10 + number(space, "columns"), 23);
    EXPECT_FALSE(space.variables.contains("k"));
}

TEST(Matpower, InfiniteLimitsAreNone) {
    ImportReport report;
    const City city = import_matpower_text(small_case("mpc.bus(3, [12 13]) = [Inf -Inf];\nmpc.branch(1, 6) = Inf;\nif ~isfield(mpc, 'gencost') & isfield(mpc, 'bus'), mpc.baseMVA = 20; end\n"
                                                      "mpc.bus(4, :) = [9 4 1 0 0 0 1 0 0 10 1 1.1 0.9];\n"),
                                           "small.m", report);
    EXPECT_TRUE(std::isnan(city.power.buses.max_voltage_pu[BusId{2}]) && std::isnan(city.power.buses.min_voltage_pu[BusId{2}]));
    EXPECT_EQ(city.power.branches.rated_power_va[BranchId{0}], 0);
    EXPECT_EQ(city.power.base_power_va, 20e6);
    EXPECT_FALSE(city.power.buses.in_service[BusId{3}]);   // nor does an isolated bus need a voltage to start from
    EXPECT_TRUE(validate(city).empty());
}

TEST(Matpower, AScriptIsACaseToo) {
    ImportReport report;
    const std::string text = small_case();
    EXPECT_EQ(import_matpower_text(text.substr(text.find('\n') + 1), "script.m", report).power.buses.id.size(), 3U);
}

TEST(Matpower, RowsCanBeTakenOutAndAdded) {
    ImportReport report;
    const City city = import_matpower_text(small_case("mpc.bus(4, :) = mpc.bus(3, :);\nmpc.bus(4, 1) = 9;\nmpc.bus(3, :) = [];\nmpc.branch(2, 2) = 9;\n"
                                                      "mpc.gen = [mpc.gen; 9 0.1 0 1 -1 1 10 1 1 0];\n"),
                                           "small.m", report);
    EXPECT_EQ(city.power.buses.id.vector(), (std::vector<std::string>{"1", "5", "9"}));
    EXPECT_EQ(city.power.branches.id.vector(), (std::vector<std::string>{"1-5", "5-9"}));
    EXPECT_EQ(city.power.generators.kind.vector(), (std::vector<GeneratorKind>{GeneratorKind::slack, GeneratorKind::power}));
    EXPECT_EQ(refusal(small_case("mpc.bus(2, 3) = [];\n")), "case.m:14: mpc.bus (nothing put in place of single numbers) whole rows or columns to remove, as in x(2, :) = []");
}

// What has no part in a power flow is counted, whatever stands in it.
TEST(Matpower, OtherFieldsAreCounted) {
    ImportReport report;
    import_matpower_text(small_case("mpc.areas = [1 1];\nmpc.gencost = [2 0 0 3 0.11 5 150; 2 0 0 3 0.085 1.2 600];\nmpc.bus_name = {\n  'one';\n  'it''s five';\n  'seven';\n};\n"
                                    "mpc.dcline = [1 7 1 10 8.9 0 0 1.01 1 1 10 -10 10 -10 10 0 0];\nmpc.reserves.zones = [1 1 1];\n"),
                         "small.m", report);
    const std::string text = to_text(report);
    for (const char* line : {"1  rows of mpc.areas", "2  rows of mpc.gencost", "1  rows of mpc.dcline", "1  rows of mpc.reserves.zones"}) EXPECT_NE(text.find(line), std::string::npos) << text;
}

TEST(Matpower, SaysWhereAndWhatIsWrong) {
    EXPECT_EQ(refusal(small_case("x = foo(3);\n")), "case.m:14: foo (cannot be evaluated: no variable and no function known here) numbers, or the usual functions");
    EXPECT_EQ(refusal(small_case("mpc = scale_load(2, mpc);\n")), "case.m:14: scale_load (cannot be evaluated: no variable and no function known here) numbers, or the usual functions");
    EXPECT_EQ(refusal(small_case("x = mpc;\n")), "case.m:14: mpc (cannot be evaluated: a whole case) one of its fields, as mpc.baseMVA");
    EXPECT_EQ(refusal(small_case("if true\n")), "case.m:14: if (is not closed) end");
    EXPECT_EQ(refusal(small_case("try\nend\n")), "case.m:14: try (cannot be evaluated: of control flow if, for and while are) plain assignments");
    EXPECT_EQ(refusal(small_case("while true\nend\n")), "case.m:14: loops (more than 200000 statements) fewer");
    EXPECT_EQ(refusal(small_case("", "9")), "case.m:7: type of bus 5 = 9 (no such type) 1 PQ, 2 PV, 3 reference, 4 isolated");
    EXPECT_EQ(refusal(small_case("", "1", "0")), "nothing was refused");  // r is left
    EXPECT_EQ(refusal(small_case("mpc.branch(1, 3:4) = 0;\n")), "case.m:12: branch 1-5: r = 0, x = 0 (no impedance) a small reactance, or one bus for the two");
    EXPECT_EQ(refusal(small_case("mpc.baseMVA = 0;\n")), "case.m: baseMVA = 0 (not a positive number) the base power in MVA, such as 100");
    EXPECT_EQ(refusal(small_case("mpc.bus(2, 1) = 1;\n")), "case.m:7: bus number = 1 (used twice) each once");
    EXPECT_EQ(refusal(small_case("mpc.gen(1, 8) = 0;\n")), "case.m: gen (no generator in service at a reference or PV bus) one that holds the voltage");
    EXPECT_EQ(refusal("function mpc = x\nmpc.bus = [1 2\n 3];\n"), "case.m:3: row (has 1 values) 2, as the rows above");
    EXPECT_EQ(refusal("mpc.bus = [1 2"), "case.m:1: [ (is not closed) ]");
    EXPECT_EQ(refusal("a = 1 $ 2;\n"), "case.m:1: $ (not a sign of the language) a MATPOWER case file");
}

TEST(Matpower, TwoSlacksMustAgree) {
    const auto second_at = [](const char* voltage) { return small_case(std::string("mpc.bus(3, 2) = 3;\nmpc.gen = [1 0 0 9 -9 1.02 10 1 9 0\n 7 0 0 9 -9 ") + voltage + " 10 1 9 0];\n"); };
    EXPECT_EQ(refusal(second_at("1.02")), "nothing was refused");
    EXPECT_EQ(refusal(second_at("1.01")),
              "case.m:16: generators row 1 '7': a second slack in one island, at 1.01 pu and 0 degree (generator '1' at bus '1' holds 1.02 pu and 0 degree) one slack, or the same voltage and angle");
}

TEST(Matpower, IsolatedLoadsAreRefused) {
    EXPECT_EQ(refusal(small_case("mpc.branch(2, 11) = 0;\n")),
              "case.m:8: power_loads row 1 '7': bus '7' (isolated: no branches in service lead there from a slack, whatever the switches) a branch to it, or the load out of service");
}

TEST(Matpower, ReadsTheReferenceCases) {
    const std::filesystem::path folder = std::filesystem::path(SHAHR_TEST_DATA) / "power";
    if (std::string(SHAHR_TEST_DATA).empty() || !std::filesystem::exists(folder)) GTEST_SKIP() << "SHAHR_TEST_DATA has no power";
    for (const char* name : {"case14", "case33bw", "case69", "case141", "case300"}) {
        ImportReport report;
        const City city = import_matpower(folder / name / (std::string(name) + ".m"), report);
        EXPECT_TRUE(validate(city).empty()) << name << ": " << validate(city).front();
    }
}

}  // namespace
}  // namespace shahr
