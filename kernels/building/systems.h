// What the systems of the buildings take from the grids: electricity, gas, coal and district heat, from the loads of their
// zones, the way they are used, and the weather.
#pragma once
#include <array>
#include <chrono>
#include <vector>

#include "kernels/base/array.h"
#include "kernels/base/heat_channels.h"
#include "sim/base/time.h"
#include "sim/city/city.h"
#include "sim/run/engine.h"
#include "sim/scenario/scenario.h"

namespace shahr::SHAHR_BACKEND::building {

// Results of a building, W, means over the step. `electric` is what it takes from the grid: demand less panels and battery, negative
// where it gives. `space_heat` and `hot_water` are heat delivered inside, whatever it comes from; `demand` is all electricity used.
enum class SystemRow : Index { electric, gas, coal, district_heat, space_heat, hot_water, cooling, demand, panels, count };
inline constexpr Index system_rows = static_cast<Index>(SystemRow::count);

// Where the loads and the weather of a block stand.
struct SystemInputs {
    View<const double> heating_w, cooling_w;   // [step][member][zone]
    View<const double> temperature_c;          // outdoors, [step][member]
    View<const double> panel_sun_w_m2;         // in the panels' plane, [step][member]; of size 0: no sun
    View<const double> hot_water_most_w;       // offered by the district heating network, [building of the city][member]; of size 0: no bound
};

class Systems {
public:
    // `first_day`: the day of midnight 0 of the run's clock.
    Systems(const City& city, Index members, Index most_steps, std::chrono::sys_days first_day, const CarbonFactors& carbon);

    bool empty() const { return count_ == 0; }
    // Writes the channel "hot_water" for the hour that begins now, as if all that is asked for were taken.
    void start(Duration now, View<double> hot_water) const;
    // All steps of a block. Writes the channels "electric_load": [building of the city][step][member], with room for
    // most_steps * members in each row, and "hot_water": [HotWaterRow][building][step][member].
    void advance(const Tick& tick, const SystemInputs& in, View<double> electric_load, View<double> hot_water);

    // Appends the fields of the group "buildings", a value for each building of the city (NaN: it has no systems): for one step of
    // the last block (-1: the last), or the means since begin_interval() (NaN if nothing has been stepped).
    void observe_step(Frame& frame, Index step, Index member) const;
    void observe_interval(Frame& frame, Index member) const;
    void begin_interval();
    // Energies since the start by carrier, the peak of the whole city, CO2.
    void indicators(std::vector<Kpi>& kpis, Index member) const;

    void save(Archive& archive) const;
    void load(Archive& archive);

private:
    void add_fields(Frame& frame, const auto& value_of) const;
    double energy_j(SystemRow row, Index member) const;

    Index count_ = 0, members_ = 1, zones_ = 0, steps_ = 1, most_steps_ = 1;
    std::size_t buildings_ = 0;
    std::chrono::sys_days first_day_;
    CarbonFactors carbon_;
    double floor_area_m2_ = 0;
    std::vector<std::int32_t> building_of_host_;
    Array<Index> building_of_, heating_, hot_water_, usage_, first_zone_, zone_;
    Array<float> floor_m2_, cooled_share_, electric_cooking_, pv_w_, battery_j_, cars_home_, cars_work_, cars_public_;
    std::array<Array<float>, 4> use_w_m2_;     // appliances, lighting, hot water, cooking: [usage][month, kind of day, hour]
    Array<Index> hour_;                        // of each step: place in those
    Array<float> results_;                     // [SystemRow][system][step][member]
    mutable std::vector<float> shown_results_;  // of the last block, once somebody has asked
    mutable bool shown_ = false;
    Array<double> energy_j_;                   // [SystemRow][system][member] since the start
    std::vector<double> energy_before_j_;      // the same at the begin of the interval
    double interval_s_ = 0;
    Array<double> charge_j_;                   // [system][member]
    Array<double> total_w_, peak_w_;           // [step][member], [member]: electric load of the whole city
};

}  // namespace shahr::SHAHR_BACKEND::building
