#include "sim/import/pandapower_import.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sim/base/error.h"
#include "sim/city/validate.h"
#include "tests/sim/base/scratch.h"

namespace shahr {
namespace {

// A transformer, a line and a load; files can be added or replaced.
class Pandapower : public testing::Test {
protected:
    Pandapower() {
        write("bus", ",name,vn_kv,in_service\n0,source,20,True\n4,station,0.4,True\n7,house,0.4,True\n");
        write("ext_grid", ",bus,vm_pu,va_degree,in_service,s_sc_max_mva,rx_max,r0x0_max,x0x_max\n0,0,1.02,0,True,1000,0.1,0.1,1\n");
        write("trafo", trafo_header + "0,0,4,0.4,20,0.4,4,1,0.5,0.25,150,hv,0,-2,2,2.5,1,Ratio,Dyn5\n");
        write("line", ",from_bus,to_bus,length_km,r_ohm_per_km,x_ohm_per_km,c_nf_per_km,max_i_ka,type,r0_ohm_per_km,x0_ohm_per_km\n3,4,7,0.5,0.2,0.08,200,0.27,cs,0.8,0.32\n");
        write("load", ",bus,p_mw,q_mvar,scaling,const_z_p_percent,const_i_p_percent\n2,7,0.05,0.01,0.5,40,20\n");
    }
    void write(const std::string& table, const std::string& text) { std::ofstream(folder_ / (table + ".csv")) << text; }
    PowerGrid read() {
        ImportReport report;
        const City city = import_pandapower(folder_ / "", report);
        EXPECT_TRUE(validate(city).empty()) << validate(city).front();
        return city.power;
    }
    std::string refusal() {
        ImportReport report;
        try {
            import_pandapower(folder_ / "", report);
        } catch (const InputError& error) {
            const std::string text = error.what();
            return text.substr(text.rfind('/') + 1);
        }
        return "nothing was refused";
    }
    const std::string trafo_header = ",hv_bus,lv_bus,sn_mva,vn_hv_kv,vn_lv_kv,vk_percent,vkr_percent,pfe_kw,i0_percent,shift_degree,tap_side,tap_neutral,tap_min,tap_max,tap_step_percent,tap_pos,tap_changer_type,vector_group\n";
    Scratch folder_;
};

TEST_F(Pandapower, LinesInPerUnitOfTheirBuses) {
    const PowerGrid grid = read();
    const BranchId line{0};
    EXPECT_EQ(grid.branches.id[line], "line 3");
    EXPECT_EQ(grid.branches.kind[line], BranchKind::cable);
    const double base_ohm = 0.4 * 0.4;         // at 1 MVA
    EXPECT_DOUBLE_EQ(grid.branches.resistance_pu[line], 0.1 / base_ohm);
    EXPECT_DOUBLE_EQ(grid.branches.susceptance_from_pu[line], 2 * M_PI * 50 * 200e-9 * 0.5 * base_ohm / 2);
    EXPECT_DOUBLE_EQ(grid.branches.rated_current_to_a[line], 270);
    EXPECT_DOUBLE_EQ(grid.branches.zero_reactance_pu[line], 0.16 / base_ohm);
}

TEST_F(Pandapower, TransformersByTheirPlates) {
    const PowerGrid grid = read();
    const BranchId trafo{1};
    EXPECT_DOUBLE_EQ(grid.branches.tap_ratio[trafo], 1.025);
    EXPECT_EQ(grid.branches.shift_degree[trafo], 150);
    EXPECT_NEAR(grid.branches.resistance_pu[trafo], 0.01 / 0.4, 1e-5);   // the T circuit moves it a little
    EXPECT_NEAR(grid.branches.reactance_pu[trafo], std::sqrt(0.04 * 0.04 - 0.01 * 0.01) / 0.4, 1e-3);
    EXPECT_NEAR(grid.branches.conductance_from_pu[trafo] + grid.branches.conductance_to_pu[trafo], 0.5e-3, 1e-6);
    EXPECT_NEAR(grid.branches.rated_current_to_a[trafo], 577.35, 0.01);
    EXPECT_EQ(grid.transformers.tap_position[TransformerId{0}], 1);
    EXPECT_EQ(grid.transformers.vector_group[TransformerId{0}], "Dyn5");
}

TEST_F(Pandapower, ADeltaWindingStopsTheZeroSequence) {
    write("trafo", ",hv_bus,lv_bus,sn_mva,vn_hv_kv,vn_lv_kv,vk_percent,vkr_percent,vector_group,vk0_percent,vkr0_percent,mag0_percent,mag0_rx,si0_hv_partial\n0,0,4,0.4,20,0.4,4,0,Dyn,4,0,1000,0,0.5\n");
    const PowerGrid grid = read();
    const BranchId trafo{1};
    EXPECT_EQ(grid.branches.zero_resistance_pu[trafo], std::numeric_limits<double>::infinity());
    EXPECT_EQ(grid.branches.zero_susceptance_from_pu[trafo], 0);
    // Seen from lv: half the leakage and then the other half beside the magnetising impedance, a thousand times as large.
    EXPECT_NEAR(-1 / grid.branches.zero_susceptance_to_pu[trafo], 0.1 * (0.5 + 0.5 / 1.0005), 1e-6);
}

TEST_F(Pandapower, LoadsAreScaledAndShared) {
    const PowerGrid grid = read();
    EXPECT_EQ(grid.loads.id.vector(), std::vector<std::string>{"load 2"});
    EXPECT_DOUBLE_EQ(grid.loads.active_power_w[LoadId{0}], 25e3);
    EXPECT_DOUBLE_EQ(grid.loads.impedance_share_p[LoadId{0}], 0.4);
    EXPECT_DOUBLE_EQ(grid.loads.current_share_p[LoadId{0}], 0.2);
    EXPECT_NEAR(grid.generators.source_reactance_pu[GeneratorId{0}], 1.1e-3 / std::sqrt(1.01), 1e-12);
}

TEST_F(Pandapower, PhasesBecomeLoadsOfTheirOwn) {
    write("asymmetric_load", ",bus,p_a_mw,q_a_mvar,p_b_mw,q_b_mvar,p_c_mw,q_c_mvar,type\n0,7,0.001,0,0,0,0.002,0.001,wye\n1,7,0,0,0.003,0,0,0,delta\n");
    const PowerGrid grid = read();
    EXPECT_EQ(grid.loads.id.vector(), (std::vector<std::string>{"load 2", "asymmetric_load 0 a", "asymmetric_load 0 c", "asymmetric_load 1 b"}));
    EXPECT_EQ(grid.loads.phase.vector(), (std::vector<Phase>{Phase::abc, Phase::a, Phase::c, Phase::bc}));
}

TEST_F(Pandapower, OpenSwitchesOpenEnds) {
    write("switch", ",bus,element,et,closed,z_ohm\n0,7,3,l,False,0\n1,4,7,b,False,0\n2,0,0,t,True,0\n");
    const PowerGrid grid = read();
    EXPECT_TRUE(grid.branches.from_closed[BranchId{0}]);
    EXPECT_FALSE(grid.branches.to_closed[BranchId{0}]);
    EXPECT_EQ(grid.branches.kind[BranchId{2}], BranchKind::bus_switch);
    EXPECT_FALSE(grid.branches.from_closed[BranchId{2}]);
}

TEST_F(Pandapower, ThreeWindingsMeetInAStar) {
    write("bus", ",name,vn_kv,in_service\n0,source,110,True\n4,station,20,True\n7,house,20,True\n9,third,10,True\n");
    write("trafo", trafo_header);
    write("trafo3w", ",hv_bus,mv_bus,lv_bus,sn_hv_mva,sn_mv_mva,sn_lv_mva,vn_hv_kv,vn_mv_kv,vn_lv_kv,vk_hv_percent,vk_mv_percent,vk_lv_percent,vkr_hv_percent,vkr_mv_percent,vkr_lv_percent,pfe_kw,i0_percent\n"
                     "0,0,4,9,40,40,40,110,20,10,10,12,14,0,0,0,0,0\n");
    const PowerGrid grid = read();
    EXPECT_EQ(grid.buses.id.vector().back(), "trafo3w 0 star");
    // With equal ratings the classical star: (hm + hl - ml) / 2 and so on, here per 40 MVA.
    EXPECT_NEAR(grid.branches.reactance_pu[BranchId{1}] * 40, (0.10 + 0.14 - 0.12) / 2, 1e-12);
    EXPECT_NEAR(grid.branches.reactance_pu[BranchId{2}] * 40, (0.10 + 0.12 - 0.14) / 2, 1e-12);
    EXPECT_NEAR(grid.branches.reactance_pu[BranchId{3}] * 40, (0.12 + 0.14 - 0.10) / 2, 1e-12);
}

TEST_F(Pandapower, SaysWhereAndWhatIsWrong) {
    write("load", ",bus,p_mw\n0,8,0.05\n");
    EXPECT_EQ(refusal(), "load.csv:2: bus = 8 (no such bus) the number of a row of bus.csv");
    write("load", ",bus,p_mw\n0,7,much\n");
    EXPECT_EQ(refusal(), "load.csv:2: p_mw = much (no number) a finite number");
    write("load", ",bus,p_mw\n");
    write("switch", ",bus,element,et,closed\n0,0,3,l,False\n");
    EXPECT_EQ(refusal(), "switch.csv:2: bus = 0 ('line 3' has no end there) a bus of the element");
    write("switch", ",bus,element,et,closed\n0,7,9,l,False\n");
    EXPECT_EQ(refusal(), "switch.csv:2: element = 9 (there is no 'line 9') one of its table");
}

}  // namespace
}  // namespace shahr
