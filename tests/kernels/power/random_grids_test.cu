// Made-up grids of every size: the sweep and Newton's iteration find the same state, and in three phases the currents at every
// node add up.
#include <cmath>
#include <complex>
#include <numbers>
#include <random>

#include "tests/kernels/power/grids.h"

namespace shahr::SHAHR_BACKEND::power {
namespace {

using Complex = std::complex<double>;

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    double real(double least, double most) { return least + (most - least) * static_cast<double>(engine_()) / 4294967295.0; }
    int whole(int least, int most) { return least + static_cast<int>(engine_() % static_cast<unsigned>(most - least + 1)); }
    bool chance(double share) { return real(0, 1) < share; }

private:
    std::mt19937 engine_;
};

BranchId add_line(PowerGrid& grid, Dice& dice, int from, int to, double z) {
    const BranchId b = add_branch(grid.branches, std::to_string(grid.branches.id.size()), BranchKind::cable, BusId{from}, BusId{to});
    grid.branches.resistance_pu[b] = z * dice.real(0.2, 1);
    grid.branches.reactance_pu[b] = z * dice.real(0.2, 1);
    grid.branches.zero_resistance_pu[b] = grid.branches.resistance_pu[b] * dice.real(1, 4);
    grid.branches.zero_reactance_pu[b] = grid.branches.reactance_pu[b] * dice.real(1, 4);
    return b;
}

// A tree of n + 1 buses from bus 0 on, a few loops, loads of every make-up, an open tie, and on larger grids closed switches
// and a part that is dead. Voltages fall by a fifth at most.
City random_grid(unsigned seed, int n) {
    Dice dice(seed);
    City city;
    PowerGrid& grid = city.power;
    grid.base_power_va = 10e6;
    for (int i = 0; i <= n; ++i) add_bus(grid.buses, std::to_string(i), 10e3);
    const double z = 0.5 / n;
    const int reach = dice.whole(1, 10);
    for (int i = 1; i <= n; ++i) add_line(grid, dice, dice.whole(std::max(0, i - reach), i - 1), i, z);
    for (int loop = dice.whole(0, 4); loop > 0 && n > 2; --loop) {
        const int a = dice.whole(0, n), b = dice.whole(0, n);
        if (a != b) add_line(grid, dice, a, b, z);
    }
    if (n > 2) {
        const BranchId tie = add_line(grid, dice, 0, n, z);
        (dice.chance(0.5) ? grid.branches.from_closed : grid.branches.to_closed)[tie] = 0;
    }
    if (n > 20) {
        const int dead = static_cast<int>(grid.buses.id.size());
        for (int i = 0; i < 3; ++i) add_bus(grid.buses, std::to_string(dead + i), 10e3);
        add_line(grid, dice, dead, dead + 1, z);
        add_branch(grid.branches, "coupler", BranchKind::bus_switch, BusId{dice.whole(1, n)}, BusId{dead + 2});
        add_load(grid.loads, "behind the coupler", BusId{dead + 2}, 1e4, 1e3);
        const BranchId open = add_branch(grid.branches, "open", BranchKind::bus_switch, BusId{1}, BusId{dead});
        grid.branches.from_closed[open] = 0;
    }
    for (int i = 1; i <= n; ++i) {
        if (dice.chance(0.2)) continue;
        const LoadId l = add_load(grid.loads, std::to_string(i), BusId{i}, dice.real(-0.2, 1) * 2e6 / n, dice.real(-0.3, 0.6) * 2e6 / n);
        grid.loads.impedance_share_p[l] = dice.chance(0.5) ? dice.real(0, 0.5) : 0;
        grid.loads.current_share_p[l] = dice.chance(0.5) ? dice.real(0, 0.5) : 0;
        grid.loads.impedance_share_q[l] = dice.chance(0.5) ? dice.real(0, 0.5) : 0;
        grid.loads.current_share_q[l] = dice.chance(0.5) ? dice.real(0, 0.5) : 0;
    }
    grid.generators.voltage_pu[add_generator(grid.generators, "source", BusId{0}, GeneratorKind::slack)] = 1.02;
    return city;
}

// As if a transformer stood at the source: what leads away from it is turned.
void turn_source(Branches& branches, double degree) {
    for (BranchId b : rows(branches.id))
        if (branches.from[b] == BusId{0} || branches.to[b] == BusId{0}) branches.shift_degree[b] = branches.from[b] == BusId{0} ? degree : -degree;
}

constexpr int sizes[] = {1, 2, 3, 5, 8, 13, 40, 120, 1000};
// The fewer the larger: devices that are emulated take their time.
unsigned grids_of(int buses) {
    return buses < 20 ? 12 : buses < 100 ? 4 : 1;
}

void expect_same_voltages(const GridRun& a, const GridRun& b, std::size_t phases_of_a, const std::string& what) {
    const auto va = a.field("voltage_magnitude"), vb = b.field("voltage_magnitude"), wa = a.field("voltage_angle"), wb = b.field("voltage_angle");
    ASSERT_EQ(a.count("converged") + b.count("converged"), 2) << what;
    for (std::size_t i = 0; i < va.size(); ++i) {
        const std::size_t j = i / phases_of_a;
        EXPECT_NEAR(va[i], vb[j], 1e-8) << what;
        if (vb[j] == 0) continue;
        const double turned = static_cast<double>(i % phases_of_a) * -120;
        EXPECT_NEAR(std::remainder(wa[i] - wb[j] - turned, 360), 0, 1e-6) << what;
    }
}

TEST(PowerRandomGrids, SweepAndNewtonAgree) {
    for (const int n : sizes)
        for (unsigned seed = 1; seed <= grids_of(n); ++seed) {
            City city = random_grid(seed, n);
            if (seed % 2 == 0) city.power.branches.tap_ratio[BranchId{0}] = 0.97;
            if (seed % 4 == 0) turn_source(city.power.branches, 30);
            std::string what = std::to_string(n);
            what += " buses, seed ";
            what += std::to_string(seed);
            expect_same_voltages(GridRun(city, solved_by("sweep")), GridRun(city, solved_by("newton")), 1, what);
        }
}

// Generators that hold voltages, some at a limit of their reactive power.
TEST(PowerRandomGrids, SweepAndNewtonHoldTheSameVoltages) {
    for (const int n : sizes)
        for (unsigned seed = 1; seed <= grids_of(n); ++seed) {
            City city = random_grid(seed, n);
            Dice dice(seed + 100);
            if (seed % 2 == 0) turn_source(city.power.branches, 150);
            for (int count = dice.whole(1, 4); count > 0; --count) {
                const GeneratorId g = add_generator(city.power.generators, std::to_string(count), BusId{dice.whole(1, n)}, GeneratorKind::voltage);
                city.power.generators.voltage_pu[g] = 1 + 0.005 * (number(city.power.generators.bus[g]) % 5);
                city.power.generators.active_power_w[g] = dice.real(0, 0.5e6);
                if (seed % 3 != 0) continue;
                city.power.generators.min_reactive_power_var[g] = -2e5;
                city.power.generators.max_reactive_power_var[g] = 3e5;
            }
            PowerOptions sweep = solved_by("sweep"), newton = solved_by("newton");
            std::string what = std::to_string(n);
            what += " buses, seed ";
            what += std::to_string(seed);
            expect_same_voltages(GridRun(city, sweep), GridRun(city, newton), 1, what);
            if (city.power.generators.id.size() > 2) continue;  // with several, those that Newton's iteration lets go need not be the same
            sweep.enforce_reactive_limits = newton.enforce_reactive_limits = true;
            expect_same_voltages(GridRun(city, sweep), GridRun(city, newton), 1, what + " with limits");
        }
}

TEST(PowerRandomGrids, ThreePhasesAlikeAreOne) {
    for (const int n : {1, 3, 13, 120})
        for (unsigned seed = 1; seed <= grids_of(n); ++seed) {
            City city = random_grid(seed, n);
            const GeneratorId g = add_generator(city.power.generators, "g", BusId{n}, GeneratorKind::voltage);
            city.power.generators.active_power_w[g] = 2e5;
            city.power.generators.voltage_pu[g] = 1.01;
            PowerOptions three;
            three.phases = 3;
            std::string what = std::to_string(n);
            what += " buses, seed ";
            what += std::to_string(seed);
            expect_same_voltages(GridRun(city, three), GridRun(city, solved_by("newton")), 3, what);
        }
}

// What flows into the lines of a node and what its loads draw, phase by phase, from the voltages alone: a line's phases have
// the self impedance (z0 + 2 z1) / 3 and the mutual one (z0 - z1) / 3.
class PhaseCurrents {
public:
    PhaseCurrents(const PowerGrid& grid, const GridRun& run) : grid_(grid) {
        const auto v = run.field("voltage_magnitude"), angle = run.field("voltage_angle");
        for (std::size_t i = 0; i < v.size(); ++i) voltage_.push_back(v[i] > 0 ? std::polar(v[i], angle[i] * std::numbers::pi / 180) : Complex{});
        left_.resize(voltage_.size());
        for (BranchId b : rows(grid.branches.id)) add_line_currents(b);
        for (LoadId l : rows(grid.loads.id)) add_load_currents(l);
    }
    // Per unit of a third of the base power at 1 pu; the buses of a closed switch together.
    Complex left_over(std::size_t bus, std::size_t phase) const { return left_[3 * bus + phase]; }

private:
    void add_line_currents(BranchId b) {
        const Branches& of = grid_.branches;
        const std::size_t f = 3 * row(of.from[b]), t = 3 * row(of.to[b]);
        if (of.kind[b] == BranchKind::bus_switch) return;
        if (!of.from_closed[b] || !of.to_closed[b]) return;  // lines without capacitance
        const Complex y1 = 1.0 / Complex(of.resistance_pu[b], of.reactance_pu[b]), y0 = 1.0 / Complex(of.zero_resistance_pu[b], of.zero_reactance_pu[b]);
        for (std::size_t p = 0; p < 3; ++p)
            for (std::size_t q = 0; q < 3; ++q) {
                const Complex y = p == q ? (y0 + 2.0 * y1) / 3.0 : (y0 - y1) / 3.0, i = y * (voltage_[f + q] - voltage_[t + q]);
                left_[f + p] += i;
                left_[t + p] -= i;
            }
    }
    void add_load_currents(LoadId l) {
        const PowerLoads& of = grid_.loads;
        const std::size_t at = 3 * row(of.bus[l]);
        const auto phase = static_cast<std::size_t>(of.phase[l]);
        const Complex rated = Complex(of.active_power_w[l], of.reactive_power_var[l]) / grid_.base_power_va * (phase == 0 ? 1.0 : 3.0);
        for (std::size_t p = 0; p < 3; ++p) {
            if (phase != 0 && p != (phase - 1) % 3) continue;
            const bool between = phase > 3;
            const std::size_t next = (p + 1) % 3;
            const Complex v = between ? voltage_[at + p] - voltage_[at + next] : voltage_[at + p];
            const double m = std::abs(v) / (between ? std::sqrt(3.0) : 1);
            const auto drawn = [&](double power, double impedance, double current) { return power * (impedance * m * m + current * m + 1 - impedance - current); };
            const Complex s(drawn(rated.real(), of.impedance_share_p[l], of.current_share_p[l]), drawn(rated.imag(), of.impedance_share_q[l], of.current_share_q[l]));
            const Complex i = v == Complex{} ? Complex{} : std::conj(s / v);
            left_[at + p] += i;
            if (between) left_[at + next] -= i;
        }
    }

    const PowerGrid& grid_;
    std::vector<Complex> voltage_, left_;      // [bus][phase]
};

TEST(PowerRandomGrids, CurrentsOfThreePhasesAddUp) {
    for (const int n : {1, 2, 5, 15, 120})
        for (unsigned seed = 1; seed <= grids_of(n); ++seed) {
            City city = random_grid(seed, n);
            Dice dice(seed + 200);
            for (LoadId l : rows(city.power.loads.id)) {
                city.power.loads.phase[l] = static_cast<Phase>(dice.whole(0, 6));
                if (city.power.loads.phase[l] != Phase::abc) city.power.loads.active_power_w[l] /= 3, city.power.loads.reactive_power_var[l] /= 3;
            }
            PowerOptions three;
            three.phases = 3;
            const GridRun run(city, three);
            EXPECT_EQ(run.count("converged"), 1);
            const PhaseCurrents currents(city.power, run);
            const std::size_t buses = city.power.buses.id.size();
            for (std::size_t bus = 1; bus < buses; ++bus)
                for (std::size_t phase = 0; phase < 3; ++phase) {
                    Complex left = currents.left_over(bus, phase);
                    if (n > 20 && bus == buses - 1) continue;
                    for (BranchId b : rows(city.power.branches.id))
                        if (city.power.branches.kind[b] == BranchKind::bus_switch && city.power.branches.from_closed[b] && row(city.power.branches.from[b]) == bus) left += currents.left_over(buses - 1, phase);
                    EXPECT_LT(std::abs(left), 1e-8) << n << " buses, seed " << seed << ", bus " << bus << ", phase " << phase;
                }
        }
}

}  // namespace
}  // namespace shahr::SHAHR_BACKEND::power
