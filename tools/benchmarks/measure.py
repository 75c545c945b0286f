"""Runs programs and says what they took."""
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHAHR = ROOT / "build/release/tools/shahr"


def measure(command, **options):
    """Runs a command; its output, wall seconds and greatest memory in MB. Ends the benchmark if it fails."""
    begin = time.monotonic()
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.monotonic() - begin
    if status != 0:
        sys.exit(f"tools/bench: {' '.join(map(str, command))} failed:\n{output[-2000:]}")
    return output, wall_s, usage.ru_maxrss / 1024


def build_if_missing():
    if SHAHR.exists():
        return
    measure([ROOT / "tools/setup"])
    measure([ROOT / "tools/build"])


def program_version():
    return measure([SHAHR, "--version"])[0].strip()


def run_scenario(scenario, out, *arguments):
    """shahr run; wall seconds, greatest memory in MB, and its log."""
    _, wall_s, memory_mb = measure([SHAHR, "run", scenario, "-o", out, "-q", *arguments])
    return wall_s, memory_mb, json.loads(Path(out).with_suffix(".log.json").read_text())


def kpis(path):
    import h5py
    with h5py.File(path) as file:
        return {name: float(value[()]) for name, value in file["kpi"].items() if value.shape == ()}


def line(label, value):
    print(f"  {label:<34} {value}", flush=True)


def show_phases(log):
    """The phases of the program, and below `run` the engines with the phases of their steps."""
    for name, seconds in log["phases_s"].items():
        line(name, f"{seconds:8.2f} s")
        if name != "run":
            continue
        for engine, engine_s in log["run_s"].items():
            line(f"  {engine}", f"{engine_s:8.2f} s")
            for phase, phase_s in log["engine_phases_s"].get(engine, {}).items():
                line(f"    {phase}", f"{phase_s:8.2f} s")
