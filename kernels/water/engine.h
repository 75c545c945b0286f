// The water network as an engine of the simulation: all members side by side, each with the steps that its own tanks and
// controls ask for. A run of one member shows each of these steps; members of a batch meet at the report step.
#pragma once
#include <map>

#include "kernels/base/pump_channels.h"
#include "kernels/water/march.h"
#include "kernels/water/watch.h"
#include "sim/run/engine.h"
#include "sim/run/backend.h"

namespace shahr::SHAHR_BACKEND::water {

class WaterEngine : public Engine {
public:
    // After the power grid's engine, if there is one. Opens "water_pumps" where its pumps hang on that grid (kernels/base/pump_channels.h).
    WaterEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus = nullptr);

    EngineId id() const override { return EngineId::water; }
    std::string_view name() const override { return "water"; }
    Duration period() const override { return net_.settings.report_step; }
    Duration end_of_step(Duration begin, Duration now) const override;

    void start(Duration now) override;
    void step(const Tick& tick) override;
    void set(const Intervention& intervention, bool active, MemberIndex member) override;
    void observe(Frame& frame, const Request& request, MemberIndex member) const override;
    void begin_interval(Duration, std::string_view) override {}
    void take_events(std::vector<Event>& events) override;
    void indicators(std::vector<Kpi>& kpis, MemberIndex member) const override;
    void save(Archive& archive) const override;
    void load(Archive& archive) override;

private:
    void solve_stale() const;
    void heed_supply();
    void tell_grid();
    void solve_anew(MemberIndex member);
    void close_link(WaterLinkId link, bool active, MemberIndex member);
    void burst(const Intervention& intervention, bool active, MemberIndex member);
    void scale_demand(MemberIndex member);

    WaterNetwork net_;                         // with the scenario's settings
    std::vector<Member> members_;
    std::map<int, Index> outlet_of_burst_;     // by the intervention's order
    Network network_;
    Method method_;
    State state_;
    std::vector<std::map<int, double>> factors_;       // [member]  of demand, by the order of the intervention
    Duration offset_{};                        // of the network's time 0 since the scenario's first midnight
    bool started_ = false;
    mutable bool any_stale_ = false;           // what set() has changed is solved when somebody asks
    double first_volume_m3_ = 0;
    mutable Watch watch_;
    PumpMotors motors_;
};

}  // namespace shahr::SHAHR_BACKEND::water
