// Where engines meet: channels of values per row and lane, on the device. Each has one writer, and holds what was written last;
// who reads gathers from it through the city's tables. A lane is a step of a block in a member: value[row][step][member].
#pragma once
#include <cassert>
#include <map>
#include <string>
#include <string_view>

#include "kernels/base/array.h"

namespace shahr::SHAHR_BACKEND {

class Bus {
public:
    // By its one writer, when engines are made; all values are 0 until it writes.
    Array<double>& open(std::string_view channel, Index rows, Index lanes) {
        const auto [at, is_new] = channels_.try_emplace(std::string(channel));
        assert(is_new);
        at->second = Channel{rows, lanes, Array<double>(rows * lanes)};
        return at->second.values;
    }
    bool has(std::string_view channel) const { return channels_.contains(channel); }
    // Of a channel that there is.
    const Array<double>& read(std::string_view channel) const { return at(channel).values; }
    Index lanes(std::string_view channel) const { return at(channel).lanes; }

private:
    struct Channel {
        Index rows = 0, lanes = 0;
        Array<double> values;
    };
    const Channel& at(std::string_view channel) const {
        const auto found = channels_.find(channel);
        assert(found != channels_.end());
        return found->second;
    }
    std::map<std::string, Channel, std::less<>> channels_;
};

}  // namespace shahr::SHAHR_BACKEND
