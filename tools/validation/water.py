"""Water networks against converged solutions of EPANET 2.3, and, where epanet-js is found, against EPANET itself on other
networks and variants: pressure driven, with a break, with a pump off, with every kind of valve, rule and leak.

A controlled network is compared step by step for as long as its steps fall at the same seconds: from the first one that does
not, only event times (within one step) and heads at common seconds are, since a flow that differs in the sixth digit moves
the moment at which a tank runs full; tank volumes are not compared. Nodes behind closed links are left out: their head means
nothing.
"""
import csv
import gzip
import json
import os
import subprocess
from pathlib import Path

import h5py
import numpy as np
import xarray as xr

from . import program

GALLON = 231 * 0.0254**3
FLOW = [0.3048**3, GALLON / 60, 1e6 * GALLON / 86400, 1e6 * 4.54609e-3 / 86400, 43560 * 0.3048**3 / 86400, 1e-3, 1e-3 / 60, 1e3 / 86400, 1 / 3600, 1 / 86400, 1]
HEAD_M, FLOW_SHARE, BALANCE = 0.01, 1e-3, 1e-6


def read_table(path):
    """Column names and rows of numbers of a .csv or .csv.gz."""
    with gzip.open(f"{path}.gz", "rt") if not path.exists() else open(path) as file:
        rows = csv.reader(file)
        names = next(rows)
        return names[1:], np.array([[float(x) for x in row] for row in rows])


def reference(folder):
    """Heads in m and flows in m3/s by time, with the names of nodes and links."""
    meta = json.loads((folder / "meta.json").read_text())
    code = meta["flow_units_code"]
    nodes, head = read_table(folder / "node_head.csv")
    links, flow = read_table(folder / "link_flow.csv")
    return {"time": head[:, 0], "nodes": nodes, "links": links, "head": head[:, 1:] * (0.3048 if code <= 4 else 1), "flow": flow[:, 1:] * FLOW[code]}


def peer(inp, folder, accuracy):
    """The same from EPANET's engine as built for npm; None where it is not installed (EPANET_JS names the folder with its
    node_modules)."""
    home = os.environ.get("EPANET_JS", "")
    if not home or not Path(home, "node_modules/epanet-js").is_dir():
        return None
    out = folder / "peer.json"
    done = subprocess.run(["node", program.ROOT / "tools/benchmarks/epanet.mjs", home, inp, out, str(accuracy)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"tools/validate: EPANET refuses {inp}: {done.stderr[-600:]}")
    found = json.loads(out.read_text())
    code = found["flow_units"]
    return {"time": np.array(found["time"], float), "nodes": found["nodes"], "links": found["links"], "head": np.array(found["head"]) * (0.3048 if code <= 4 else 1), "flow": np.array(found["flow"]) * FLOW[code]}


def ours(inp, folder, *arguments):
    """shahr import and run, with the network's own times."""
    city, result = folder / f"{inp.stem}.city.h5", folder / f"{inp.stem}.h5"
    program.call(program.SHAHR, "import", inp, "-o", city, "-q")
    program.call(program.SHAHR, "run", city, "-o", result, "-q", *arguments)
    return xr.open_dataset(result, group="water", decode_times=False).load(), result, city


def seconds_alike(a, b):
    """How many steps fall at the same seconds from the start on."""
    n = min(len(a), len(b))
    same = np.abs(a[:n] - b[:n]) < 0.5
    return n if same.all() else int(np.argmin(same))


def kpi(result, name):
    return float(xr.open_dataset(result, group="kpi").load()[name])


def junction_balance(city, data):
    """The most that flows into a junction beyond what flows out and is drawn or leaks there, at any step."""
    with h5py.File(city) as file:
        group = file["water_links"] if "water_links" in file else file["city/water_links"]
        start, end = group["from"][:], group["to"][:]
        junction = (file["water_nodes"] if "water_nodes" in file else file["city/water_nodes"])["kind"][:] == 0
    flow = data["flow"].values
    left = -data["demand"].values - (data["leakage"].values if "leakage" in data else 0)
    for link in range(flow.shape[1]):
        left[:, end[link]] += flow[:, link]
        left[:, start[link]] -= flow[:, link]
    return np.abs(left[:, junction]).max() / np.abs(flow).max()


def compare(case, inp, expected, folder, table, *arguments):
    data, result, city = ours(inp, folder, *arguments)
    nodes = [list(data.water_node_id.values.astype(str)).index(n) for n in expected["nodes"]]
    links = [list(data.water_link_id.values.astype(str)).index(n) for n in expected["links"]]
    time = data.time.values - data.time.values[0]
    head, flow = data["head"].values[:, nodes], data["flow"].values[:, links]
    n = seconds_alike(expected["time"], time)
    d_head, d_flow = np.abs(head[:n] - expected["head"][:n]), np.abs(flow[:n] - expected["flow"][:n]) / np.abs(expected["flow"]).max()
    d_head = d_head[:, reached(city, data, nodes, n)]
    table.at_most(case, f"head, m ({n} of {len(expected['time'])} steps)", HEAD_M, d_head.max())
    table.at_most(case, "flow over the largest", FLOW_SHARE, d_flow.max())
    table.at_most(case, "balance at the junctions, of the largest flow", BALANCE, junction_balance(city, data))
    if len(time) > 1:
        table.at_most(case, "balance of the water", BALANCE, abs(kpi(result, "water_balance_error")))
    if n < len(expected["time"]):
        later(case, expected, time, head, data, table)


def reached(city, data, nodes, steps):
    """Nodes that open links join to a reservoir or tank at all of these steps."""
    with h5py.File(city) as file:
        group = file["water_links"] if "water_links" in file else file["city/water_links"]
        start, end = group["from"][:], group["to"][:]
        kind = (file["water_nodes"] if "water_nodes" in file else file["city/water_nodes"])["kind"][:]
    always = np.ones(len(kind), bool)
    for status in np.unique(data["status"].values[:steps], axis=0):
        fed = kind != 0
        for _ in range(len(kind)):
            open_links = status != 0
            grown = fed.copy()
            np.logical_or.at(grown, end[open_links], fed[start[open_links]])
            np.logical_or.at(grown, start[open_links], fed[end[open_links]])
            if (grown == fed).all():
                break
            fed = grown
        always &= fed
    return always[nodes]


def later(case, expected, time, head, data, table):
    """Beyond the first step at another second: as many steps, near in time, and alike at common seconds."""
    table.row(case, "steps", len(expected["time"]), len(time), 1)
    n = min(len(time), len(expected["time"]))
    table.at_most(case, "event times, steps apart", 1.0, np.abs(time[:n] - expected["time"][:n]).max() / np.diff(expected["time"]).max())
    common = np.intersect1d(expected["time"], np.round(time))
    a, b = np.searchsorted(expected["time"], common), np.searchsorted(np.round(time), common)
    table.at_most(case, f"head at {len(common)} common seconds, m", HEAD_M, np.percentile(np.abs(expected["head"][a] - head[b]).max(axis=1), 99))


def references(data, folder, table):
    for case in sorted(p.name for p in data.iterdir() if p.is_dir()):
        compare(case, data / case / f"{case}.inp", reference(data / case), folder, table)


def written_back(data, folder, table):
    """What `shahr export` writes gives EPANET the same results as the file that was imported."""
    for case in ("Net3", "ky4"):
        first = peer(data / case / f"{case}.inp", folder, 1e-5)
        if first is None:
            return print("written_back, variants: left out, EPANET_JS does not name a folder with node_modules/epanet-js")
        city, out = folder / f"{case}.city.h5", folder / f"{case}_again.inp"
        program.call(program.SHAHR, "import", data / case / f"{case}.inp", "-o", city, "-q")
        program.call(program.SHAHR, "export", city, "-o", out, "-q")
        again = peer(out, folder, 1e-5)
        order = [again["nodes"].index(n) for n in first["nodes"]]
        table.at_most(case, "EPANET on the exported file: head, m", 1e-6, np.abs(again["head"][:, order] - first["head"]).max())


def edited(inp, out, section, lines, replace=()):
    text = inp.read_bytes().decode("latin-1")
    for old, new in replace:
        text = text.replace(old, new)
    end = text.upper().rfind("[END]")
    out.write_bytes((text[: end if end >= 0 else len(text)] + f"\n[{section}]\n" + "\n".join(lines) + "\n[END]\n").encode("latin-1"))
    return out


def variants(data, folder, table):
    """EPANET itself on networks that are not in the folder of references."""
    made = [edited(data / "Modena/Modena.inp", folder / "modena_pda.inp", "OPTIONS", ["DEMAND MODEL PDA", "MINIMUM PRESSURE 5", "REQUIRED PRESSURE 30", "DEMAND MULTIPLIER 1.6"]),
            edited(data / "ky4/ky4.inp", folder / "ky4_break.inp", "EMITTERS", ["J-100 40"]),
            edited(data / "ky4/ky4.inp", folder / "ky4_pump_off.inp", "STATUS", ["~@Pump-2 CLOSED"]),
            edited(data / "Net3/Net3.inp", folder / "net3_break_pda.inp", "OPTIONS", ["DEMAND MODEL PDA", "REQUIRED PRESSURE 40", "[EMITTERS]", "189 30"])]
    made += sorted((program.ROOT / "tests/reference/water").glob("*.inp"))
    made.append(grid(folder / "grid.inp", 158))
    for inp in made:
        expected = peer(inp, folder, 1e-5)
        if expected is None:
            return
        compare(inp.stem, inp, expected, folder, table, "--set", "water.accuracy=1e-5")


def grid(path, side):
    """A town of side x side junctions: streets one way everywhere, every fourth street the other way; two reservoirs."""
    rng = np.random.default_rng(1)
    with open(path, "w") as f:
        f.write("[JUNCTIONS]\n")
        for i in range(side * side):
            f.write(f"J{i} {20 * np.sin(i % side / 30) + 10 * np.cos(i // side / 20):.3f} {rng.uniform(0, 0.05):.4f}\n")
        f.write("[RESERVOIRS]\nA 120\nB 118\n[PIPES]\n")
        k = 0
        for y in range(side):
            for x in range(side):
                i = y * side + x
                main = y % 20 == 10 or x % 20 == 10
                for j, there in ((i + 1, x + 1 < side), (i + side, y + 1 < side and (x % 4 == 2))):
                    if there:
                        k += 1
                        f.write(f"P{k} J{i} J{j} {rng.uniform(60, 140):.1f} {400 if main else rng.choice([100, 150, 200])} {rng.uniform(90, 130):.0f}\n")
        f.write(f"PA A J{10 * side + 10} 100 800 130\nPB B J{(side - 8) * side + side - 8} 100 800 130\n")
        f.write("[OPTIONS]\nUnits LPS\nHeadloss H-W\nTrials 100\nAccuracy 0.001\n[END]\n")
    return path


CASES = {"water": references, "water_back": written_back, "water_variants": variants}
