// Buildings as an engine: the heat balance of every thermal zone, for all members, in blocks of hours.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "kernels/base/bus.h"
#include "kernels/building/simple.h"
#include "kernels/building/sunlit.h"
#include "kernels/building/zones.h"
#include "sim/city/orientations.h"
#include "sim/run/backend.h"

namespace shahr::SHAHR_BACKEND::building {

// Fills the weather's channels for any steps: the building engine looks back before the start with it.
using WriteWeather = std::function<void(const Tick&)>;

class BuildingEngine : public Engine {
public:
    // After the weather engine has opened its channels. Opens "zones": value[ZoneRow][step][member * zones + zone], for who
    // supplies the zones; a block holds as many steps as the weather's.
    BuildingEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus, WriteWeather write_weather);

    EngineId id() const override { return EngineId::building; }
    std::string_view name() const override { return "buildings"; }
    Duration period() const override { return std::chrono::hours{1}; }
    int max_block() const override { return static_cast<int>(most_steps_); }
    std::vector<std::string_view> groups() const override;

    void start(Duration now) override;
    void step(const Tick& tick) override;
    void set(const Intervention&, bool, MemberIndex) override {}
    void observe(Frame& frame, const Request& request, MemberIndex member) const override;
    void begin_interval(Duration now, std::string_view group) override;
    void indicators(std::vector<Kpi>& kpis, MemberIndex member) const override;
    void save(Archive& archive) const override;
    void load(Archive& archive) override;

private:
    void advance(const Tick& tick, bool offered);
    void divide_offer(BalanceInputs& in);
    void observe_zones(Frame& frame, const Request& request, MemberIndex member) const;
    void observe_sun(Frame& frame, const Request& request, MemberIndex member) const;
    void write_schedules(const Tick& tick);
    bool each_step(std::string_view group) const;
    ZoneResults results() const;

    // Sums over the interval of a group, seconds times value; and over the run of each member, by the step.
    struct OfMember {
        double heating_j = 0, cooling_j = 0, peak_heating_w = 0, peak_cooling_w = 0;
    };

    const City& city_;
    std::vector<Member> members_;
    std::shared_ptr<Bus> bus_;
    WriteWeather write_weather_;
    Orientations orientations_;
    Glass glass_;
    Array<WindowKind> kinds_;
    Array<Optics> optics_;
    std::variant<std::monostate, DetailedZones, SimpleZones> zones_;
    Index zone_count_, most_steps_, lanes_;
    Array<double> sun_, schedules_, zone_sums_, sun_sums_;
    Array<Index> building_of_zone_;
    Array<double> share_of_building_;          // [zone]  of its building's heat, in one of the units that are alike
    Array<double> heat_bounds_;                // [least, most][output]
    Array<double>* results_;
    std::vector<double> schedule_values_;
    std::vector<OfMember> totals_;
    Tick latest_;
    double zones_s_ = 0, sun_s_ = 0;           // stepped since the last record of each group
};

}  // namespace shahr::SHAHR_BACKEND::building
