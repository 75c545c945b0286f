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

// The network of the tables above as to_json writes it, a frame as a text or as it stands.
class PandapipesJson : public Pandapipes {
protected:
    static std::string quoted(const std::string& text) {
        std::string out = "\"";
        for (const char c : text) out.append(c == '"' || c == '\\' ? 1 : 0, '\\') += c;
        return out + '"';
    }
    static std::string frame(const std::string& name, const std::string& split, bool as_text) {
        return quoted(name) + R"(: {"_module": "pandas.core.frame", "_class": "DataFrame", "orient": "split", "_object": )" + (as_text ? quoted(split) : split) + "}, ";
    }
    std::string network(bool as_text, const std::string& fluid = "water") const {
        return R"({"_module": "pandapipes.pandapipes_net", "_class": "pandapipesNet", "_object": {)" +
               frame("junction", R"({"columns": ["name", "pn_bar", "tfluid_k", "height_m", "in_service"], "index": [0, 1, 2, 3, 4], "data": [["a \"b\", c", 5, 333.15, 0, true], [null, 5, 333.15, 0, true], [null, 5, 333.15, 0, true], [null, 5, 333.15, 0, true], [null, 5, 333.15, 0, false]]})", as_text) +
               frame("pipe", R"({"columns": ["from_junction", "to_junction", "length_km", "inner_diameter_mm", "k_mm", "loss_coefficient", "u_w_per_m2k", "text_k", "in_service"], "index": [0, 1], "data": [[0, 1, 0.5, 80, 0.1, 0, 2, 283.15, true], [2, 3, 0.5, 80, 0.1, 0, 2, 283.15, true]]})", as_text) +
               frame("circ_pump_pressure", R"({"columns": ["return_junction", "flow_junction", "p_flow_bar", "t_flow_k", "plift_bar", "in_service"], "index": [0], "data": [[3, 0, 5, 353.15, 2, true]]})", as_text) +
               frame("heat_consumer", R"({"columns": ["from_junction", "to_junction", "qext_w", "controlled_mdot_kg_per_s", "deltat_k", "treturn_k", "in_service"], "index": [0], "data": [[1, 2, 1e5, null, 30, null, true]]})", as_text) +
               frame("controller", R"({"columns": ["object"], "index": [], "data": []})", as_text) + R"("name": "town", "fluid": {"_module": "pandapipes.properties.fluids", "_class": "Fluid", "_object": {"name": ")" + fluid + "\"}}}}";
    }
    City read_json(const std::string& text) {
        std::ofstream(folder_ / "town.json") << text;
        return import_pandapipes(folder_ / "town.json", report_);
    }
    std::string refusal_of(const std::string& text) {
        try {
            read_json(text);
        } catch (const InputError& error) {
            return error.what();
        }
        return "";
    }
};

TEST_F(PandapipesJson, GivesTheSameNetworkAsTheTables) {
    const HeatNetwork tables = read().heat;
    for (const bool as_text : {true, false}) {
        const City city = read_json(network(as_text));
        EXPECT_EQ(city.name, "town");
        EXPECT_EQ(city.heat.nodes.id.vector(), tables.nodes.id.vector());
        EXPECT_EQ(city.heat.links.id.vector(), tables.links.id.vector());
        EXPECT_EQ(city.heat.links.heat_loss_wpmk.vector(), tables.links.heat_loss_wpmk.vector());
        EXPECT_EQ(city.heat.plants.lift_pa.vector(), tables.plants.lift_pa.vector());
        EXPECT_EQ(city.heat.consumers.heat_w.vector(), tables.consumers.heat_w.vector());
        EXPECT_TRUE(std::isnan(city.heat.consumers.flow_kgps[HeatConsumerId{0}]));
    }
    EXPECT_TRUE(is_pandapipes(folder_ / "town.json"));
}

TEST_F(PandapipesJson, SaysWhatIsWrong) {
    EXPECT_NE(refusal_of(network(true, "lgas")).find("fluid = \"lgas\" (cannot be simulated) water"), std::string::npos);
    EXPECT_NE(refusal_of(network(true).substr(0, 700)).find("no JSON: it is cut off"), std::string::npos);
    EXPECT_NE(refusal_of(R"({"_class": "pandapowerNet", "_object": {}})").find("a power grid of pandapower"), std::string::npos);
    EXPECT_NE(refusal_of(R"({"_class": 5, "_object": {}})").find("a file that pandapipes.to_json has written"), std::string::npos);
    EXPECT_NE(refusal_of(R"({"_class": "pandapipesNet", "_object": {"pipe": {"_class": "DataFrame", "_object": {"columns": []}}}})").find("town.json: pipe (a frame without columns, index and data)"), std::string::npos);
    EXPECT_NE(refusal_of(R"({"_class": "pandapipesNet", "_object": {}})").find("junction (no rows)"), std::string::npos);
    std::string elsewhere = network(false);
    elsewhere.replace(elsewhere.find("[[0, 1, 0.5"), 5, "[[9, ");
    EXPECT_NE(refusal_of(elsewhere).find("town.json: pipe:2: from_junction = 9 (no such junction in service)"), std::string::npos);
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
