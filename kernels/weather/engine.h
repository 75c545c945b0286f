// The weather as an engine: what is outdoors in each step, and the sunlight on every orientation of the city, for all members.
#pragma once
#include <array>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "kernels/base/bus.h"
#include "kernels/base/weather_channels.h"
#include "kernels/weather/outdoors.h"
#include "sim/city/orientations.h"
#include "sim/run/backend.h"

namespace shahr::SHAHR_BACKEND::weather {

class WeatherEngine : public Engine {
public:
    // Every member has a weather. Opens the channels "weather" and "planes".
    WeatherEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus);

    EngineId id() const override { return EngineId::weather; }
    std::string_view name() const override { return "weather"; }
    Duration period() const override { return std::chrono::hours{1}; }
    int max_block() const override { return longest_block; }

    void start(Duration now) override;
    void step(const Tick& tick) override;
    void set(const Intervention& intervention, bool active, MemberIndex member) override;
    void observe(Frame& frame, const Request& request, MemberIndex member) const override;
    void begin_interval(Duration now, std::string_view group) override;
    void save(Archive& archive) const override;
    void load(Archive& archive) override;

    // Fills the channels for these steps, whatever the run's time: buildings look back before their start.
    void write(const Tick& tick);

    static constexpr int longest_block = 24;

private:
    struct OfMember {
        Member member;
        Site site;
        std::map<int, ShiftWeather> active;    // by their order
        std::array<double, 12> month_c{};      // mean temperatures
        double year_c = 0;
        std::vector<double> sums;              // over the interval: quantity times seconds
    };
    OutdoorReading reading(const OfMember& m, Duration hour_begin) const;

    std::shared_ptr<Bus> bus_;
    Array<double>*weather_, *planes_;
    Array<double> normals_;
    Index orientations_, lanes_;
    std::vector<OfMember> members_;
    std::vector<double> shown_;                // of the latest steps: what was written to the channel, on the host
    Tick latest_;
    double interval_s_ = 0;                    // stepped since the last record
    bool each_step_ = false;                   // the group is recorded at every step
};

}  // namespace shahr::SHAHR_BACKEND::weather
