#include "sim/synthesis/low_voltage.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace shahr {
namespace {

constexpr double cosine = 0.95, sine = 0.31;   // of the design load, for the voltage drop

class Planner {
public:
    Planner(const StreetGraph& graph, const TransformerSite& site, const std::vector<GridCustomer>& customers, const LowVoltageRules& rules)
        : graph_(graph), site_(site), customers_(customers), rules_(rules), series_(site.private_sector ? low_voltage_overhead() : low_voltage_cables()) {}

    LowVoltagePlan plan() {
        plan_.buses.push_back({site_.node, {}, {}});
        hang_customers();
        cut_into_feeders();
        for (std::size_t n = 0; n < site_.nodes.size(); ++n)
            if (is_head_[n]) lay_feeder(n);
        sum_loads();
        size_sections();
        return std::move(plan_);
    }

private:
    double most_va() const { return rules_.loading * series_.back().rated_a * rules_.nominal_v * std::numbers::sqrt3; }
    bool too_much(const ConnectedLoad& load) const { return design_flow_va(load) > most_va(); }

    // What hangs on each node; a node with more than a line carries gets lines of its own for the rest.
    void hang_customers() {
        hanging_.resize(site_.nodes.size());
        load_.resize(site_.nodes.size());
        std::vector<std::int32_t> place(static_cast<std::size_t>(graph_.size()), -1);
        for (std::size_t n = 0; n < site_.nodes.size(); ++n) place[static_cast<std::size_t>(site_.nodes[n])] = static_cast<std::int32_t>(n);
        for (const std::int32_t c : site_.customers) {
            const GridCustomer& customer = customers_[static_cast<std::size_t>(c)];
            const auto n = static_cast<std::size_t>(place[static_cast<std::size_t>(customer.node)]);
            if (n == 0) {                      // beside the station
                plan_.buses[0].customers.push_back(c);
                plan_.buses[0].load += customer.load;
                continue;
            }
            ConnectedLoad sum = load_[n];
            sum += customer.load;
            if (!hanging_[n].empty() && too_much(sum)) {
                direct_.push_back({n, std::move(hanging_[n]), load_[n]});
                hanging_[n] = {c};
                load_[n] = customer.load;
                continue;
            }
            hanging_[n].push_back(c);
            load_[n] = sum;
        }
    }

    void cut_into_feeders() {
        const std::size_t n = site_.nodes.size();
        children_.resize(n);
        is_head_.assign(n, 0);
        for (std::size_t i = 1; i < n; ++i) children_[static_cast<std::size_t>(site_.previous[i])].push_back(i);
        std::vector<ConnectedLoad> open = load_;
        for (std::size_t i = n; i-- > 0;) {
            std::sort(children_[i].begin(), children_[i].end(), [&](std::size_t a, std::size_t b) {
                const double x = design_load_va(open[a]), y = design_load_va(open[b]);
                return x != y ? x < y : a < b;
            });
            for (const std::size_t child : children_[i]) {
                if (design_load_w(open[child]) <= 0) continue;  // all of it has feeders of its own
                ConnectedLoad sum = open[i];
                sum += open[child];
                if (i == 0 || too_much(sum)) is_head_[child] = 1;
                else open[i] = sum, joined_to_parent_.push_back(child);
            }
        }
        std::sort(joined_to_parent_.begin(), joined_to_parent_.end());
    }

    bool joined(std::size_t child) const { return std::binary_search(joined_to_parent_.begin(), joined_to_parent_.end(), child); }

    std::vector<std::int32_t> way_from_root(std::size_t n) const {
        std::vector<std::int32_t> way;
        for (auto i = static_cast<std::int32_t>(n); i >= 0; i = site_.previous[static_cast<std::size_t>(i)]) way.push_back(site_.nodes[static_cast<std::size_t>(i)]);
        std::reverse(way.begin(), way.end());
        return way;
    }

    std::int32_t add_section(std::int32_t from, std::vector<std::int32_t> way, std::vector<std::int32_t> customers, const ConnectedLoad& load) {
        const auto to = static_cast<std::int32_t>(plan_.buses.size());
        plan_.buses.push_back({way.back(), std::move(customers), load});
        const double whole_m = length_m(graph_, way);
        plan_.sections.push_back({from, to, plan_.feeders - 1, whole_m, std::move(way), {}, nullptr});
        return to;
    }

    // The feeder whose first branch or customer is at or behind the head; before that it runs without a bus.
    void lay_feeder(std::size_t head) {
        ++plan_.feeders;
        struct Pending {
            std::size_t node;
            std::int32_t from;
            std::vector<std::int32_t> way;
        };
        std::vector<Pending> pending{{head, 0, way_from_root(head)}};
        while (!pending.empty()) {
            Pending at = std::move(pending.back());
            pending.pop_back();
            std::vector<std::size_t> next;
            for (const std::size_t child : children_[at.node])
                if (joined(child)) next.push_back(child);
            std::int32_t from = at.from;
            std::vector<std::int32_t> way = std::move(at.way);
            if (!hanging_[at.node].empty() || next.size() != 1) {
                from = add_section(at.from, std::move(way), hanging_[at.node], load_[at.node]);
                way = {site_.nodes[at.node]};
            }
            for (const std::size_t child : next) {
                pending.push_back({child, from, way});
                pending.back().way.push_back(site_.nodes[child]);
            }
        }
    }

    void sum_loads() {
        for (Direct& d : direct_) {
            ++plan_.feeders;
            add_section(0, way_from_root(d.node), std::move(d.customers), d.load);
        }
        std::vector<ConnectedLoad> behind(plan_.buses.size());
        for (std::size_t b = 0; b < behind.size(); ++b) behind[b] = plan_.buses[b].load;
        for (std::size_t s = plan_.sections.size(); s-- > 0;) {
            LowVoltageSection& section = plan_.sections[s];
            section.load = behind[static_cast<std::size_t>(section.to)];
            behind[static_cast<std::size_t>(section.from)] += section.load;
        }
    }

    double current_a(const LowVoltageSection& s) const { return design_flow_va(s.load) / (rules_.nominal_v * std::numbers::sqrt3); }

    void size_sections() {
        size_.resize(plan_.sections.size());
        for (std::size_t s = 0; s < plan_.sections.size(); ++s) {
            std::size_t size = 1;              // not the smallest: utilities lay no main thinner than that
            while (size + 1 < series_.size() && series_[size].rated_a * rules_.loading < current_a(plan_.sections[s])) ++size;
            plan_.overloaded += series_[size].rated_a < current_a(plan_.sections[s]);
            size_[s] = size;
        }
        while (enlarge_worst_way()) {}
        for (std::size_t s = 0; s < plan_.sections.size(); ++s) plan_.sections[s].type = &series_[size_[s]];
    }

    double drop_percent(std::size_t s) const {
        const LineType& type = series_[size_[s]];
        const LowVoltageSection& section = plan_.sections[s];
        const double ohm_km = type.resistance_ohm_km * cosine + type.reactance_ohm_km * sine;
        return 100 * std::numbers::sqrt3 * current_a(section) * ohm_km * section.length_m / 1000 / rules_.nominal_v;
    }

    // One size more on the section with the greatest drop of the way to the worst bus. False when the drop holds or nothing is left.
    bool enlarge_worst_way() {
        std::vector<double> drop(plan_.buses.size(), 0);
        std::vector<std::int32_t> by(plan_.buses.size(), -1);
        std::size_t worst = 0;
        for (std::size_t s = 0; s < plan_.sections.size(); ++s) {
            const auto to = static_cast<std::size_t>(plan_.sections[s].to);
            drop[to] = drop[static_cast<std::size_t>(plan_.sections[s].from)] + drop_percent(s);
            by[to] = static_cast<std::int32_t>(s);
            if (drop[to] > drop[worst]) worst = to;
        }
        plan_.drop_percent = drop[worst];
        if (drop[worst] <= rules_.drop_percent) return false;
        std::int32_t best = -1;
        for (auto s = by[worst]; s >= 0; s = by[static_cast<std::size_t>(plan_.sections[static_cast<std::size_t>(s)].from)]) {
            const auto at = static_cast<std::size_t>(s);
            if (size_[at] + 1 < series_.size() && (best < 0 || drop_percent(at) > drop_percent(static_cast<std::size_t>(best)))) best = s;
        }
        if (best < 0) return false;
        ++size_[static_cast<std::size_t>(best)];
        return true;
    }

    struct Direct {
        std::size_t node;
        std::vector<std::int32_t> customers;
        ConnectedLoad load;
    };

    const StreetGraph& graph_;
    const TransformerSite& site_;
    const std::vector<GridCustomer>& customers_;
    const LowVoltageRules& rules_;
    std::span<const LineType> series_;
    LowVoltagePlan plan_;
    std::vector<std::vector<std::int32_t>> hanging_;
    std::vector<ConnectedLoad> load_;
    std::vector<Direct> direct_;
    std::vector<std::vector<std::size_t>> children_;
    std::vector<std::uint8_t> is_head_;
    std::vector<std::size_t> joined_to_parent_, size_;
};

}  // namespace

LowVoltagePlan plan_low_voltage(const StreetGraph& graph, const TransformerSite& site, const std::vector<GridCustomer>& customers, const LowVoltageRules& rules) {
    return Planner(graph, site, customers, rules).plan();
}

}  // namespace shahr
