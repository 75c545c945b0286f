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

TEST_F(Pandapower, TwoTapChangersWorkTogether) {
    write("trafo", ",hv_bus,lv_bus,sn_mva,vn_hv_kv,vn_lv_kv,vk_percent,vkr_percent,tap_side,tap_neutral,tap_step_percent,tap_pos,tap2_side,tap2_neutral,tap2_step_percent,tap2_step_degree,tap2_pos\n"
                   "0,0,4,0.4,20,0.4,4,1,hv,0,2.5,2,lv,1,1.5,90,3\n");
    const PowerGrid grid = read();
    const BranchId trafo{1};
    const double lv = std::hypot(1, 0.03);                 // two steps of 1.5 % at a right angle
    EXPECT_NEAR(grid.branches.tap_ratio[trafo], 1.05 / lv, 1e-12);
    EXPECT_NEAR(grid.branches.shift_degree[trafo], -std::atan(0.03) * 180 / M_PI, 1e-12);
    EXPECT_NEAR(grid.branches.reactance_pu[trafo], std::sqrt(0.04 * 0.04 - 0.01 * 0.01) / 0.4 * lv * lv, 1e-12);
}

TEST_F(Pandapower, IdealPhaseShiftersTurnTheAngleAlone) {
    write("trafo", ",hv_bus,lv_bus,sn_mva,vn_hv_kv,vn_lv_kv,vk_percent,vkr_percent,shift_degree,tap_side,tap_neutral,tap_step_percent,tap_step_degree,tap_pos,tap_phase_shifter\n"
                   "0,0,4,0.4,20,0.4,4,1,150,lv,0,,2,3,True\n");
    const PowerGrid grid = read();
    EXPECT_DOUBLE_EQ(grid.branches.tap_ratio[BranchId{1}], 1);
    EXPECT_DOUBLE_EQ(grid.branches.shift_degree[BranchId{1}], 150 - 6);
}

TEST_F(Pandapower, TapsAndLeakageByATableOfSteps) {
    const std::string header = ",hv_bus,lv_bus,sn_mva,vn_hv_kv,vn_lv_kv,vk_percent,vkr_percent,shift_degree,tap_side,tap_pos,tap_changer_type,tap_dependency_table,id_characteristic_table\n";
    write("trafo_characteristic_table", ",id_characteristic,step,voltage_ratio,angle_deg,vk_percent,vkr_percent\n0,7,1,1,0,4,1\n1,7,2,0.96,3,5,1\n2,8,2,0.9,0,6,1\n");
    write("trafo", header + "0,0,4,0.4,20,0.4,4,1,150,lv,2,Tabular,True,7\n");
    const PowerGrid grid = read();
    const BranchId trafo{1};
    EXPECT_DOUBLE_EQ(grid.branches.tap_ratio[trafo], 1 / 0.96);
    EXPECT_DOUBLE_EQ(grid.branches.shift_degree[trafo], 150 - 3);
    EXPECT_NEAR(grid.branches.resistance_pu[trafo], 0.01 / 0.4 * 0.96 * 0.96, 1e-12);
    EXPECT_NEAR(std::hypot(grid.branches.resistance_pu[trafo], grid.branches.reactance_pu[trafo]), 0.05 / 0.4 * 0.96 * 0.96, 1e-12);
    write("trafo", header + "0,0,4,0.4,20,0.4,4,1,150,lv,3,Tabular,True,7\n");
    EXPECT_EQ(refusal(), "trafo.csv:2: id_characteristic_table = 7 (trafo_characteristic_table.csv has no row of it for step 3) a row for each step, or tap_dependency_table False");
    write("trafo", header + "0,0,4,0.4,20,0.4,4,1,150,lv,3,Tabular,False,\n");
    EXPECT_DOUBLE_EQ(read().branches.tap_ratio[trafo], 1);
}

TEST_F(Pandapower, ShuntsByATableOfSteps) {
    write("shunt_characteristic_table", ",id_characteristic,step,q_mvar,p_mw\n0,0,1,-0.02,0.001\n1,0,3,-0.05,0.002\n");
    write("shunt", ",bus,q_mvar,p_mw,vn_kv,step,step_dependency_table,id_characteristic_table\n0,7,-9,9,0.4,3,True,0\n1,7,-0.01,0,0.8,2,False,\n");
    const PowerGrid grid = read();
    EXPECT_DOUBLE_EQ(grid.shunts.reactive_power_var[ShuntId{0}], -0.05e6);
    EXPECT_DOUBLE_EQ(grid.shunts.active_power_w[ShuntId{0}], 2e3);
    EXPECT_DOUBLE_EQ(grid.shunts.reactive_power_var[ShuntId{1}], -0.02e6 / 4);
}

TEST_F(Pandapower, AnImpedanceMayDifferByItsDirection) {
    write("impedance", ",from_bus,to_bus,rft_pu,xft_pu,rtf_pu,xtf_pu,sn_mva\n0,4,7,0.02,0.1,0.02,0.1,2\n1,4,7,0.02,0.1,0.03,0.1,2\n");
    const PowerGrid grid = read();
    EXPECT_TRUE(std::isnan(grid.branches.back_resistance_pu[BranchId{2}]));
    EXPECT_DOUBLE_EQ(grid.branches.resistance_pu[BranchId{3}], 0.01);
    EXPECT_DOUBLE_EQ(grid.branches.back_resistance_pu[BranchId{3}], 0.015);
    EXPECT_DOUBLE_EQ(grid.branches.back_reactance_pu[BranchId{3}], 0.05);
}

// At 90 degrees the reactor conducts in full, at 180 not at all.
TEST_F(Pandapower, StaticCompensators) {
    write("svc", ",bus,x_l_ohm,x_cvar_ohm,set_vm_pu,thyristor_firing_angle_degree,controllable,in_service,min_angle_degree,max_angle_degree\n0,7,1,-10,1.01,180,False,True,90,180\n1,7,1,-10,1.01,145,True,True,90,180\n");
    write("ssc", ",bus,r_ohm,x_ohm,set_vm_pu,controllable,in_service\n0,4,0,5,1.02,True,False\n");
    write("tcsc", ",from_bus,to_bus,x_l_ohm,x_cvar_ohm,thyristor_firing_angle_degree,controllable,in_service\n0,4,7,1,-10,90,False,True\n");
    const PowerGrid grid = read();
    EXPECT_NEAR(grid.shunts.reactive_power_var[ShuntId{0}], -0.4e3 * 0.4e3 / 10, 1e-9);
    const GeneratorId svc{1}, ssc{2};
    EXPECT_EQ(grid.generators.kind[svc], GeneratorKind::voltage);
    EXPECT_EQ(grid.generators.active_power_w[svc], 0);
    EXPECT_NEAR(grid.generators.max_reactive_power_var[svc], 404 * 404 / 10.0, 1e-6);
    EXPECT_NEAR(grid.generators.min_reactive_power_var[svc], -404 * 404 * (1 - 0.1), 1e-6);
    EXPECT_EQ(grid.generators.voltage_pu[ssc], 1.02);
    EXPECT_FALSE(grid.generators.in_service[ssc]);
    EXPECT_NEAR(grid.branches.reactance_pu[BranchId{2}], 1 / 0.9 / (0.4 * 0.4), 1e-12);
    write("tcsc", ",from_bus,to_bus,x_l_ohm,x_cvar_ohm,set_p_to_mw,controllable\n0,4,7,1,-10,1,True\n");
    EXPECT_EQ(refusal(), "tcsc.csv:2: controllable = True (the control of a flow is not supported) False, with its thyristor_firing_angle_degree");
}

TEST_F(Pandapower, DirectCurrentLinesAreTwoGenerators) {
    write("dcline", ",from_bus,to_bus,p_mw,loss_percent,loss_mw,vm_from_pu,vm_to_pu,min_q_from_mvar,max_q_from_mvar,in_service\n5,4,7,0.2,10,0.02,1.01,0.99,-inf,0.1,True\n");
    const PowerGrid grid = read();
    EXPECT_EQ(grid.generators.id.vector(), (std::vector<std::string>{"ext_grid 0", "dcline 5 from", "dcline 5 to"}));
    EXPECT_DOUBLE_EQ(grid.generators.active_power_w[GeneratorId{1}], -0.2e6);
    EXPECT_DOUBLE_EQ(grid.generators.active_power_w[GeneratorId{2}], 0.16e6);
    EXPECT_EQ(grid.generators.kind[GeneratorId{2}], GeneratorKind::voltage);
    EXPECT_EQ(grid.generators.voltage_pu[GeneratorId{2}], 0.99);
    EXPECT_EQ(grid.generators.min_reactive_power_var[GeneratorId{1}], -std::numeric_limits<double>::infinity());
    EXPECT_DOUBLE_EQ(grid.generators.max_reactive_power_var[GeneratorId{1}], 0.1e6);
}

TEST_F(Pandapower, GeneratorsHoldVoltagesWithinLimits) {
    write("gen", ",bus,p_mw,vm_pu,scaling,min_q_mvar,max_q_mvar,slack\n1,7,0.04,1.01,0.5,-0.01,,False\n2,0,0,1.02,1,,,True\n");
    const PowerGrid grid = read();
    EXPECT_DOUBLE_EQ(grid.generators.active_power_w[GeneratorId{1}], 0.02e6);
    EXPECT_DOUBLE_EQ(grid.generators.min_reactive_power_var[GeneratorId{1}], -0.01e6);
    EXPECT_EQ(grid.generators.max_reactive_power_var[GeneratorId{1}], std::numeric_limits<double>::infinity());
    EXPECT_EQ(grid.generators.kind[GeneratorId{2}], GeneratorKind::slack);
}

// A line stays under voltage from its other end, a transformer is out of service with its bus.
TEST_F(Pandapower, BusesOutOfService) {
    write("bus", ",name,vn_kv,in_service\n0,source,20,True\n4,station,0.4,True\n7,house,0.4,False\n9,dark,0.4,False\n");
    write("trafo", trafo_header + "0,0,4,0.4,20,0.4,4,1,0.5,0.25,150,hv,0,-2,2,2.5,1,Ratio,Dyn5\n1,0,9,0.4,20,0.4,4,1,0.5,0.25,150,hv,0,-2,2,2.5,1,Ratio,Dyn5\n");
    const PowerGrid grid = read();
    EXPECT_EQ(grid.branches.in_service.vector(), (std::vector<std::uint8_t>{1, 1, 0}));
}

TEST_F(Pandapower, LossesAtTheStarPoint) {
    write("bus", ",name,vn_kv,in_service\n0,source,110,True\n4,station,20,True\n7,house,20,True\n9,third,10,True\n");
    write("trafo", trafo_header);
    write("trafo3w", ",hv_bus,mv_bus,lv_bus,sn_hv_mva,sn_mv_mva,sn_lv_mva,vn_hv_kv,vn_mv_kv,vn_lv_kv,vk_hv_percent,vk_mv_percent,vk_lv_percent,vkr_hv_percent,vkr_mv_percent,vkr_lv_percent,pfe_kw,i0_percent,loss_side\n"
                     "0,0,4,9,40,40,40,110,20,10,10,12,14,0,0,0,30,0.1,star\n");
    const PowerGrid grid = read();
    EXPECT_EQ(grid.shunts.id.vector(), std::vector<std::string>{"trafo3w 0 star"});
    EXPECT_DOUBLE_EQ(grid.shunts.active_power_w[ShuntId{0}], 30e3);
    EXPECT_NEAR(grid.shunts.reactive_power_var[ShuntId{0}], std::sqrt(40e3 * 40e3 - 30e3 * 30e3), 1e-6);
    EXPECT_EQ(grid.branches.conductance_from_pu[BranchId{1}], 0);
}

TEST_F(Pandapower, TablesThatAreNotReadAreCounted) {
    write("poly_cost", ",element,et,cp1_eur_per_mw\n0,0,ext_grid,1\n");
    write("windmill", ",bus\n0,7\n1,7\n");
    write("res_bus", ",vm_pu\n0,1\n");
    ImportReport report;
    import_pandapower(folder_ / "", report);
    const std::string text = to_text(report);
    EXPECT_NE(text.find("1  rows of poly_cost.csv (not a part of the power flow)"), std::string::npos) << text;
    EXPECT_NE(text.find("2  rows of windmill.csv (a table that is not known here)"), std::string::npos) << text;
    EXPECT_EQ(text.find("res_bus"), std::string::npos) << text;
}

TEST_F(Pandapower, SpreadsheetsSeparateBySemicolons) {
    write("load", "Unnamed: 0;bus;p_mw;in_service\n8;7;0.05;FALSE\n");
    const PowerGrid grid = read();
    EXPECT_EQ(grid.loads.id.vector(), std::vector<std::string>{"load 8"});
    EXPECT_FALSE(grid.loads.in_service[LoadId{0}]);
}

TEST_F(Pandapower, WhatTheRowsMakeTogetherIsSaidOfTheirPlace) {
    write("ext_grid", ",bus,vm_pu\n0,0,1.02\n3,4,1.01\n");
    EXPECT_EQ(refusal(), "ext_grid.csv:3: generators row 1 'ext_grid 3': a second slack in one island, at 1.01 pu and 0 degree (generator 'ext_grid 0' at bus '0' holds 1.02 pu and 0 degree) one slack, or the same voltage and angle");
    write("ext_grid", ",bus,vm_pu,in_service\n0,0,1.02,False\n");
    EXPECT_EQ(refusal(), "load.csv:2: power_loads row 0 'load 2': bus '7' (isolated: no branches in service lead there from a slack, whatever the switches) a branch to it, or the load out of service");
    write("line", ",from_bus,to_bus,length_km,r_ohm_per_km,x_ohm_per_km\n3,0,7,0.5,0.2,0.08\n");
    EXPECT_EQ(refusal(), "line.csv:2: branches row 0 'line 3': joins buses of 20000 V and 400 V (a line) equal base voltages, or a transformer");
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
    write("switch", ",bus,element,et,closed\n");
    write("trafo", ",hv_bus,lv_bus,sn_mva,vn_hv_kv,vn_lv_kv,vk_percent,vkr_percent,tap_dependent_impedance\n0,0,4,0.4,20,0.4,4,1,True\n");
    EXPECT_EQ(refusal(), "trafo.csv:2: tap_dependent_impedance = True (the leakage by a spline, which no table holds) tap_dependency_table and trafo_characteristic_table.csv");
}

}  // namespace
}  // namespace shahr
