"""Traffic: vehicle-updates per second (UPS: vehicles on the network summed over the steps, over the wall seconds of the
traffic engine) on a real city and on networks of SUMO, where SUMO runs beside it in the same minutes (Debian's package `sumo`)."""
import re
import shutil

from . import measure
from .measure import ROOT, kpis, line, run_scenario, show_phases


def show_trips(out):
    found = kpis(out)
    asked, begun, completed = (found.get(name, float("nan")) for name in ("trips_asked", "trips_begun", "trips_completed"))
    line("trips asked, begun, completed", f"{asked:.0f}, {begun:.0f}, {completed:.0f} ({100 * completed / asked:.2f} %)")


def bench_city(data, folder):
    print("Almaty: import of the OpenStreetMap extract          (target: 5 s, 1000 MB)")
    city = folder / "almaty.city.h5"
    _, wall_s, memory_mb = measure.measure([measure.SHAHR, "import", data / "osm/almaty.osm.pbf", "-o", city])
    line("wall time, peak memory", f"{wall_s:8.2f} s, {memory_mb:.0f} MB")

    print("Almaty: trips of 06:00-10:00, simulated to 12:00      (target: 180 s, 2000 MB, 99 % completed)")
    out = folder / "almaty.h5"
    wall_s, memory_mb, log = run_scenario(ROOT / "scenarios/morning.toml", out, "--set", f"city={city}", "--set", "start=2026-03-10 06:00",
                                          "--set", "length=6h", "--set", "demand.span=4h")
    line("wall time, peak memory", f"{wall_s:8.2f} s, {memory_mb:.0f} MB")
    show_trips(out)
    line("vehicle updates", f"{log['vehicle_updates'] / 1e6:8.1f} M, {log['vehicle_updates_per_s'] / 1e6:.2f} M a second")
    show_phases(log)


def bench_against_sumo(data, folder, name, network, routes):
    case = data / "traffic" / name
    print(f"{name}: the same network and trips in SUMO")
    city, out, scenario = folder / f"{name}.city.h5", folder / f"{name}.h5", folder / f"{name}.toml"
    measure.measure([measure.SHAHR, "import", case / network, "-r", case / routes, "-o", city])
    scenario.write_text(f'city = "{city}"\nlength = "6h"\n[traffic]\ntrips = "given"\n')
    wall_s, memory_mb, log = run_scenario(scenario, out)
    ours = log["vehicle_updates_per_s"]
    show_trips(out)
    line("shahr: wall time, memory, UPS", f"{wall_s:8.2f} s, {memory_mb:.0f} MB, {ours / 1e6:.2f} M")
    show_phases(log)
    if not shutil.which("sumo"):
        line("SUMO", "not installed; quoted for mid20x20, SUMO 1.15, first 900 s: 0.082 M UPS")
        return
    output, wall_s, memory_mb = measure.measure(["sumo", "-X", "never", "-n", case / network, "-r", case / routes, "--no-step-log", "--duration-log.statistics"])
    theirs = float(re.search(r"UPS: ([\d.]+)", output).group(1))
    line("SUMO:  wall time, memory, UPS", f"{wall_s:8.2f} s, {memory_mb:.0f} MB, {theirs / 1e6:.3f} M")
    line("ratio of UPS", f"{ours / theirs:8.1f}")


def bench(data, folder):
    if data is None:
        print("traffic: left out")
        return
    bench_city(data, folder)
    bench_against_sumo(data, folder, "mid20x20", "grid20.net.xml", "grid20_20k.rou.xml.gz")
    bench_against_sumo(data, folder, "congested5x5", "../small5x5/grid5.net.xml", "routes.rou.xml.gz")
