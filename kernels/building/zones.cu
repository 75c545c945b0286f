#include "kernels/building/zones.h"

#include "kernels/base/parallel_for.h"

namespace shahr::SHAHR_BACKEND::building {
namespace {

struct Fill {
    View<double> values;
    double value;
    SHAHR_HD void operator()(Index i) const { values[i] = value; }
};

template <class T, std::size_t n>
std::array<Array<T>, n> on_device(const std::array<SlotColumn<T>, n>& host) {
    std::array<Array<T>, n> device;
    for (std::size_t c = 0; c < n; ++c) device[c] = Array<T>(host[c].values);
    return device;
}

}  // namespace

DetailedZones::DetailedZones(const HostLayout& h)
    : batches_(h.batches), zone_slots_(h.zone_slots), element_slots_(h.element_slots), element_(on_device(h.element)), zone_(on_device(h.zone)),
      zone_index_(on_device(h.zone_index)), sun_row_(h.sun_row.values), convection_(element_[0].size()), node_(on_device(h.node)), gain_{Array<double>(h.gain_convective), Array<double>(h.gain_radiant)},
      gain_schedule_(h.gain_schedule), temperature_(node_[0].size()), forward_(node_[0].size()), ratio_(node_[0].size()), air_start_(zone_[0].size()),
      air_(zone_[0].size()), radiant_(zone_[0].size()), sun_(zone_[0].size()) {}

void DetailedZones::start_at(double temperature_c) {
    for (Array<double>* column : {&temperature_, &air_start_, &air_, &radiant_}) parallel_for(column->size(), Fill{*column, temperature_c});
}

void DetailedZones::advance(const BalanceInputs& in, const ZoneResults& results) {
    const auto& e = element_;
    const auto& z = zone_;
    const auto& i = zone_index_;
    const ElementColumns elements{e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7], e[8], e[9], e[10], e[11], e[12], e[13], e[14], e[15], sun_row_, convection_};
    const NodeColumns nodes{node_[0], node_[1], temperature_, forward_, ratio_};
    const ZoneColumns zones{z[0], z[1], z[2], z[3], z[4], z[5], z[6], z[7], z[8], z[9], z[10], z[11], z[12], i[0], i[1], i[2], i[3], i[4], i[5], i[6], i[7],
                            air_start_, air_, radiant_, sun_};
    const GainColumns gains{gain_[0], gain_[1], gain_schedule_};
    parallel_for(batches_.size() * (lane_width / lanes_per_call), AdvanceZones{in, batches_, zone_slots_, element_slots_, elements, nodes, zones, gains, results}, 1);
}

void DetailedZones::save(Archive& archive) const {
    for (const Array<double>* column : {&temperature_, &air_start_, &air_, &radiant_}) archive.put(std::span<const double>(column->to_host()));
}

void DetailedZones::load(Archive& archive) {
    for (Array<double>* column : {&temperature_, &air_start_, &air_, &radiant_}) column->from_host(archive.get_list<double>());
}

}  // namespace shahr::SHAHR_BACKEND::building
