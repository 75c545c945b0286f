#include "sim/import/pandapipes_import.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.h"
#include "sim/city/validate.h"
#include "tests/sim/base/scratch.h"

namespace shahr {
namespace {

// A folder with the tables of a small network: a circulation pump, a pipe each way, a consumer.
class Pandapipes : public testing::Test {
protected:
    Pandapipes() {
        table("junction", ",pn_bar,tfluid_k,height_m,in_service\n0,5,333.15,0,True\n1,5,333.15,0,True\n2,5,333.15,0,True\n3,5,333.15,0,True\n4,5,333.15,0,False\n");
        table("pipe", ",from_junction,to_junction,length_km,inner_diameter_mm,k_mm,loss_coefficient,u_w_per_m2k,text_k,in_service\n0,0,1,0.5,80,0.1,0,2,283.15,True\n1,2,3,0.5,80,0.1,0,2,283.15,True\n");
        table("circ_pump_pressure", ",return_junction,flow_junction,p_flow_bar,t_flow_k,plift_bar,in_service\n0,3,0,5,353.15,2,True\n");
        table("heat_consumer", ",from_junction,to_junction,qext_w,controlled_mdot_kg_per_s,deltat_k,treturn_k,in_service\n0,1,2,100000,,30,,True\n");
    }
    void table(const std::string& name, const std::string& text) const { std::ofstream(folder_ / (name + ".csv")) << text; }
    City read() { return import_pandapipes(folder_ / "", report_); }
    std::string refusal() {
        try {
            read();
        } catch (const InputError& error) {
            return error.what();
        }
        return "";
    }

    Scratch folder_;
    ImportReport report_;
};

TEST_F(Pandapipes, ReadsPipesPlantsAndConsumers) {
    const City city = read();
    EXPECT_EQ(validate(city, 5), std::vector<std::string>{});
    const HeatNetwork& heat = city.heat;
    ASSERT_EQ(heat.nodes.id.size(), 4u);       // one junction is out of service
    const HeatLinkId pipe{0};
    EXPECT_DOUBLE_EQ(heat.links.length_m[pipe], 500);
    EXPECT_NEAR(heat.links.heat_loss_wpmk[pipe], 2 * 3.14159265 * 0.08, 1e-6);
    EXPECT_NEAR(heat.links.ground_c[pipe], 10, 1e-9);
    EXPECT_NEAR(heat.links.fluid_c[pipe], 60, 1e-9);
    EXPECT_NEAR(heat.plants.supply_c[HeatPlantId{0}], 80, 1e-9);
    EXPECT_DOUBLE_EQ(heat.plants.lift_pa[HeatPlantId{0}], 2e5);
    EXPECT_DOUBLE_EQ(heat.nodes.pressure_pa[HeatNodeId{0}], 5e5);
    EXPECT_DOUBLE_EQ(heat.consumers.delta_k[HeatConsumerId{0}], 30);
    EXPECT_TRUE(std::isnan(heat.consumers.flow_kgps[HeatConsumerId{0}]));
}

TEST_F(Pandapipes, SourcesSinksAndStoragesAddUpAtTheirJunctions) {
    table("sink", ",junction,mdot_kg_per_s,scaling,in_service\n0,1,0.2,2,True\n1,1,9,1,False\n");
    table("source", ",junction,mdot_kg_per_s,scaling,in_service\n0,1,0.1,1,True\n");
    table("mass_storage", ",junction,mdot_kg_per_s,scaling,in_service\n0,2,0.3,1,True\n");
    const City city = read();
    EXPECT_NEAR(city.heat.nodes.inflow_kgps[HeatNodeId{1}], -0.3, 1e-12);
    EXPECT_NEAR(city.heat.nodes.inflow_kgps[HeatNodeId{2}], -0.3, 1e-12);
}

TEST_F(Pandapipes, AFlowControlThatDoesNotControlIsAnOpenValve) {
    table("flow_control", ",from_junction,to_junction,controlled_mdot_kg_per_s,control_active,in_service\n0,1,2,0.5,True,True\n1,1,2,0.7,False,True\n");
    const City city = read();
    EXPECT_EQ(city.heat.consumers.id.size(), 2u);
    EXPECT_DOUBLE_EQ(city.heat.consumers.flow_kgps[HeatConsumerId{1}], 0.5);
    EXPECT_EQ(city.heat.links.kind.vector().back(), HeatLinkKind::valve);
    EXPECT_EQ(validate(city, 5), std::vector<std::string>{});
}

TEST_F(Pandapipes, AClosedValveAtAPipesEndClosesThePipe) {
    table("valve", ",junction,element,et,opened,loss_coefficient,inner_diameter_mm\n0,0,0,pi,False,3,80\n");
    const City city = read();
    EXPECT_EQ(city.heat.links.open[HeatLinkId{0}], 0);
    EXPECT_DOUBLE_EQ(city.heat.links.loss_coefficient[HeatLinkId{0}], 3);
}

TEST_F(Pandapipes, WhatCannotBeSimulatedIsRefusedWithItsPlace) {
    table("pressure_control", ",from_junction,to_junction,controlled_junction,controlled_p_bar\n0,1,2,2,3\n");
    EXPECT_NE(refusal().find("pressure_control.csv (a table that cannot be simulated)"), std::string::npos) << refusal();
    std::filesystem::remove(folder_ / std::string("pressure_control.csv"));
    table("heat_consumer", ",from_junction,to_junction,qext_w,controlled_mdot_kg_per_s,deltat_k,treturn_k,in_service\n0,1,2,100000,1,30,,True\n");
    EXPECT_NE(refusal().find("3 of qext_w"), std::string::npos) << refusal();
    table("heat_consumer", ",from_junction,to_junction,qext_w,controlled_mdot_kg_per_s,deltat_k,treturn_k,in_service\n0,1,7,100000,,30,,True\n");
    EXPECT_NE(refusal().find("to_junction = 7 (no such junction in service)"), std::string::npos) << refusal();
}

}  // namespace
}  // namespace shahr
