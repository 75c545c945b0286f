#include "sim/synthesis/transformer_sites.h"

#include <algorithm>
#include <limits>
#include <queue>

namespace shahr {
namespace {

struct Offer {
    float at_m;
    std::int32_t node, site, previous;
    bool operator>(const Offer& other) const {
        if (at_m != other.at_m) return at_m > other.at_m;
        return node != other.node ? node > other.node : site > other.site;
    }
};

struct Demand {                                // of one street node
    ConnectedLoad load;
    std::vector<std::int32_t> customers;
    bool private_sector = false;
};

class SiteGrower {
public:
    SiteGrower(const StreetGraph& graph, const std::vector<GridCustomer>& customers, const SiteRules& rules) : graph_(graph), rules_(rules), demand_(static_cast<std::size_t>(graph.size())) {
        std::vector<double> private_w(demand_.size(), 0);
        for (std::size_t c = 0; c < customers.size(); ++c) {
            if (has_own_station(customers[c], rules.own_from_w)) continue;
            Demand& at = demand_[static_cast<std::size_t>(customers[c].node)];
            at.load += customers[c].load;
            at.customers.push_back(static_cast<std::int32_t>(c));
            private_w[static_cast<std::size_t>(customers[c].node)] += (customers[c].private_sector ? 1 : -1) * design_load_w(customers[c].load);
        }
        for (std::size_t n = 0; n < demand_.size(); ++n) demand_[n].private_sector = private_w[n] > 0;
    }

    std::vector<TransformerSite> grow() {
        for (int round = 0; round < rules_.rounds; ++round) {
            std::vector<std::int32_t> left = spread();
            while (!left.empty()) {
                add_sites(left);
                left = spread();
            }
            if (round + 1 < rules_.rounds) move_to_middles();
        }
        return collect();
    }

private:
    static constexpr std::int32_t nobody = -1;

    double capacity_va(bool private_sector) const { return private_sector ? rules_.private_va : rules_.block_va; }

    // All sites grow at once; the nodes with demand that none took.
    std::vector<std::int32_t> spread() {
        const std::size_t n = demand_.size();
        owner_.assign(n, nobody);
        previous_.assign(n, -1);
        order_.clear();
        load_.assign(site_node_.size(), {});
        std::priority_queue<Offer, std::vector<Offer>, std::greater<>> offers;
        for (std::size_t s = 0; s < site_node_.size(); ++s) offers.push({0, site_node_[s], static_cast<std::int32_t>(s), -1});
        while (!offers.empty()) {
            const Offer offer = offers.top();
            offers.pop();
            const auto node = static_cast<std::size_t>(offer.node);
            if (owner_[node] != nobody || !takes(offer)) continue;
            owner_[node] = offer.site;
            previous_[node] = offer.previous;
            order_.push_back(offer.node);
            const double radius_m = site_private_[static_cast<std::size_t>(offer.site)] ? rules_.private_radius_m : rules_.block_radius_m;
            for (const auto& [to, length] : graph_.edges(offer.node))
                if (const float at_m = offer.at_m + length; static_cast<double>(at_m) <= radius_m && owner_[static_cast<std::size_t>(to)] == nobody) offers.push({at_m, to, offer.site, offer.node});
        }
        std::vector<std::int32_t> left;
        for (std::size_t i = 0; i < n; ++i)
            if (owner_[i] == nobody && !demand_[i].customers.empty()) left.push_back(static_cast<std::int32_t>(i));
        return left;
    }

    // A site takes its own node whatever hangs there, others while it has room.
    bool takes(const Offer& offer) {
        const Demand& at = demand_[static_cast<std::size_t>(offer.node)];
        if (at.customers.empty()) return true;
        const auto site = static_cast<std::size_t>(offer.site);
        ConnectedLoad sum = load_[site];
        sum += at.load;
        if (offer.previous >= 0 && design_load_va(sum) > capacity_va(site_private_[site])) return false;
        load_[site] = sum;
        return true;
    }

    // New sites on nodes that nobody took, the heaviest first; none within half a radius of another new one, so that the next
    // round can show what still lacks one.
    void add_sites(std::vector<std::int32_t>& left) {
        std::vector<std::pair<double, std::int32_t>> by_load;
        for (const std::int32_t node : left) by_load.emplace_back(-design_load_w(demand_[static_cast<std::size_t>(node)].load), node);
        std::sort(by_load.begin(), by_load.end());
        std::vector<std::uint8_t> covered(demand_.size(), 0);
        for (const auto& [minus_w, node] : by_load) {
            if (covered[static_cast<std::size_t>(node)]) continue;
            const bool private_sector = demand_[static_cast<std::size_t>(node)].private_sector;
            site_node_.push_back(node);
            site_private_.push_back(private_sector);
            cover(node, private_sector, covered);
        }
    }

    // What a new site at `node` will about take: it is not to get a second one at once.
    void cover(std::int32_t node, bool private_sector, std::vector<std::uint8_t>& covered) const {
        const double radius_m = private_sector ? rules_.private_radius_m : rules_.block_radius_m;
        std::priority_queue<Offer, std::vector<Offer>, std::greater<>> offers;
        std::vector<std::int32_t> seen;
        ConnectedLoad sum;
        offers.push({0, node, 0, -1});
        while (!offers.empty()) {
            const Offer offer = offers.top();
            offers.pop();
            if (std::find(seen.begin(), seen.end(), offer.node) != seen.end()) continue;
            seen.push_back(offer.node);
            const auto at = static_cast<std::size_t>(offer.node);
            if (owner_[at] == nobody && !covered[at]) {
                sum += demand_[at].load;
                if (offer.previous >= 0 && design_load_va(sum) > capacity_va(private_sector)) return;
                covered[at] = 1;
            }
            for (const auto& [to, length] : graph_.edges(offer.node))
                if (static_cast<double>(offer.at_m + length) <= radius_m) offers.push({offer.at_m + length, to, 0, offer.node});
        }
    }

    // The 1-median of each site's tree: where half of the load lies on no side.
    void move_to_middles() {
        std::vector<double> below_w(demand_.size(), 0), whole_w(site_node_.size(), 0);
        std::vector<std::int32_t> heavy_child(demand_.size(), -1);
        for (std::size_t k = order_.size(); k-- > 0;) {
            const auto node = static_cast<std::size_t>(order_[k]);
            below_w[node] += design_load_w(demand_[node].load);
            whole_w[static_cast<std::size_t>(owner_[node])] += design_load_w(demand_[node].load);
            if (previous_[node] < 0) continue;
            const auto parent = static_cast<std::size_t>(previous_[node]);
            below_w[parent] += below_w[node];
            if (heavy_child[parent] < 0 || below_w[node] > below_w[static_cast<std::size_t>(heavy_child[parent])]) heavy_child[parent] = order_[k];
        }
        for (std::size_t s = 0; s < site_node_.size(); ++s) {
            std::int32_t at = site_node_[s];
            while (heavy_child[static_cast<std::size_t>(at)] >= 0 && below_w[static_cast<std::size_t>(heavy_child[static_cast<std::size_t>(at)])] > whole_w[s] / 2) at = heavy_child[static_cast<std::size_t>(at)];
            site_node_[s] = at;
        }
    }

    // Sites that supply nobody fall away; branches of the tree without customers too.
    std::vector<TransformerSite> collect() const {
        std::vector<std::uint8_t> needed(demand_.size(), 0);
        for (std::size_t k = order_.size(); k-- > 0;) {
            const auto node = static_cast<std::size_t>(order_[k]);
            if (!demand_[node].customers.empty()) needed[node] = 1;
            if (needed[node] && previous_[node] >= 0) needed[static_cast<std::size_t>(previous_[node])] = 1;
        }
        std::vector<TransformerSite> sites(site_node_.size());
        std::vector<std::int32_t> place(demand_.size(), -1);
        for (const std::int32_t node : order_) {
            const auto at = static_cast<std::size_t>(node);
            TransformerSite& site = sites[static_cast<std::size_t>(owner_[at])];
            if (!needed[at]) continue;
            place[at] = static_cast<std::int32_t>(site.nodes.size());
            site.nodes.push_back(node);
            site.previous.push_back(previous_[at] < 0 ? -1 : place[static_cast<std::size_t>(previous_[at])]);
            site.load += demand_[at].load;
            site.customers.insert(site.customers.end(), demand_[at].customers.begin(), demand_[at].customers.end());
        }
        std::vector<TransformerSite> kept;
        for (std::size_t s = 0; s < sites.size(); ++s) {
            if (sites[s].customers.empty()) continue;
            sites[s].node = site_node_[s];
            sites[s].private_sector = site_private_[s] != 0;
            kept.push_back(std::move(sites[s]));
        }
        return kept;
    }

    const StreetGraph& graph_;
    const SiteRules& rules_;
    std::vector<Demand> demand_;
    std::vector<std::int32_t> site_node_;
    std::vector<std::uint8_t> site_private_;
    std::vector<std::int32_t> owner_, previous_, order_;  // order_: nodes as they were taken, parents before children
    std::vector<ConnectedLoad> load_;
};

}  // namespace

bool has_own_station(const GridCustomer& customer, double own_from_w) {
    return customer.too_far || design_load_w(customer.load) >= own_from_w;
}

std::vector<TransformerSite> site_transformers(const StreetGraph& graph, const std::vector<GridCustomer>& customers, const SiteRules& rules) {
    std::vector<TransformerSite> sites = SiteGrower(graph, customers, rules).grow();
    for (std::size_t c = 0; c < customers.size(); ++c) {
        if (!has_own_station(customers[c], rules.own_from_w)) continue;
        TransformerSite& own = sites.emplace_back();
        own.node = customers[c].node;
        own.own = true;
        own.private_sector = customers[c].private_sector;
        own.load = customers[c].load;
        own.customers = {static_cast<std::int32_t>(c)};
        own.nodes = {own.node};
        own.previous = {-1};
    }
    return sites;
}

}  // namespace shahr
