#include "tests/sim/import/sumo/crafted.h"

namespace shahr {
namespace {

CraftedNet signalised(const std::string& logic) {
    CraftedNet net;
    net.junction_type = "traffic_light";
    net.signal = R"( tl="t" linkIndex="%")";
    net.more = logic;
    return net;
}

const std::string two_phases = R"(<tlLogic id="t" type="static" programID="0" offset="5"><phase duration="30" state="rrGG"/><phase duration="3.5" state="rryy"/><phase duration="20" state="Ggrr"/></tlLogic>)";

TEST(SumoSignals, AProgrammeIsItsPhases) {
    const Imported i = import_text(signalised(two_phases).text());
    const auto& n = i.city.network;
    ASSERT_EQ(n.signals.id.vector(), std::vector<std::string>{"t"});
    EXPECT_EQ(n.signals.offset[SignalId{0}], Duration(5000));
    EXPECT_EQ(n.signals.cycle[SignalId{0}], Duration(53500));
    ASSERT_EQ(n.signal_phases.duration.size(), 3u);
    EXPECT_EQ(n.signal_phases.duration[PhaseId{1}], Duration(3500));
    const auto third = n.signal_phases.aspects[PhaseId{2}];
    EXPECT_EQ(std::vector(third.begin(), third.end()), (std::vector{Aspect::green, Aspect::green_minor, Aspect::red, Aspect::red}));
    EXPECT_EQ(n.movements.signal_link[i.movement("sc_0", "cw_0")], 1);
    EXPECT_EQ(n.movements.signal[i.movement("wc_0", "ce_0")], SignalId{0});
}

TEST(SumoSignals, EveryLetterHasItsAspect) {
    const Imported i = import_text(signalised(R"(<tlLogic id="t" type="static" programID="0"><phase duration="9" state="rugGyYsoO"/></tlLogic>)").text());
    using enum Aspect;
    const auto shown = i.city.network.signal_phases.aspects[PhaseId{0}];
    EXPECT_EQ(std::vector(shown.begin(), shown.end()), (std::vector{red, red_amber, green_minor, green, yellow, yellow, green_minor, off, off}));
    EXPECT_EQ(i.count("signal states 's' (turn on red after stopping)"), 1);
}

TEST(SumoSignals, TheLastProgrammeCounts) {
    const Imported i = import_text(signalised(two_phases).text(), "", R"(<additional><tlLogic id="t" type="static" programID="night" offset="0"><phase duration="60" state="gggg"/></tlLogic></additional>)");
    EXPECT_EQ(i.city.network.signals.cycle[SignalId{0}], Duration(60000));
    EXPECT_EQ(i.count("signal programmes"), 1);
    EXPECT_EQ(i.city.network.signal_phases.duration.size(), 1u);
}

TEST(SumoSignals, ActuatedOnesRunByTheirPhases) {
    std::string logic = two_phases;
    logic.replace(logic.find("static"), 6, "actuated");
    const Imported i = import_text(signalised(logic).text());
    EXPECT_EQ(i.city.network.signals.cycle[SignalId{0}], Duration(53500));
    EXPECT_EQ(i.count("actuated signal programmes"), 1);
}

TEST(SumoSignals, ASignalWithoutProgrammeIsNone) {
    const Imported i = import_text(signalised("").text());
    EXPECT_FALSE(is_some(i.city.network.movements.signal[MovementId{0}]));
    EXPECT_EQ(i.city.network.movements.signal_link[MovementId{0}], -1);
    EXPECT_EQ(i.count("connections of signals without a programme"), 4);
}

TEST(SumoSignals, ProgrammesThatDoNotFitAreRefused) {
    const auto logic = [](const std::string& phases) { return signalised(R"(<tlLogic id="t" type="static" programID="0">)" + phases + "</tlLogic>").text(); };
    EXPECT_NE(complaint(logic(R"(<phase duration="9" state="gg"/>)")).find("linkIndex = \"2\" (the programme of signal t has fewer links)"), std::string::npos);
    EXPECT_NE(complaint(logic(R"(<phase duration="9" state="gggg"/><phase duration="9" state="ggg"/>)")).find("state = \"ggg\" (has another length"), std::string::npos);
    EXPECT_NE(complaint(logic(R"(<phase duration="9" state="ggxg"/>)")).find("'x' is no signal state"), std::string::npos);
    EXPECT_NE(complaint(logic("")).find("has no phase that lasts"), std::string::npos);
}

}  // namespace
}  // namespace shahr
