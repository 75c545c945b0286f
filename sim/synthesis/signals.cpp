#include "sim/synthesis/signals.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/synthesis/conflicts.h"
#include "sim/synthesis/signal_offsets.h"
#include "sim/synthesis/signal_stages.h"
#include "sim/synthesis/signal_timing.h"

namespace shahr {
namespace {

constexpr double clear_ahead_mps = 10, clear_turning_mps = 7;

std::vector<Controller> find_controllers(const RoadNetwork& network, const JunctionHints& hints, const Column<JunctionId, std::uint8_t>& signalised) {
    const MovementsAtJunctions at(network);
    std::vector<Controller> controllers;
    std::map<std::int32_t, std::size_t> shared;
    for (JunctionId j : rows(signalised)) {
        if (!signalised[j]) continue;
        const std::int32_t group = hints.controller.empty() ? -1 : hints.controller[j];
        const auto [place, is_new] = group < 0 ? std::pair(shared.end(), true) : shared.try_emplace(group, controllers.size());
        if (is_new) controllers.emplace_back();
        Controller& c = group < 0 ? controllers.back() : controllers[place->second];
        c.junctions.push_back(j);
        c.movements.insert(c.movements.end(), at[j].begin(), at[j].end());
    }
    for (Controller& c : controllers) std::sort(c.movements.begin(), c.movements.end());
    return controllers;
}

class Programme {
public:
    Programme(const RoadNetwork& network, const NetworkIndex& index, const Controller& controller, std::vector<Stage> stages)
        : network_(network), index_(index), controller_(controller), stages_(std::move(stages)) {
        for (std::size_t k = 0; k < stages_.size(); ++k)
            demands_.push_back({stages_[k].flow_ratio, yellow_after(k), all_red_after(k), stages_[k].least_green_s});
    }

    double cycle_s() const { return webster_cycle_s(demands_); }

    // Appends the signal; returns when each of its movements begins to be green, from the programme's start (-1: never red).
    std::vector<Duration> append(RoadNetwork& to, double cycle_s) const {
        const SignalId signal = to.signals.id.push_back(to.junctions.id[controller_.junctions.front()]);
        to.signals.offset.push_back(Duration{0});
        to.signals.cycle.push_back(whole(cycle_s));
        for (std::size_t link = 0; link < controller_.movements.size(); ++link) {
            to.movements.signal[controller_.movements[link]] = signal;
            to.movements.signal_link[controller_.movements[link]] = static_cast<std::int32_t>(link);
        }
        const auto green = split_greens_s(demands_, cycle_s);
        std::vector<Duration> begins(controller_.movements.size(), Duration{-1});
        Duration now{0};
        const auto show = [&](double duration_s, const std::vector<Aspect>& aspects) {
            if (duration_s <= 0) return;
            to.signal_phases.signal.push_back(signal);
            to.signal_phases.duration.push_back(whole(duration_s));
            to.signal_phases.aspects.push_back(aspects);
            now += whole(duration_s);
        };
        for (std::size_t k = 0; k < stages_.size(); ++k) {
            for (std::size_t link = 0; link < begins.size(); ++link)
                if (is_green(k, link) && !is_green(before(k), link)) begins[link] = now;
            show(green[k], stages_[k].aspects);
            show(demands_[k].yellow_s, between(k, Aspect::yellow));
            show(demands_[k].all_red_s, between(k, Aspect::red));
        }
        return begins;
    }

private:
    static Duration whole(double seconds) { return Duration{std::lround(seconds) * 1000}; }
    std::size_t after(std::size_t k) const { return (k + 1) % stages_.size(); }
    std::size_t before(std::size_t k) const { return (k + stages_.size() - 1) % stages_.size(); }
    bool is_green(std::size_t k, std::size_t link) const { return stages_[k].aspects[link] != Aspect::red; }
    bool ends(std::size_t k, std::size_t link) const { return is_green(k, link) && !is_green(after(k), link); }

    // What shows between stage k and the next: what ends shows `ending`, what goes on stays as it was.
    std::vector<Aspect> between(std::size_t k, Aspect ending) const {
        std::vector<Aspect> aspects = stages_[k].aspects;
        for (std::size_t link = 0; link < aspects.size(); ++link)
            if (ends(k, link)) aspects[link] = ending;
        return aspects;
    }

    double yellow_after(std::size_t k) const {
        double longest = 0;
        for (std::size_t link = 0; link < controller_.movements.size(); ++link)
            if (ends(k, link)) longest = std::max(longest, yellow_s(network_.lanes.speed_limit_mps[network_.movements.from_lane[controller_.movements[link]]]));
        return longest;
    }

    double all_red_after(std::size_t k) const {
        const Movements& m = network_.movements;
        double longest = 0;
        for (std::size_t link = 0; link < controller_.movements.size(); ++link) {
            if (!ends(k, link)) continue;
            const MovementId ending = controller_.movements[link];
            for (ConflictId c : index_.conflicts_of[ending]) {
                const MovementId foe = network_.conflicts.foe[c];
                const auto foe_link = static_cast<std::size_t>(std::lower_bound(controller_.movements.begin(), controller_.movements.end(), foe) - controller_.movements.begin());
                if (is_green(k, foe_link) || !is_green(after(k), foe_link)) continue;
                const double clear_mps = m.turn[ending] == Turn::straight ? clear_ahead_mps : clear_turning_mps;
                longest = std::max(longest, all_red_s(network_.conflicts.at_m[c], clear_mps, network_.conflicts.foe_at_m[c], network_.lanes.speed_limit_mps[m.from_lane[foe]]));
            }
        }
        return longest;
    }

    const RoadNetwork& network_;
    const NetworkIndex& index_;
    const Controller& controller_;
    std::vector<Stage> stages_;
    std::vector<StageDemand> demands_;
};

}  // namespace

void synthesise_signals(City& city, const JunctionHints& hints, const Ports& ports, const Column<JunctionId, std::uint8_t>& signalised, ImportReport& report) {
    RoadNetwork& network = city.network;
    const NetworkIndex index(network);
    std::int64_t without_stages = 0, joined = 0, protected_stages = 0;
    Column<MovementId, Duration> green_begins(network.movements.turn.size(), Duration{-1});
    for (const Controller& controller : find_controllers(network, hints, signalised)) {
        auto stages = find_stages(city, index, ports, controller);
        if (stages.size() < 2) {
            ++without_stages;
            for (JunctionId j : controller.junctions) network.junctions.control[j] = Control::priority;
            continue;
        }
        joined += controller.junctions.size() > 1;
        protected_stages += std::count_if(stages.begin(), stages.end(), [](const Stage& s) { return s.least_green_s < 8; });
        const Programme programme(network, index, controller, std::move(stages));
        const auto begins = programme.append(network, programme.cycle_s());
        for (std::size_t link = 0; link < begins.size(); ++link) green_begins[controller.movements[link]] = begins[link];
    }
    const std::int64_t coordinated = set_offsets(network, green_begins);

    const auto n = static_cast<std::int64_t>(network.signals.id.size());
    report.dropped(without_stages, "signals", "no two approaches need separate greens");
    if (n == 0) return;
    report.guessed(n, "signal programmes", fmt::format("Webster over class and lanes; {} for several junctions, {} protected turns", joined, protected_stages));
    report.guessed(coordinated, "signals in green waves", "offset by the drive at 90 % of the limit, links of up to 700 m, greatest roads first");
}

}  // namespace shahr
