// Traffic as an engine of the simulation: one state per member, stepped one after the other.
#pragma once
#include <map>
#include <memory>

#include "kernels/traffic/routing.h"
#include "sim/run/engine.h"

namespace shahr::SHAHR_BACKEND::traffic {

class TrafficEngine : public Engine {
public:
    TrafficEngine(const City& city, std::span<const Member> members);

    EngineId id() const override { return EngineId::traffic; }
    std::string_view name() const override { return "traffic"; }
    Duration period() const override;

    void start(Duration now) override;
    void step(const Tick& tick) override;
    void set(const Intervention& intervention, bool active, MemberIndex member) override;
    void observe(Frame& frame, const Request& request, MemberIndex member) const override;
    void begin_interval(Duration now, std::string_view group) override;
    std::vector<WallTime> wall_times() const override;
    bool idle() const override;
    void save(Archive& archive) const override;
    void load(Archive& archive) override;

    const Traffic& traffic(MemberIndex member) const { return *members_[static_cast<std::size_t>(member)].traffic; }

private:
    struct Driven {
        Member member;
        std::unique_ptr<Traffic> traffic;
        RouteKnowledge known;
        std::map<int, const Intervention*> active;  // by their order, owned by the member's scenario
    };
    void fold_conditions(Driven& driven);

    const City& city_;
    Network network_;
    Router router_;
    std::vector<Driven> members_;
    Duration now_{};
};

}  // namespace shahr::SHAHR_BACKEND::traffic
