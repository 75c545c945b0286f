// Values by the step of a tap changer or a shunt: pandapower's "trafo_characteristic_table" and "shunt_characteristic_table".
#include <fmt/format.h>

#include "sim/import/pandapower/folder.h"

namespace shahr::pandapower {

std::optional<StepRow> row_of_step(const CsvTable& steps, const CsvTable& t, std::size_t r, const StepColumns& columns) {
    if (!t.flag_or(r, columns.by_table, false)) return std::nullopt;
    const std::int64_t id = t.whole(r, "id_characteristic_table"), step = t.whole(r, columns.step);
    for (std::size_t row = 0; row < steps.rows(); ++row)
        if (steps.whole(row, "id_characteristic") == id && steps.whole(row, "step") == step) return StepRow{&steps, row};
    t.reject(r, "id_characteristic_table", fmt::format("{}.csv has no row of it for step {}", columns.table, step), fmt::format("a row for each step, or {} False", columns.by_table));
}

}  // namespace shahr::pandapower
