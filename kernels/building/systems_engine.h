// The systems of the buildings as an engine: after the zones, in the same blocks of hours.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "kernels/base/bus.h"
#include "kernels/building/systems.h"
#include "sim/run/backend.h"

namespace shahr::SHAHR_BACKEND::building {

class SystemsEngine : public Engine {
public:
    // After the engines of the weather and the zones have opened their channels. Opens "electric_load", W:
    // value[building][step][member], and "hot_water" (kernels/base/heat_channels.h).
    SystemsEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus);

    EngineId id() const override { return EngineId::building; }
    std::string_view name() const override { return "systems"; }
    Duration period() const override { return std::chrono::hours{1}; }
    int max_block() const override { return static_cast<int>(most_steps_); }
    std::vector<std::string_view> groups() const override { return {"buildings"}; }

    void start(Duration now) override { systems_.start(now, *hot_water_); }
    void step(const Tick& tick) override;
    void set(const Intervention&, bool, MemberIndex) override {}
    void observe(Frame& frame, const Request& request, MemberIndex member) const override;
    void begin_interval(Duration now, std::string_view group) override;
    void indicators(std::vector<Kpi>& kpis, MemberIndex member) const override { systems_.indicators(kpis, member); }
    void save(Archive& archive) const override { systems_.save(archive); }
    void load(Archive& archive) override { systems_.load(archive); }

private:
    std::shared_ptr<Bus> bus_;
    Index members_, lanes_, most_steps_, zones_;
    Index flat_plane_ = -1;                    // of the orientations, the horizontal one: where panels lie
    bool each_step_;                           // the group is recorded at every step
    Systems systems_;
    Array<double>*electric_load_, *hot_water_;
};

}  // namespace shahr::SHAHR_BACKEND::building
