// District heat as an engine of the simulation: all members side by side, each step one solution of flows and temperatures.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>

#include "kernels/heat/solver.h"
#include "sim/run/backend.h"
#include "sim/run/engine.h"

namespace shahr::SHAHR_BACKEND::heat {

template <class L>
class HeatEngine : public Engine {
public:
    HeatEngine(const City& city, std::span<const Member> members);

    EngineId id() const override { return EngineId::heat; }
    std::string_view name() const override { return "heat"; }
    Duration period() const override { return period_; }

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
    void set_conditions(Duration now);
    void fold(MemberIndex member);
    void upload_switches();
    void note_solution(Duration now);
    void note_served(Duration now);

    const City& city_;
    std::vector<Member> members_;
    Duration period_, now_{};
    Solver<L> solver_;
    // Of one member, what is active over the base, in the order of the file.
    struct Switched {
        std::map<int, const Intervention*> active;           // by their order, owned by the member's scenario
        std::vector<std::uint8_t> open;                      // [link]
        std::vector<std::uint8_t> served;                    // [consumer]  joined to where pressure is held
        std::vector<double> available, set_supply_c;         // [plant]
    };
    std::vector<Switched> switched_;
    std::vector<Event> events_;
    std::vector<double> unsolved_;                           // [member]  steps without a solution
    std::int64_t cut_off_ = 0;                               // consumers of the first member
};

std::unique_ptr<Engine> make_heat_engine(const City& city, std::span<const Member> members);

}  // namespace shahr::SHAHR_BACKEND::heat
