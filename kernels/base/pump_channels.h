// What the pumps of other networks and the power grid tell each other on the bus: pumps draw power, and stand where their load's bus is
// dead. The grid solves first: what a pump has drawn since the grid's last step is its load in the next.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "kernels/base/bus.h"

namespace shahr::SHAHR_BACKEND {

// Channels "water_pumps", by the water network, and "heat_pumps", by the heat network, whose pumps are its plants': value[PumpRow][pump][member].
enum class PumpRow : Index {
    power,                                     // W now
    energy,                                    // J since the start
    count
};

// Channel "supply", by the grid: value[load][member], 1 where the load has voltage, 0 where its bus is dead.

SHAHR_HD constexpr Index pump_row(PumpRow row, Index pump, Index pumps) {
    return static_cast<Index>(row) * pumps + pump;
}

// The motors of one network's pumps, for its engine.
class PumpMotors {
public:
    // `load`: [pump] its row among the loads of the grid (sim/city/pump_loads.h); -1: none. Opens `channel` where a pump has one and the
    // grid is simulated.
    PumpMotors(std::string_view channel, std::vector<Index> load, std::size_t members, std::shared_ptr<Bus> bus);

    bool any() const { return channel_ != nullptr; }
    Array<double>& channel() const { return *channel_; }       // where the engine writes
    Index pumps() const { return static_cast<Index>(load_.size()); }

    // Those that have lost their supply, or got it back, since this was asked last; at first all have it.
    struct Change {
        Index pump, member;
        bool has_supply;
    };
    std::vector<Change> changes();

    // For checkpoints: [pump][member]  1: has supply, as far as it was told.
    const std::vector<std::uint8_t>& has_supply() const { return has_supply_; }
    void set_supply(std::vector<std::uint8_t> has_supply) { has_supply_ = std::move(has_supply); }

private:
    std::vector<Index> load_;                  // [pump]
    Index members_;
    std::shared_ptr<Bus> bus_;
    Array<double>* channel_ = nullptr;
    std::vector<std::uint8_t> has_supply_;
};

}  // namespace shahr::SHAHR_BACKEND
