#include "sim/city/power_grid.h"

#include "sim/city/describe_power.h"

namespace shahr {
namespace {

// One row more in every column: zeros, and `none` for other tables' rows.
template <class Table>
typename Table::Id new_row(Table& table) {
    describe(table, [](std::string_view, auto& column, ColumnNote) {
        using Value = typename std::remove_cvref_t<decltype(column)>::value_type;
        if constexpr (requires { column.items(); })
            column.push_back({});
        else if constexpr (RowId<Value>)
            column.push_back(none<Value>);
        else
            column.push_back(Value{});
    });
    return as_id<typename Table::Id>(table.id.size() - 1);
}

}  // namespace

BusId add_bus(Buses& buses, std::string id, double base_voltage_v) {
    const BusId at = new_row(buses);
    buses.id[at] = std::move(id);
    buses.position[at] = {not_given_pu, not_given_pu};
    buses.base_voltage_v[at] = base_voltage_v;
    buses.initial_voltage_pu[at] = 1;
    buses.min_voltage_pu[at] = buses.max_voltage_pu[at] = not_given_pu;
    buses.in_service[at] = 1;
    return at;
}

BranchId add_branch(Branches& branches, std::string id, BranchKind kind, BusId from, BusId to) {
    const BranchId at = new_row(branches);
    branches.id[at] = std::move(id);
    branches.kind[at] = kind;
    branches.from[at] = from;
    branches.to[at] = to;
    branches.in_service[at] = branches.from_closed[at] = branches.to_closed[at] = 1;
    branches.tap_ratio[at] = 1;
    branches.back_resistance_pu[at] = branches.back_reactance_pu[at] = not_given_pu;
    branches.zero_resistance_pu[at] = branches.zero_reactance_pu[at] = kind == BranchKind::bus_switch ? 0 : not_given_pu;
    return at;
}

TransformerId add_transformer(Transformers& transformers, std::string id, BranchId branch) {
    const TransformerId at = new_row(transformers);
    transformers.id[at] = std::move(id);
    transformers.branch[at] = branch;
    transformers.target_voltage_pu[at] = 1;
    return at;
}

LoadId add_load(PowerLoads& loads, std::string id, BusId bus, double active_power_w, double reactive_power_var) {
    const LoadId at = new_row(loads);
    loads.id[at] = std::move(id);
    loads.bus[at] = bus;
    loads.in_service[at] = 1;
    loads.active_power_w[at] = active_power_w;
    loads.reactive_power_var[at] = reactive_power_var;
    loads.power_factor[at] = 1;
    loads.customers[at] = 1;
    return at;
}

GeneratorId add_generator(Generators& generators, std::string id, BusId bus, GeneratorKind kind) {
    const GeneratorId at = new_row(generators);
    generators.id[at] = std::move(id);
    generators.bus[at] = bus;
    generators.kind[at] = kind;
    generators.in_service[at] = 1;
    generators.min_reactive_power_var[at] = -std::numeric_limits<double>::infinity();
    generators.max_reactive_power_var[at] = std::numeric_limits<double>::infinity();
    generators.voltage_pu[at] = 1;
    return at;
}

ShuntId add_shunt(Shunts& shunts, std::string id, BusId bus, double active_power_w, double reactive_power_var) {
    const ShuntId at = new_row(shunts);
    shunts.id[at] = std::move(id);
    shunts.bus[at] = bus;
    shunts.in_service[at] = 1;
    shunts.active_power_w[at] = active_power_w;
    shunts.reactive_power_var[at] = reactive_power_var;
    return at;
}

double base_impedance_ohm(const PowerGrid& grid, BusId bus) {
    const double voltage_v = grid.buses.base_voltage_v[bus];
    return voltage_v * voltage_v / grid.base_power_va;
}

}  // namespace shahr
