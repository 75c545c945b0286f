"""Water networks: one run, many variants side by side, and a network of 25,000 nodes, beside EPANET 2.3 as built for npm, run
here (WebAssembly), and beside the figures of native EPANET 2.3 measured on one core of a busy two-core machine (quoted). Times
of a batch are the processor's; all at the accuracy of the networks' own files, EPANET's default."""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import measure as program
from .measure import line, measure, run_scenario

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from validation.water import grid

# Milliseconds of native EPANET 2.3, and the hours that the engine runs: 0, one steady state.
NATIVE_MS = {"Net3_week": (21, 168), "Net3": (0.53, 24), "ky4": (0.92, 0), "Modena": (0.26, 0)}
VARIANTS = 64


def find_epanet(folder):
    """The folder that holds node_modules/epanet-js: EPANET_JS, or one into which npm has put it; None without."""
    home = Path(os.environ.get("EPANET_JS") or folder / "npm")
    if not (home / "node_modules/epanet-js").is_dir() and shutil.which("npm"):
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--no-fund", "--no-audit", "epanet-js"], cwd=home, capture_output=True)
    if (home / "node_modules/epanet-js").is_dir() and shutil.which("node"):
        return home
    print("EPANET is left out: npm cannot install epanet-js (no node, or no network), and EPANET_JS names no folder with its node_modules")
    return None


def epanet_ms(home, inp, folder):
    """Best of three, with its steps and iterations; None without EPANET."""
    if home is None:
        return None
    measure(["node", program.ROOT / "tools/benchmarks/epanet.mjs", home, inp, folder / "peer.json"])
    found = json.loads((folder / "peer.json").read_text())
    return {"ms": 1000 * found["seconds"], "steps": len(found["time"]), "iterations": found["iterations"]}


def epanet_variants(home, inp, variants, hours, folder):
    """The same variants, one after the other: milliseconds of one, and iterations of all."""
    if home is None:
        return None
    (folder / "variants.json").write_text(json.dumps(variants))
    measure(["node", program.ROOT / "tools/benchmarks/epanet.mjs", home, inp, folder / "peer.json", "variants", folder / "variants.json", hours])
    found = json.loads((folder / "peer.json").read_text())
    return {"ms": 1000 * found["seconds"] / len(variants), "iterations": found["iterations"]}


def ours(city, variants, hours, *arguments, threads=1, times=3):
    """Best of so many runs of the engine, by the processor's time."""
    runs = [json.loads(measure([program.SHAHR.parent / "water_variants", city, variants, hours, threads, *arguments])[0]) for _ in range(times)]
    return min(runs, key=lambda run: run["processor_s"])


def imported(inp, folder):
    city = folder / f"{inp.stem}.city.h5"
    measure([program.SHAHR, "import", inp, "-o", city, "-q"])
    return city


def beside(ms, peer, native_ms):
    here = f"{peer['ms']:.2f} ms, {peer['ms'] / ms:.1f} times" if peer else "left out"
    return f"EPANET here {here}; native, the file as it is, quoted {native_ms} ms, {native_ms / ms:.1f} times"


def bench_case(name, data, home, folder):
    native_ms, hours = NATIVE_MS[name]
    inp = data / name / f"{name}.inp"
    city, peer = imported(inp, folder), epanet_ms(home, inp, folder)
    alone, batch = ours(city, 1, hours, "every"), ours(city, VARIANTS, hours)
    peers = epanet_variants(home, inp, batch["variants"], hours, folder)
    alone_ms, each_ms = 1000 * alone["processor_s"], 1000 * batch["processor_s"] / VARIANTS
    print(f"{name}, {alone['solutions']:.0f} steps, {alone['iterations']:.0f} iterations" + (f", EPANET {peer['iterations']}" if peer else ""))
    line("alone", f"{alone_ms:8.3f} ms: {beside(alone_ms, peer, native_ms)} (wanted: 1)")
    line(f"each of {VARIANTS} unlike variants", f"{each_ms:8.3f} ms: {beside(each_ms, peers, native_ms)} (wanted: 8)")
    line("iterations of all of them", f"{batch['iterations']:.0f}" + (f", EPANET {peers['iterations']}" if peers else "") + f"; {batch['unbalanced']:.0f} of {batch['solutions']:.0f} solutions not found")
    if hours > 0:
        met_ms = 1000 * ours(city, VARIANTS, hours, "every")["processor_s"] / VARIANTS
        line("each, all seen at every report", f"{met_ms:8.3f} ms: {beside(met_ms, peers, native_ms)}")
    return city


def bench_program(city, folder):
    wall_s, memory_mb, log = run_scenario(city, folder / "recorded.h5", "--threads", "1")
    print("the same by shahr run, every step recorded")
    line("wall time, peak memory", f"{wall_s:8.3f} s, {memory_mb:.0f} MB")
    line("engine, observing, recording", "   ".join(f"{log['run_s'][name]:.3f} s" for name in ("water", "observing", "recording")))


def bench_large(home, folder):
    inp = grid(folder / "grid.inp", 158)
    city, peer = imported(inp, folder), epanet_ms(home, inp, folder)
    run = ours(city, 1, 0, "every")
    print("24,964 junctions, a steady state")
    line("analysis of the network", f"{1000 * run['making_s']:8.1f} ms, once")
    line("an iteration", f"{1000 * run['processor_s'] / run['iterations']:8.2f} ms of {run['iterations']:.0f} (wanted: below 4)" + (f"; EPANET here {peer['ms'] / peer['iterations']:.1f} ms of {peer['iterations']}" if peer else ""))


def bench_many(city):
    run = ours(city, 1000, 24, threads=0, times=1)
    print(f"1000 unlike variants of ky4 (964 nodes) over a day, {os.cpu_count()} threads")
    line("wall time", f"{run['wall_s']:8.2f} s, {run['solutions']:.0f} solutions, {run['unbalanced']:.0f} of them not found in the trials (wanted: below 60)")


def bench(data, folder):
    if data is None or not (data / "water").is_dir():
        return print("pipes: left out, the reference data is not there")
    home = find_epanet(folder)
    cities = {name: bench_case(name, data / "water", home, folder) for name in NATIVE_MS}
    bench_program(cities["Net3_week"], folder)
    bench_large(home, folder)
    bench_many(cities["ky4"])
