// Runs a sketch of a network step by step, and checks after every step what must always hold: no vehicle overlaps the one
// before it, and who has entered is on the network or has arrived.
#pragma once
#include <gtest/gtest.h>

#include "kernels/traffic/engine.h"
#include "tests/kernels/traffic/networks.h"

namespace shahr::SHAHR_BACKEND::traffic {

class TestRun {
public:
    explicit TestRun(City made, Scenario given = {})
        : city(std::move(made)), scenario(std::move(given)), members{{&scenario, &city.trips}}, engine(city, members) {
        engine.start(Duration{0});
    }

    void steps(int n, bool checked = true) {
        for (int k = 0; k < n; ++k) {
            engine.step({now, scenario.traffic.step});
            now += scenario.traffic.step;
            if (checked) check();
        }
    }

    Frame frame() const {
        Frame frame;
        engine.observe(frame, {true, true, true}, 0);
        return frame;
    }
    template <class T>
    std::vector<T> column(const char* group, const char* name) const {
        const Frame shown = frame();
        return std::get<std::vector<T>>(find(shown, group, name)->values);
    }
    std::int32_t count(const char* name) const { return column<std::int32_t>("traffic", name).front(); }

    void check() const {
        const Frame shown = frame();
        const auto numbers = [&](const char* name) { return std::get<std::vector<std::int32_t>>(find(shown, "vehicles", name)->values); };
        const auto positions = std::get<std::vector<float>>(find(shown, "vehicles", "position")->values);
        const auto strips = numbers("strip"), trips = numbers("trip");
        for (std::size_t i = 1; i < strips.size(); ++i) {
            if (strips[i] != strips[i - 1]) continue;
            const float length = city.vehicle_types.length_m[city.trips.type[as_id<TripId>(trips[i - 1])]];
            ASSERT_GE(positions[i - 1] - length - positions[i], 0)
                << "trips " << trips[i - 1] << " and " << trips[i] << " on strip " << strips[i] << " at " << seconds(now) << " s";
        }
        const auto whole = [&](const char* name) { return std::get<std::vector<std::int32_t>>(find(shown, "traffic", name)->values).front(); };
        ASSERT_EQ(whole("trips_inserted"), whole("vehicles_on_network") + whole("trips_arrived"));
        ASSERT_EQ(static_cast<std::size_t>(whole("vehicles_on_network")), strips.size());
        ASSERT_EQ(whole("trips_due"), whole("trips_inserted") + whole("trips_waiting") + whole("trips_unroutable"));
    }

    // FNV-1a over the bits of the state.
    std::uint64_t hash() const {
        Archive archive;
        engine.save(archive);
        std::uint64_t h = 14695981039346656037ull;
        for (std::byte b : archive.bytes()) h = (h ^ static_cast<std::uint64_t>(b)) * 1099511628211ull;
        return h;
    }

    City city;
    Scenario scenario;
    std::vector<Member> members;
    TrafficEngine engine;
    Duration now{};
};

}  // namespace shahr::SHAHR_BACKEND::traffic
