"""Power flows: microseconds a scenario, beside what power-grid-model and MATPOWER take for grids of that size.

A scenario is one step of a run with other loads, with voltages, branch flows, loading and sums; the time is the
processor's, of a long run less that of a short one, on one thread, the median of five such pairs. The peers' figures were measured
on one core of a busy two-core machine without a GPU (power-grid-model 1.13 and MATPOWER 8.1's newtonpf) and are quoted, not run.
"""
import csv
import random
import resource
import statistics
import sys
from pathlib import Path

from .measure import kpis, line, measure, run_scenario
from . import measure as program

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from validation.power import radial_folder

SCENARIOS, FEW = 4800, 480               # reading the loads takes far longer than solving, and is never twice the same


def load_ids_and_powers(city, folder):
    import h5py
    measure([program.SHAHR, "run", city, "-o", folder / "steady.h5", "-q"])
    with h5py.File(folder / "steady.h5") as file:
        table = file["city/power_loads"]
        return [i.decode() for i in table["id"][()]], table["active_power_w"][()]


def vary(city, path, low, high):
    """Every load by itself between `low` and `high` of what it is, in each of so many hours."""
    ids, watts = load_ids_and_powers(city, path.parent)
    draw = random.Random(1)
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["time_s", *ids])
        for hour in range(SCENARIOS):
            writer.writerow([3600 * hour, *(f"{w * draw.uniform(low, high):.1f}" for w in watts)])


def processor_s(scenario, out, *arguments):
    """Seconds of the processor that a run takes, whatever else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run_scenario(scenario, out, *arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bench_grid(title, source, folder, name, peer_us, wanted, low=0.5, high=1.2):
    city, series, scenario, out = (folder / f"{name}.{ending}" for ending in ("city.h5", "csv", "toml", "h5"))
    measure([program.SHAHR, "import", source, "-o", city, "-q"])
    vary(city, series, low, high)
    scenario.write_text(f'city = "{city}"\nstart = "00:00"\nlength = "{SCENARIOS}h"\nrecord_every = "{SCENARIOS}h"\n[power]\nseries = "{series}"\n')
    few = ("--set", f"length={FEW}h", "--set", f"record_every={FEW}h")
    pairs = [(processor_s(scenario, out, "--threads", "1", *few), processor_s(scenario, out, "--threads", "1")) for _ in range(5)]
    ours_us = statistics.median(many_s - few_s for few_s, many_s in pairs) / (SCENARIOS - FEW) * 1e6
    print(title)
    line("states without a solution", f"{kpis(out)['power_unsolved']:8.0f} of {SCENARIOS}")
    line("shahr", f"{ours_us:8.1f} us a scenario")
    line("the peer", f"{peer_us:8.0f} us a scenario: {peer_us / ours_us:.0f} times (wanted: {wanted})")


def unbalanced(source, folder):
    """The radial grid with its loads on one phase each, in turn, and four times the resistance, three times the reactance
    in the zero sequence."""
    out = folder / "radial1001_asymmetric"
    out.mkdir(exist_ok=True)
    (out / "bus.csv").write_text((source / "bus.csv").read_text())
    with open(source / "line.csv") as file:
        lines = list(csv.DictReader(file))
    with open(out / "line.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*lines[0], "r0_ohm_per_km", "x0_ohm_per_km", "c0_nf_per_km"])
        writer.writerows([*l.values(), 4 * float(l["r_ohm_per_km"]), 3 * float(l["x_ohm_per_km"]), l["c_nf_per_km"]] for l in lines)
    (out / "ext_grid.csv").write_text(",bus,vm_pu,s_sc_max_mva,rx_max,r0x0_max,x0x_max\n0,0,1.05,1000,0.1,0.1,1\n")
    with open(source / "load.csv") as file:
        loads = list(csv.DictReader(file))
    with open(out / "asymmetric_load.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["", "bus", "p_a_mw", "q_a_mvar", "p_b_mw", "q_b_mvar", "p_c_mw", "q_c_mvar"])
        for i, load in enumerate(loads):
            phases = [0, 0, 0, 0, 0, 0]
            phases[2 * (i % 3)], phases[2 * (i % 3) + 1] = float(load["p_mw"]) / 3, float(load["q_mvar"]) / 3
            writer.writerow([i, load["bus"], *phases])
    return out


def bench(data, folder):
    if data is None or not (data / "power").is_dir():
        print("power: left out, the reference data is not there")
        return
    power = data / "power"
    radial, _ = radial_folder(power, folder)
    bench_grid("radial grid of 1001 nodes, one phase for all             (peer: power-grid-model, Newton)", radial, folder, "radial", 1220, 50)
    bench_grid("the same with single-phase loads, three phases           (peer: power-grid-model, asymmetric Newton)", unbalanced(radial, folder), folder, "radial3", 5100, 20)
    bench_grid("1354 buses, Newton                                       (peer: MATPOWER's newtonpf)", power / "case1354pegase/case1354pegase.m", folder, "case1354", 32000, 10, 0.9, 1.05)
