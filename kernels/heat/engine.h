// District heat as an engine of the simulation: all members side by side, each step one solution of flows and temperatures.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>

#include "kernels/base/pump_channels.h"
#include "kernels/heat/buildings.h"
#include "kernels/heat/solver.h"
#include "sim/run/backend.h"
#include "sim/run/engine.h"

namespace shahr::SHAHR_BACKEND::heat {

template <class L>
class HeatEngine : public Engine {
public:
    // After the weather's, the buildings' and the grid's engines have opened their channels; none of them need be there, nor a bus. Opens
    // "heat_offer" (kernels/base/heat_channels.h) where it supplies buildings that are simulated, and "heat_pumps" where its plants' pumps
    // hang on a grid that is simulated (kernels/base/pump_channels.h).
    HeatEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus);

    EngineId id() const override { return EngineId::heat; }
    std::string_view name() const override { return "heat"; }
    Duration period() const override { return period_; }
    Duration end_of_step(Duration begin, Duration now) const override;

    void start(Duration now) override;
    void step(const Tick& tick) override;
    void set(const Intervention& intervention, bool active, MemberIndex member) override;
    void observe(Frame& frame, const Request& request, MemberIndex member) const override;
    void begin_interval(Duration now, std::string_view group) override;
    void take_events(std::vector<Event>& events) override;
    void indicators(std::vector<Kpi>& list, MemberIndex member) const override;
    void save(Archive& archive) const override;
    void load(Archive& archive) override;

private:
    struct Switched;
    void look_outdoors(Duration dt);
    void set_conditions(Duration now, Duration dt);
    double factor_of(HeatConsumerId consumer, Duration now) const;
    bool in_season(HeatConsumerId consumer, const Switched& s) const;
    void fold(MemberIndex member);
    void upload_switches();
    void heed_supply();
    void tell_others();
    void note_solution(Duration now);
    void note_served(Duration now);

    const City& city_;
    std::vector<Member> members_;
    Duration period_, now_{};
    std::shared_ptr<Bus> bus_;
    Houses<L> houses_;
    PumpMotors motors_;
    Solver<L> solver_;
    std::set<double> season_limits_;
    // Of one member, what is active over the base, in the order of the file.
    struct Switched {
        std::map<int, const Intervention*> active;           // by their order, owned by the member's scenario
        std::vector<std::uint8_t> open;                      // [link]
        std::vector<std::uint8_t> served;                    // [consumer]  joined to where pressure is held
        std::vector<double> available, set_supply_c;         // [plant]
        std::vector<std::uint8_t> stands;                    // [plant]  its pump has no power
        double outdoor_c = 0, mean_outdoor_c = 0;            // now; running mean
    };
    std::vector<Switched> switched_;
    std::vector<Event> events_;
    std::vector<double> unsolved_;                           // [member]  steps without a solution
    std::int64_t cut_off_ = 0;                               // consumers of the first member
};

std::unique_ptr<Engine> make_heat_engine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus = nullptr);

}  // namespace shahr::SHAHR_BACKEND::heat
