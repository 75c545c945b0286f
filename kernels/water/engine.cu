#include "kernels/water/engine.h"

#include <algorithm>
#include <cmath>

#include "kernels/water/observe.h"
#include "sim/city/pump_loads.h"

namespace shahr::SHAHR_BACKEND::water {
namespace {

WaterNetwork with_options(WaterNetwork net, const WaterOptions& options) {
    WaterSettings& s = net.settings;
    if (options.demand != "given") s.demand_model = options.demand == "pressure" ? WaterDemandModel::pressure : WaterDemandModel::fixed;
    if (options.accuracy) s.accuracy = *options.accuracy;
    if (options.min_pressure_m) s.min_pressure_m = *options.min_pressure_m;
    if (options.required_pressure_m) s.required_pressure_m = *options.required_pressure_m;
    s.required_pressure_m = std::max(s.required_pressure_m, s.min_pressure_m + 0.01);
    return net;
}

// The nodes of all bursts of all members, and which outlet each will be: after those that the network has itself.
std::vector<WaterNodeId> burst_nodes(std::span<const Member> members, std::map<int, Index>& outlet_of) {
    std::vector<WaterNodeId> nodes;
    for (const Member& member : members) {
        for (const Intervention& intervention : member.scenario->interventions) {
            const auto* burst = std::get_if<BurstPipe>(&intervention.change);
            if (!burst || !outlet_of.try_emplace(intervention.order, static_cast<Index>(nodes.size())).second) continue;
            nodes.push_back(burst->node);
        }
    }
    return nodes;
}

}  // namespace

WaterEngine::WaterEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus)
    : net_(with_options(city.water, members.front().scenario->water)), members_(members.begin(), members.end()), network_(net_, burst_nodes(members, outlet_of_burst_)), method_(method_of(net_.settings)),
      state_(network_, static_cast<Index>(members.size())), factors_(members.size()), watch_(net_, network_),
      motors_("water_pumps", loads_of_water_pumps(city), members.size(), std::move(bus)) {
    const Index own = network_.view().outlet_count - static_cast<Index>(outlet_of_burst_.size());
    for (auto& [order, outlet] : outlet_of_burst_) outlet += own;
}

Duration WaterEngine::end_of_step(Duration begin, Duration now) const {
    solve_stale();
    if (!state_.single()) return Engine::end_of_step(begin, now);
    return offset_ + Duration{state_.value(state_.view().next_ms, 1, 0, 0)};
}

void WaterEngine::solve_stale() const {
    if (!any_stale_) return;
    const NetworkView& n = network_.view();
    if (state_.single()) parallel_for(1, SolveStale<Single>{n, method_, state_.view()}, 1);
    else parallel_for(calls<Batch>(state_.lanes()), SolveStale<Batch>{n, method_, state_.view()}, 1);
    any_stale_ = false;
    watch_.look(state_, offset_ + Duration{state_.value(state_.view().now_ms, 1, 0, 0)});
}

void WaterEngine::start(Duration now) {
    offset_ = net_.settings.start_clock;
    while (offset_ > now) offset_ -= std::chrono::hours{24};
    state_.start(net_, network_, (now - offset_).count());
    first_volume_m3_ = stored_volume(state_, network_, 0);
    started_ = any_stale_ = true;
    tell_grid();
}

// A pump stands where its bus is dead.
void WaterEngine::heed_supply() {
    for (const PumpMotors::Change& change : motors_.changes()) {
        close_link(net_.pumps.link[as_id<WaterPumpId>(change.pump)], !change.has_supply, change.member);
        solve_anew(change.member);
    }
}

void WaterEngine::tell_grid() {
    if (!motors_.any()) return;
    solve_stale();
    const NetworkView& n = network_.view();
    if (state_.single()) parallel_for(1, TellPumps<Single>{n, method_, state_.view(), 1, motors_.channel()}, 1);
    else parallel_for(calls<Batch>(state_.lanes()), TellPumps<Batch>{n, method_, state_.view(), state_.lanes(), motors_.channel()}, 1);
}

void WaterEngine::step(const Tick& tick) {
    heed_supply();
    solve_stale();
    const NetworkView& n = network_.view();
    const std::int64_t until = (tick.now + tick.dt * tick.steps - offset_).count();
    if (state_.single()) parallel_for(1, MarchTo<Single>{n, method_, state_.view(), 1, until}, 1);
    else parallel_for(calls<Batch>(state_.lanes()), MarchTo<Batch>{n, method_, state_.view(), state_.lanes(), until}, 1);
    watch_.look(state_, tick.now + tick.dt * tick.steps);
    tell_grid();
}

void WaterEngine::close_link(WaterLinkId link, bool active, MemberIndex member) {
    const Index links = network_.view().links, k = network_.link_at(link), rows = network_.view().link_rows;
    const StateView& v = state_.view();
    const Index forced = state_.value(v.forced, links, k, member) + (active ? 1 : -1);
    state_.set(v.forced, links, k, member, forced);
    state_.set(v.reach_stale, 1, 0, member, Index{1});
    state_.set(v.shut_from_outside, 1, 0, member, state_.value(v.shut_from_outside, 1, 0, member) + (active ? 1 : -1));
    const bool is_shut = forced > 0 || state_.value(v.state, links, k, member) <= static_cast<Index>(LinkState::closed);
    state_.set(v.shut, rows, k, member, is_shut ? 1.0 : 0.0);
    if (!active && !is_shut && std::abs(state_.value(v.flow, rows, k, member)) < no_flow_m3s) state_.set(v.flow, rows, k, member, network_.first_flows()[static_cast<std::size_t>(k)]);
}

// The hole as an outlet: h = k q^2 with k = 1 / (2 g (0.6 A)^2).
void WaterEngine::burst(const Intervention& intervention, bool active, MemberIndex member) {
    const Index outlets = network_.view().outlet_count, outlet = outlet_of_burst_.at(intervention.order);
    const double area = 0.6 * std::get<BurstPipe>(intervention.change).area_m2;
    state_.set(state_.view().outlet_k, outlets, outlet, member, active ? 1 / (2 * gravity_mps2 * area * area) : 0.0);
    state_.set(state_.view().outlet_flow, outlets, outlet, member, active ? cubic_foot_m3 : 0.0);
}

void WaterEngine::scale_demand(MemberIndex member) {
    double factor = net_.settings.demand_multiplier;
    for (const auto& [order, own] : factors_[static_cast<std::size_t>(member)]) factor *= own;
    state_.set(state_.view().multiplier, 1, 0, member, factor);
}

void WaterEngine::set(const Intervention& intervention, bool active, MemberIndex member) {
    if (const auto* close = std::get_if<CloseWaterLink>(&intervention.change)) {
        for (const WaterLinkId link : close->links) close_link(link, active, member);
    } else if (std::holds_alternative<BurstPipe>(intervention.change)) {
        burst(intervention, active, member);
    } else if (const auto* scale = std::get_if<ScaleWaterDemand>(&intervention.change)) {
        auto& factors = factors_[static_cast<std::size_t>(member)];
        if (active) factors[intervention.order] = scale->factor;
        else factors.erase(intervention.order);
        scale_demand(member);
    }
    solve_anew(member);
}

void WaterEngine::solve_anew(MemberIndex member) {
    const StateView& v = state_.view();
    state_.set(v.period, 1, 0, member, Index{-1});
    if (!started_) return;
    state_.set(v.stale, 1, 0, member, Index{1});
    any_stale_ = true;
}

void WaterEngine::observe(Frame& frame, const Request& request, MemberIndex member) const {
    if (!request.wants("water")) return;
    solve_stale();
    observe_nodes(frame, net_, network_, state_, member);
    observe_links(frame, net_, network_, method_, state_, member);
    observe_whole(frame, network_, state_, member, first_volume_m3_);
}

void WaterEngine::take_events(std::vector<Event>& events) {
    solve_stale();
    watch_.take(events);
}

void WaterEngine::indicators(std::vector<Kpi>& kpis, MemberIndex member) const {
    solve_stale();
    water_indicators(kpis, network_, state_, member, first_volume_m3_);
}

void WaterEngine::save(Archive& archive) const {
    solve_stale();
    archive.put(offset_.count());
    archive.put(first_volume_m3_);
    state_.save(archive);
    watch_.save(archive);
    archive.put(std::span<const std::uint8_t>(motors_.has_supply()));
    for (const auto& factors : factors_) {
        archive.put(factors.size());
        for (const auto& [order, factor] : factors) {
            archive.put(order);
            archive.put(factor);
        }
    }
}

void WaterEngine::load(Archive& archive) {
    offset_ = Duration{archive.get<Duration::rep>()};
    first_volume_m3_ = archive.get<double>();
    state_.load(archive);
    watch_.load(archive);
    motors_.set_supply(archive.get_list<std::uint8_t>());
    for (auto& factors : factors_) {
        factors.clear();
        for (std::size_t n = archive.get<std::size_t>(); n > 0; --n) {
            const int order = archive.get<int>();
            factors[order] = archive.get<double>();
        }
    }
    started_ = true;
    any_stale_ = false;
    tell_grid();
}

}  // namespace shahr::SHAHR_BACKEND::water
