#include "kernels/heat/engine.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "kernels/base/weather_channels.h"
#include "kernels/heat/observe.h"
#include "sim/base/joined_parts.h"
#include "sim/city/pump_loads.h"
#include "sim/city/weather.h"

namespace shahr::SHAHR_BACKEND::heat {
namespace {

constexpr std::chrono::hours building_step{1};
// Time constant of the running mean of the outdoor temperature: 0.8 of it is left after a day (EN 16798-1, annex B).
constexpr double running_mean_s = 86400 / 0.22314355131420976;

// The value of a profile at a time: linear between its instants, the last one held.
double factor_at(const HeatProfiles& profiles, HeatProfileId profile, Duration now) {
    if (!is_some(profile)) return 1;
    const auto values = profiles.factor[profile];
    const double at = std::max(seconds(now) / seconds(profiles.step[profile]), 0.0);
    const auto i = static_cast<std::size_t>(at);
    if (i + 1 >= values.size()) return values.back();
    const double part = at - static_cast<double>(i);
    return values[i] + (values[i + 1] - values[i]) * part;
}

// The mean outdoor temperature of the five days before, by the weather file.
double mean_outdoor_before(const Member& member, Duration now) {
    if (!member.weather) return member.scenario->heat.outdoor_c;
    constexpr int hours = 5 * 24;
    double sum = 0;
    for (int back = 1; back <= hours; ++back) {
        const Duration hour = std::chrono::floor<std::chrono::hours>(now) - std::chrono::hours{back};
        const auto day = std::chrono::floor<std::chrono::days>(hour);
        sum += member.weather->dry_bulb_c[weather_row(*member.weather, member.scenario->first_day + day, static_cast<int>((hour - day) / std::chrono::hours{1}))];
    }
    return sum / hours;
}

// The nodes between which water can be driven: joined, through links that are open and carry pressure, to a node whose pressure is held
// and to what drives: a plant, a pump, water that enters, or a second node that is held.
std::vector<std::uint8_t> nodes_in_operation(const HeatNetwork& heat, const std::vector<std::uint8_t>& open) {
    std::vector<std::uint8_t> imposes(heat.links.id.size(), 0), drives(heat.links.id.size(), 0);
    for (const HeatConsumerId c : rows(heat.consumers.id)) imposes[row(heat.consumers.link[c])] = heat.consumers.kind[c] == HeatConsumerKind::substation;
    for (const HeatPlantId p : rows(heat.plants.id)) {
        imposes[row(heat.plants.link[p])] = !std::isnan(heat.plants.flow_kgps[p]);
        drives[row(heat.plants.link[p])] = 1;
    }
    JoinedParts parts(heat.nodes.id.size());
    for (const HeatLinkId k : rows(heat.links.id))
        if (open[row(k)] && !imposes[row(k)]) parts.join(row(heat.links.from[k]), row(heat.links.to[k]));
    const auto part_of = [&](HeatNodeId v) { return parts.first_of(row(v)); };
    std::vector<int> held(heat.nodes.id.size(), 0), drivers(held);
    for (const HeatNodeId v : rows(heat.nodes.id)) {
        held[part_of(v)] += !std::isnan(heat.nodes.pressure_pa[v]);
        drivers[part_of(v)] += heat.nodes.inflow_kgps[v] != 0;
    }
    for (const HeatLinkId k : rows(heat.links.id)) {
        const bool joins = part_of(heat.links.from[k]) == part_of(heat.links.to[k]);
        drivers[part_of(heat.links.from[k])] += open[row(k)] && joins && (drives[row(k)] || heat.links.kind[k] == HeatLinkKind::pump);
    }
    std::vector<std::uint8_t> operates;
    for (const HeatNodeId v : rows(heat.nodes.id)) operates.push_back(held[part_of(v)] > 0 && held[part_of(v)] + drivers[part_of(v)] > 1);
    return operates;
}

Index members_of(std::span<const Member> members) {
    return static_cast<Index>(members.size());
}

}  // namespace

template <class L>
HeatEngine<L>::HeatEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus)
    : city_(city), members_(members.begin(), members.end()), period_(members.front().scenario->heat.step), bus_(std::move(bus)), houses_(city, members_of(members), bus_), motors_("heat_pumps", loads_of_heat_plants(city), members.size(), bus_),
      solver_(city.heat, members_of(members), houses_.simulated()), unsolved_(members.size(), 0) {
    for (const Member& member : members_) period_ = std::min(period_, member.scenario->heat.step);
    if (houses_.any()) period_ = std::min<Duration>(period_, building_step);
    switched_.resize(members_.size());
    for (Switched& s : switched_) s.stands.assign(city.heat.plants.id.size(), 0);
    for (const double limit : city.heat.consumers.season_below_c)
        if (!std::isnan(limit)) season_limits_.insert(limit);
    for (MemberIndex m = 0; m < members_of(members_); ++m) fold(m);
    upload_switches();
}

// Where buildings are supplied, no step reaches over one of theirs.
template <class L>
Duration HeatEngine<L>::end_of_step(Duration begin, Duration now) const {
    const Duration end = Engine::end_of_step(begin, now);
    return houses_.any() ? std::min(end, begin + ((now - begin) / building_step + 1) * building_step) : end;
}

// What is active, over the base, in the order of the file; and who is left joined to both lines under pressure.
template <class L>
void HeatEngine<L>::fold(MemberIndex member) {
    const HeatNetwork& heat = city_.heat;
    Switched& s = switched_[static_cast<std::size_t>(member)];
    s.open.assign(heat.links.open.begin(), heat.links.open.end());
    s.available.assign(heat.plants.id.size(), 1);
    s.set_supply_c.assign(heat.plants.id.size(), std::nan(""));
    for (const auto& [order, intervention] : s.active) {
        if (const auto* close = std::get_if<CloseHeatLink>(&intervention->change))
            for (const HeatLinkId link : close->links) s.open[row(link)] = 0;
        if (const auto* set = std::get_if<SetHeatPlant>(&intervention->change)) {
            if (!std::isnan(set->available)) s.available[row(set->plant)] = set->available;
            if (!std::isnan(set->supply_c)) s.set_supply_c[row(set->plant)] = set->supply_c;
        }
    }
    for (const HeatPlantId p : rows(heat.plants.id))
        if (s.stands[row(p)]) s.open[row(heat.plants.link[p])] = 0;
    const auto joined = nodes_in_operation(heat, s.open);
    for (const HeatPlantId p : rows(heat.plants.id)) {          // a plant whose flow is given has nowhere to pump
        const HeatLinkId k = heat.plants.link[p];
        if (!std::isnan(heat.plants.flow_kgps[p]) && !(joined[row(heat.links.from[k])] && joined[row(heat.links.to[k])])) s.open[row(k)] = 0;
    }
    for (const HeatConsumerId c : rows(heat.consumers.id))
        if (!in_season(c, s)) s.open[row(heat.consumers.link[c])] = 0;
    s.served.clear();
    for (const HeatConsumerId c : rows(heat.consumers.id)) {
        const HeatLinkId k = heat.consumers.link[c];
        s.served.push_back((s.open[row(k)] || !in_season(c, s)) && joined[row(heat.links.from[k])] && joined[row(heat.links.to[k])]);
    }
}

// Radiators are shut in summer.
template <class L>
bool HeatEngine<L>::in_season(HeatConsumerId consumer, const Switched& s) const {
    return !(s.mean_outdoor_c >= city_.heat.consumers.season_below_c[consumer]);
}

// Outdoors now, and its running mean, by which radiators are opened in autumn and shut in spring.
template <class L>
void HeatEngine<L>::look_outdoors(Duration dt) {
    const bool weather = bus_ && bus_->has("weather");
    const std::vector<double> outdoors = weather ? bus_->read("weather").to_host() : std::vector<double>{};
    bool changed = false;
    for (std::size_t m = 0; m < switched_.size(); ++m) {
        Switched& s = switched_[m];
        s.outdoor_c = weather ? outdoors[static_cast<std::size_t>(row_of(WeatherRow::temperature) * bus_->lanes("weather")) + m] : members_[m].scenario->heat.outdoor_c;
        const double before = s.mean_outdoor_c;
        s.mean_outdoor_c += (s.outdoor_c - before) * (1 - exp(-seconds(dt) / running_mean_s));
        const auto crosses = [&](double limit) { return (before >= limit) != (s.mean_outdoor_c >= limit); };
        if (!std::any_of(season_limits_.begin(), season_limits_.end(), crosses)) continue;
        fold(static_cast<MemberIndex>(m));
        changed = true;
    }
    if (changed) upload_switches();
}

template <class L>
void HeatEngine<L>::upload_switches() {
    const auto links = static_cast<Index>(city_.heat.links.id.size()), plants = static_cast<Index>(city_.heat.plants.id.size()), lanes = solver_.state.lanes();
    std::vector<std::uint8_t> open(static_cast<std::size_t>(links * lanes));
    std::vector<double> available(static_cast<std::size_t>(plants * lanes)), supply(available.size());
    for (Index lane = 0; lane < lanes; ++lane) {
        const Switched& s = switched_[static_cast<std::size_t>(std::min(lane, members_of(members_) - 1))];
        for (Index k = 0; k < links; ++k) open[static_cast<std::size_t>(place<L>(links, k, lane))] = s.open[static_cast<std::size_t>(k)];
        for (Index p = 0; p < plants; ++p) {
            available[static_cast<std::size_t>(place<L>(plants, p, lane))] = s.available[static_cast<std::size_t>(p)];
            supply[static_cast<std::size_t>(place<L>(plants, p, lane))] = s.set_supply_c[static_cast<std::size_t>(p)];
        }
    }
    solver_.state.open.values.from_host(open);
    solver_.available.from_host(available);
    solver_.set_supply_c.from_host(supply);
}

template <class L>
void HeatEngine<L>::set_conditions(Duration now, Duration dt) {
    look_outdoors(dt);
    const HeatConsumers& c = city_.heat.consumers;
    const Index lanes = solver_.state.lanes(), rows_of_c = static_cast<Index>(c.id.size());
    std::vector<double> factor(static_cast<std::size_t>(rows_of_c * lanes)), outdoor(static_cast<std::size_t>(lanes));
    for (Index lane = 0; lane < lanes; ++lane) {
        const auto m = static_cast<std::size_t>(std::min(lane, members_of(members_) - 1));   // padding does what the last one does
        for (const HeatConsumerId at : rows(c.id))
            factor[static_cast<std::size_t>(place<L>(rows_of_c, number(at), lane))] = !switched_[m].served[row(at)] ? -1 : !in_season(at, switched_[m]) ? 0 : factor_of(at, now);
        outdoor[static_cast<std::size_t>(place<L>(1, 0, lane))] = switched_[m].outdoor_c;
    }
    solver_.state.heat_factor.values.from_host(factor);
    solver_.state.outdoor_c.values.from_host(outdoor);
    houses_.hear(solver_.network.consumers(), solver_.state.view(), lanes);
}

// Of the heat on the design day: what a profile says, or all that a simulated building asks for.
template <class L>
double HeatEngine<L>::factor_of(HeatConsumerId consumer, Duration now) const {
    const auto& simulated = houses_.simulated();
    return simulated[row(consumer)] ? 1 : factor_at(city_.heat.profiles, city_.heat.consumers.profile[consumer], now);
}

template <class L>
void HeatEngine<L>::note_solution(Duration now) {
    for (std::size_t m = 0; m < members_.size(); ++m) {
        const double change = solver_.change_of(static_cast<Index>(m));
        if (change <= Solver<L>::accuracy) continue;
        if (unsolved_[m]++ == 0) events_.push_back({now, "heat", "no_solution", RowKind::whole, -1, "flows and temperatures still change after " + std::to_string(solver_.rounds_of(static_cast<Index>(m))) + " rounds"});
    }
}

template <class L>
void HeatEngine<L>::start(Duration now) {
    for (std::size_t m = 0; m < members_.size(); ++m) {
        switched_[m].mean_outdoor_c = mean_outdoor_before(members_[m], now);
        fold(static_cast<MemberIndex>(m));
    }
    upload_switches();
    set_conditions(now, Duration{0});
    solver_.settle();
    tell_others();
    now_ = now;
    note_solution(now);
    note_served(now);
}

// One event where consumers are cut off, or joined again.
template <class L>
void HeatEngine<L>::note_served(Duration now) {
    const auto& served = switched_.front().served;
    const std::int64_t cut_off = std::count(served.begin(), served.end(), std::uint8_t{0});
    if (cut_off == cut_off_) return;
    cut_off_ = cut_off;
    events_.push_back({now, "heat", "cut_off", RowKind::whole, -1, std::to_string(cut_off) + " of " + std::to_string(served.size()) + " consumers are cut off: not joined to both lines, or nothing drives water through them"});
}

// A pump stands where its bus is dead.
template <class L>
void HeatEngine<L>::heed_supply() {
    const auto changes = motors_.changes();
    for (const PumpMotors::Change& change : changes) switched_[static_cast<std::size_t>(change.member)].stands[static_cast<std::size_t>(change.pump)] = !change.has_supply;
    for (const PumpMotors::Change& change : changes) fold(static_cast<MemberIndex>(change.member));
    if (changes.empty()) return;
    upload_switches();
    note_served(now_);
}

// The buildings what they may take, the grid what the pumps draw.
template <class L>
void HeatEngine<L>::tell_others() {
    houses_.offer(solver_.network.consumers(), solver_.state.view());
    const Index plants = motors_.pumps(), members = members_of(members_);
    if (motors_.any()) parallel_for(plants * members, TellPumps<L>{solver_.state.view(), plants, members, motors_.channel()});
}

template <class L>
void HeatEngine<L>::step(const Tick& tick) {
    heed_supply();
    set_conditions(tick.now + tick.dt, tick.dt);
    solver_.step(seconds(tick.dt));
    tell_others();
    now_ = tick.now + tick.dt;
    note_solution(now_);
}

template <class L>
void HeatEngine<L>::set(const Intervention& intervention, bool active, MemberIndex member) {
    Switched& s = switched_[static_cast<std::size_t>(member)];
    for (const Intervention& known : members_[static_cast<std::size_t>(member)].scenario->interventions) {
        if (known.order != intervention.order) continue;
        if (active) s.active[known.order] = &known;
        else s.active.erase(known.order);
    }
    fold(member);
    upload_switches();
    note_served(now_);
}

template <class L>
void HeatEngine<L>::observe(Frame& frame, const Request& request, MemberIndex member) const {
    if (request.wants("heat")) observe_heat(frame, solver_, static_cast<Index>(member));
}

template <class L>
void HeatEngine<L>::begin_interval(Duration, std::string_view) {
    parallel_for(solver_.state.lanes(), StartInterval<L>{solver_.state.view()}, 1);
}

template <class L>
void HeatEngine<L>::take_events(std::vector<Event>& events) {
    events.insert(events.end(), events_.begin(), events_.end());
    events_.clear();
}

template <class L>
void HeatEngine<L>::indicators(std::vector<Kpi>& list, MemberIndex member) const {
    append_indicators(list, solver_, static_cast<Index>(member), unsolved_[static_cast<std::size_t>(member)]);
}

template <class L>
void HeatEngine<L>::save(Archive& archive) const {
    archive.put(now_.count());
    archive.put(std::span<const double>(unsolved_));
    archive.put(std::span<const std::uint8_t>(motors_.has_supply()));
    auto& state = const_cast<State<L>&>(solver_.state);
    const auto put = [&](const auto& values) {
        const auto host = values.to_host();
        archive.put(std::span<const typename decltype(host)::value_type>(host));
    };
    state.for_each([&](const auto& block) { put(block.values); });
    put(state.pipes().flow);
    put(state.pipes().head);
    for (const Switched& s : switched_) {
        std::vector<int> active;
        for (const auto& [order, intervention] : s.active) active.push_back(order);
        archive.put(std::span<const int>(active));
        archive.put(s.mean_outdoor_c);
        archive.put(std::span<const std::uint8_t>(s.stands));
    }
}

template <class L>
void HeatEngine<L>::load(Archive& archive) {
    now_ = Duration{archive.get<Duration::rep>()};
    unsolved_ = archive.get_list<double>();
    motors_.set_supply(archive.get_list<std::uint8_t>());
    solver_.state.for_each([&](auto& block) {
        using T = std::remove_cvref_t<decltype(block.values.to_host().front())>;
        block.values.from_host(archive.get_list<T>());
    });
    for (Array<double>* values : {&solver_.state.pipes().flow, &solver_.state.pipes().head}) values->from_host(archive.get_list<double>());
    for (std::size_t m = 0; m < switched_.size(); ++m) {
        const std::vector<int> active = archive.get_list<int>();
        switched_[m].mean_outdoor_c = archive.get<double>();
        switched_[m].stands = archive.get_list<std::uint8_t>();
        switched_[m].active.clear();
        for (const Intervention& known : members_[m].scenario->interventions)
            if (std::find(active.begin(), active.end(), known.order) != active.end()) switched_[m].active[known.order] = &known;
        fold(static_cast<MemberIndex>(m));
    }
    upload_switches();
    cut_off_ = std::count(switched_.front().served.begin(), switched_.front().served.end(), std::uint8_t{0});
    tell_others();
}

std::unique_ptr<Engine> make_heat_engine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus) {
    if (members.size() == 1) return std::make_unique<HeatEngine<Single>>(city, members, std::move(bus));
    return std::make_unique<HeatEngine<Batch>>(city, members, std::move(bus));
}

}  // namespace shahr::SHAHR_BACKEND::heat
