// Loads of the grid that are pumps of the water and heat networks: what they draw, and whether they can
// (kernels/base/pump_channels.h).
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "kernels/base/pump_channels.h"
#include "sim/city/city.h"
#include "sim/run/archive.h"

namespace shahr::SHAHR_BACKEND::power {

class PumpLoads {
public:
    // Opens "supply" where the grid has such loads. `bus` may be null: they draw what they are built for.
    PumpLoads(const City& city, std::size_t members, std::shared_ptr<Bus> bus);

    bool any() const { return supply_ != nullptr; }

    // Takes over the mean power since it was called last, `seconds` ago; with 0, the power now. A pump that stands without supply is
    // asked for what it drew before: that is not served.
    void hear(double seconds);
    // W into series[load][lane], lanes being members by steps, the member innermost.
    void put_into(std::vector<double>& series, Index lanes) const;
    // `dead`: [load] of one member.
    void tell(Index member, std::span<const std::uint8_t> dead);

    void save(Archive& archive) const;
    void load(Archive& archive);

private:
    struct Pump {
        Index load;
        const char* channel;
        Index pump;                            // row there
    };
    std::size_t at(Index load, Index member) const { return static_cast<std::size_t>(load * members_ + member); }

    std::vector<Pump> pumps_;
    Index members_;
    std::shared_ptr<Bus> bus_;
    Array<double>* supply_ = nullptr;
    std::vector<double> has_supply_;           // [load][member]  as on the bus
    std::vector<double> power_w_, energy_j_;   // [pump][member]  NaN: not known yet; the channel's when it was read last
};

}  // namespace shahr::SHAHR_BACKEND::power
