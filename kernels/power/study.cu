#include "kernels/power/study.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shahr::SHAHR_BACKEND::power {
namespace {

// One value per lane, row by row, from one value per row.
std::vector<double> spread(const std::vector<double>& rows, Index lanes) {
    if (lanes == 1) return rows;
    const auto tile = static_cast<std::size_t>(Batch::tile), tiles = at(padded<Batch>(lanes)) / tile;
    std::vector<double> all;
    all.reserve(rows.size() * tile * tiles);
    for (std::size_t t = 0; t < tiles; ++t)
        for (double value : rows) all.insert(all.end(), tile, value);
    return all;
}

// The same start in every lane.
template <class L>
struct Spread {
    View<const double> start;
    View<double> voltage;
    Index calls;
    SHAHR_HD void operator()(Index i) const {
        const auto [row, call] = row_and_call<L>(i, start.size, calls);
        strand<L>(voltage, start.size, call).set(row, typename L::Real{} + start[row]);
    }
};

}  // namespace

const Solution::Host& Solution::host() const {
    if (!host_) host_ = Host{voltage.to_host(), flows.to_host(), extra.to_host(), totals.to_host(), convergence.to_host()};
    return *host_;
}
const std::vector<double>& Solution::host_totals() const {
    if (totals_.empty()) totals_ = totals.to_host();
    return totals_;
}
const std::vector<double>& Solution::host_fed() const {
    if (fed_.empty()) fed_ = fed.to_host();
    return fed_;
}
const std::vector<Index>& Solution::host_taps() const {
    if (taps_.empty()) taps_ = taps.to_host();
    return taps_;
}
const std::vector<Convergence>& Solution::host_convergence() const {
    if (convergence_.empty()) convergence_ = convergence.to_host();
    return convergence_;
}
std::size_t Solution::place_of(Index rows, Index r, Index lane) const {
    return static_cast<std::size_t>(lanes == 1 ? place<Single>(rows, r, lane) : place<Batch>(rows, r, lane));
}

Study::Study(const PowerGrid& grid, SwitchState state, std::shared_ptr<const Network> network, StudyOptions options)
    : state_(std::move(state)), options_(options), network_(std::move(network)), changers_(tap_changers(grid, state_, *network_)), changer_table_(changers_) {
    if (options_.phases == 3) {
        phase_sweep_ = std::make_unique<PhaseSweep>(grid, state_, *network_, changers_, options_.reactive_limits);
    } else {
        const std::vector<TwoPort> branches = two_ports(grid, state_, *network_, positive_sequence);
        const Admittance y = assemble(grid, *network_, branches, positive_sequence);
        sweep_ = std::make_unique<Sweep>(*network_, y, changers_, branches, sweeps() ? voltage_ranks(*network_) : std::vector<Index>{}, options_.reactive_limits);
        newton_ = std::make_unique<Newton>(*network_, y, options_.reactive_limits);
    }
    make_branch_table(grid);
    make_load_table(grid);
    make_grid_table(grid);
    make_source_table(grid);
    make_start(grid);
    first_start_ = Array<double>(options_.phases == 3 ? flat_start_ : sweeps() ? unloaded_ : given_start_);
}

std::vector<std::int32_t> Study::tap_positions(const Solution& solution, Index lane) const {
    std::vector<std::int32_t> positions = state_.tap_position;
    if (solution.taps.size() == 0) return positions;
    for (Index c = 0; c < changer_table_.size(); ++c) positions[row(changers_[at(c)].transformer)] = solution.host_taps()[solution.place_of(changer_table_.size(), c, lane)];
    return positions;
}

// The given start where the case has one; else 1 pu, or what is held, turned by the transformers' shifts, which the solution
// without load shows.
void Study::make_start(const PowerGrid& grid) {
    if (options_.phases == 3) {
        for (Index k = 0; k < network_->size(); ++k)
            for (const Sequence s : {zero_sequence, positive_sequence, negative_sequence}) {
                const Complex v = phase_sweep_->without_load(s)[at(k)];
                flat_start_.insert(flat_start_.end(), {v.real(), v.imag()});
            }
        return;
    }
    for (const Complex& v : sweep_->without_load()) unloaded_.insert(unloaded_.end(), {v.real(), v.imag()});
    bool is_given = false;
    std::vector<Complex> given(at(network_->size()), 1.0);
    for (BusId bus : rows(grid.buses.id)) {
        const Index k = network_->rank_of_bus[row(bus)];
        if (k < 0) continue;
        const double magnitude = grid.buses.initial_voltage_pu[bus], degree = grid.buses.initial_angle_degree[bus];
        is_given = is_given || magnitude != 1 || degree != 0;
        given[at(k)] = std::polar(magnitude, degree * std::numbers::pi / 180);
    }
    for (Index k = 0; k < network_->size(); ++k) {
        const Complex unloaded = sweep_->without_load()[at(k)];
        const bool held = network_->is_slack[at(k)] || network_->is_voltage[at(k)];
        const double magnitude = held ? network_->voltage_pu[at(k)] : 1;
        Complex flat = std::abs(unloaded) > 0 ? unloaded / std::abs(unloaded) * magnitude : Complex(magnitude);
        Complex start = held ? given[at(k)] / std::abs(given[at(k)]) * magnitude : given[at(k)];
        if (network_->is_slack[at(k)]) flat = start = std::polar(network_->voltage_pu[at(k)], network_->angle_rad[at(k)]);
        flat_start_.insert(flat_start_.end(), {flat.real(), flat.imag()});
        given_start_.insert(given_start_.end(), {start.real(), start.imag()});
    }
    if (!is_given) given_start_ = flat_start_;
}

bool Study::sweeps() const {
    return options_.phases == 3 || options_.method == Method::sweep || (options_.method == Method::automatic && !network_->has_voltage_nodes());
}

// Fresh memory costs as much as a sweep: solutions that are no longer looked at are filled again.
std::shared_ptr<Solution> Study::empty_solution(const std::vector<Index>& lanes) {
    const auto at = std::find_if(solutions_.begin(), solutions_.end(), [&](const auto& s) { return s.use_count() == 1 && s->lanes == static_cast<Index>(lanes.size()); });
    if (at != solutions_.end()) {
        (*at)->forget();
        (*at)->lane_of_input.from_host(lanes);
        return *at;
    }
    std::erase_if(solutions_, [](const auto& s) { return s.use_count() == 1; });
    auto s = std::make_shared<Solution>();
    s->lanes = static_cast<Index>(lanes.size());
    s->lane_of_input = Array<Index>(lanes);
    const Index branches = from_.size(), phases = options_.phases, n = network_->size(), width = s->lanes == 1 ? 1 : padded<Batch>(s->lanes);
    s->voltage = Array<double>(first_start_.size() * width);
    s->node_load = Array<double>(n * (phases == 3 ? shape_.rows() : shape_.parts()) * width);
    s->flows = Array<double>(branches * phases * flow_parts * width);
    s->extra = Array<double>(branches * branch_parts(phases) * width);
    s->fed = Array<double>(2 * source_rank_.size() * width);
    s->totals = Array<double>(total_rows * width);
    if (sweeps()) s->taps = Array<Index>(changer_table_.size() * width);
    s->convergence = Array<Convergence>(s->lanes);
    solutions_.push_back(s);
    return s;
}

std::shared_ptr<const Solution> Study::solve(const std::vector<Index>& lanes, LaneInputs inputs) {
    const std::shared_ptr<Solution> s = empty_solution(lanes);
    inputs.lane = s->lane_of_input;
    if (s->lanes == 1) solve_lanes<Single>(*s, inputs);
    else solve_lanes<Batch>(*s, inputs);
    return s;
}

template <class L>
void Study::solve_lanes(Solution& s, const LaneInputs& inputs) {
    const Index n = network_->size(), branches = from_.size(), phases = options_.phases, c = calls<L>(s.lanes);
    const NodeLoadTable loads{shape_, phases == 3, first_item_, items_};
    parallel_for(first_start_.size() * c, Spread<L>{first_start_, s.voltage, c}, 1024);
    parallel_for(n * c, SumNodeLoads<L>{loads, inputs, n, c, s.node_load}, 64);
    iterate(s);
    const BranchTable table{branches, from_, to_, ports_, per_current_from_, per_current_to_, per_power_};
    const BranchFlow<L> flow{table, n, phases, c, s.voltage, s.flows, s.extra};
    parallel_for(branches * c, flow, 64);
    if (s.taps.size() > 0) parallel_for(changer_table_.size() * c, TappedFlow<L>{flow, changer_table_, s.taps});
    const GridTable grid{rank_of_bus_.size(), rank_of_bus_, min_pu_, max_pu_, shunt_g_, shunt_b_};
    const SourceTable sources{source_rank_, source_is_slack_, source_min_q_, source_max_q_, first_source_end_, source_end_};
    parallel_for(sources.rank.size * c, SumSource<L>{sources, grid, loads, n, branches, phases, c, s.voltage, s.node_load, s.flows, s.fed}, 64);
    parallel_for(c, SumTotals<L>{grid, sources, n, branches, phases, loads, inputs, s.voltage, s.node_load, s.flows, s.extra, s.fed, s.totals}, 1);
}

void Study::iterate(Solution& s) {
    if (options_.phases == 3) {
        phase_sweep_->solve(s.lanes, s.node_load, shape_, s.voltage, s.taps, s.convergence);
        return;
    }
    if (sweeps()) {
        sweep_->solve(s.lanes, s.node_load, shape_.zip, s.voltage, s.taps, s.convergence);
        if (options_.method == Method::automatic) try_newton(s, flat_start_);
    } else {
        newton_->solve(s.lanes, s.node_load, shape_.zip, s.voltage, s.convergence);
        if (given_start_ != flat_start_) try_newton(s, flat_start_);
    }
}

// Lanes that have not converged try again; the others keep what they have.
void Study::try_newton(Solution& s, const std::vector<double>& start) {
    std::vector<Convergence> first = s.convergence.to_host();
    if (std::all_of(first.begin(), first.end(), [](const Convergence& c) { return c.converged != 0; })) return;
    std::vector<double> voltage = s.voltage.to_host();
    Array<double> again(spread(start, s.lanes));
    newton_->solve(s.lanes, s.node_load, shape_.zip, again, s.convergence);
    const std::vector<double> second = again.to_host();
    std::vector<Convergence> outcome = s.convergence.to_host();
    const Index rows = 2 * network_->size();
    for (Index lane = 0; lane < s.lanes; ++lane) {
        if (first[at(lane)].converged) {
            outcome[at(lane)] = first[at(lane)];
            continue;
        }
        for (Index r = 0; r < rows; ++r) voltage[s.place_of(rows, r, lane)] = second[s.place_of(rows, r, lane)];
    }
    s.voltage.from_host(voltage);
    s.convergence.from_host(outcome);
}

}  // namespace shahr::SHAHR_BACKEND::power
