#include "kernels/traffic/order.h"

#include "kernels/base/algorithms.h"
#include "kernels/base/parallel_for.h"

namespace shahr::SHAHR_BACKEND::traffic {
namespace {

constexpr std::uint64_t behind_all = ~std::uint64_t{0};
constexpr Index grain = 1024;                  // each of the passes takes a few nanoseconds a row

// Positions are never negative, so that their bits compare like the numbers.
SHAHR_HD std::uint64_t key_of(const VehiclesView& vehicles, Index row) {
    union {
        float number;
        std::uint32_t bits;
    } position{vehicles.position_m[row]};
    const Index strip = vehicles.strip[row];
    return strip < 0 ? behind_all : std::uint64_t(static_cast<std::uint32_t>(strip)) << 32 | ~position.bits;
}

struct FindWhoStays {
    View<const Index> before, after;           // strip of row
    Index count;
    View<Index> stays;
    SHAHR_HD void operator()(Index i) const { stays[i] = i < count && before[i] == after[i]; }
};

struct ListNewcomer {
    VehiclesView planned;
    View<const Index> stays, stays_before;
    View<Index> newcomer;
    View<std::uint64_t> key;
    SHAHR_HD void operator()(Index i) const {
        if (stays[i]) return;
        const Index k = i - stays_before[i];
        newcomer[k] = i;
        key[k] = key_of(planned, i);
    }
};

// One newcomer: before which row he is placed. Those who enter a lane come from behind, so the search begins there.
struct FindPlace {
    VehiclesView planned;
    View<const Index> strip_before, stays;
    Index count;
    StripsView strips;
    View<const Index> newcomer;
    View<const std::uint64_t> key;
    View<Index> at;

    SHAHR_HD void operator()(Index k) const {
        const Index row = newcomer[k], strip = planned.strip[row];
        if (strip < 0) at[k] = count;
        else at[k] = strips.empty(strip) ? first_beyond(strip) : place_on(strip, row, key[k]);
    }
    SHAHR_HD Index place_on(Index strip, Index row, std::uint64_t mine) const {
        Index place = strips.end[strip];
        while (place > strips.begin[strip]) {
            const Index other = place - 1;
            if (stays[other]) {
                const std::uint64_t theirs = key_of(planned, other);
                if (theirs < mine || (theirs == mine && other < row)) break;
            }
            place = other;
        }
        return place;
    }
    SHAHR_HD Index first_beyond(Index strip) const {
        Index low = 0, high = count;
        while (low < high) {
            const Index middle = low + (high - low) / 2;
            if (strip_before[middle] < strip) low = middle + 1;
            else high = middle;
        }
        return low;
    }
};

// The last newcomer at a place counts all of them; the first who leaves the network, or else the last, says how many are left.
struct CountArrivals {
    View<const Index> at;
    View<const std::uint64_t> key;
    Index count, newcomers, stayers;
    View<Index> arrivals, left;
    SHAHR_HD void operator()(Index k) const {
        if (key[k] == behind_all) {
            if (k == 0 || key[k - 1] != behind_all) left[0] = stayers + k;
            return;
        }
        if (k + 1 == newcomers) left[0] = stayers + newcomers;
        if (at[k] == count || (k + 1 < newcomers && at[k + 1] == at[k])) return;
        Index first = k;
        while (first > 0 && at[first - 1] == at[k]) --first;
        arrivals[at[k]] = k + 1 - first;
    }
};

struct MoveStayer {
    VehiclesView planned, target;
    View<const Index> stays, stays_before, arrivals_before;
    SHAHR_HD void operator()(Index i) const {
        if (stays[i]) copy_vehicle(target, stays_before[i] + arrivals_before[i + 1], planned, i);
    }
};

// A strip that everybody has left is empty: whoever stood first there says so.
struct MoveNewcomer {
    VehiclesView planned, target;
    View<const Index> strip_before;
    Index count;
    View<const Index> newcomer, at, stays_before;
    View<const std::uint64_t> key;
    StripsView strips;
    SHAHR_HD void operator()(Index k) const {
        const Index row = newcomer[k];
        if (key[k] != behind_all) copy_vehicle(target, k + stays_before[at[k]], planned, row);
        if (row >= count || (row > 0 && strip_before[row - 1] == strip_before[row])) return;
        strips.begin[strip_before[row]] = 0;
        strips.end[strip_before[row]] = 0;
    }
};

// Each strip's range, written by the vehicles at its ends.
struct FindStrips {
    View<const Index> strip;
    Index count;
    StripsView strips;
    SHAHR_HD void operator()(Index i) const {
        const Index mine = strip[i];
        if (i == 0 || strip[i - 1] != mine) strips.begin[mine] = i;
        if (i + 1 == count || strip[i + 1] != mine) strips.end[mine] = i + 1;
    }
};

template <class T>
View<T> first(Array<T>& array, Index n) {
    return {array.view().data, n};
}

}  // namespace

VehicleOrder::VehicleOrder(Index most)
    : stays_(most), stays_before_(most + 1), arrivals_(most), arrivals_before_(most + 1), newcomer_(most), at_(most), left_(1), key_(most) {}

Index VehicleOrder::merge(View<const Index> strip_before, const VehiclesView& planned, Index count, Index entering, const StripsView& strips,
                          const VehiclesView& target) {
    const Index total = count + entering;
    if (total == 0) return 0;
    parallel_for(total, FindWhoStays{strip_before, planned.strip, count, stays_}, grain);
    exclusive_scan(first(stays_, total), first(stays_before_, total + 1));
    const Index stayers = stays_before_.to_host(total), newcomers = total - stayers;
    parallel_for(total, ListNewcomer{planned, stays_, stays_before_, newcomer_, key_}, grain);
    sort_by_key(first(key_, newcomers), first(newcomer_, newcomers));
    parallel_for(newcomers, FindPlace{planned, strip_before, stays_, count, strips, newcomer_, key_, at_}, grain);
    zero(arrivals_.view().data, sizeof(Index) * static_cast<std::size_t>(count));
    parallel_for(newcomers, CountArrivals{at_, key_, count, newcomers, stayers, arrivals_, left_}, grain);
    exclusive_scan(first(arrivals_, count), first(arrivals_before_, count + 1));
    parallel_for(count, MoveStayer{planned, target, stays_, stays_before_, arrivals_before_}, grain);
    parallel_for(newcomers, MoveNewcomer{planned, target, strip_before, count, newcomer_, at_, stays_before_, key_, strips}, grain);
    const Index left = newcomers > 0 ? left_.to_host(0) : total;
    parallel_for(left, FindStrips{target.strip, left, strips}, grain);
    return left;
}

}  // namespace shahr::SHAHR_BACKEND::traffic
