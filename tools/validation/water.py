"""Water networks against converged solutions of EPANET 2.3, and, where epanet-js is found, against EPANET itself on other
networks and variants: pressure driven, with a break, with a pump off, with every kind of valve, rule and leak.

A controlled network is compared step by step for as long as its steps fall at the same seconds with the same links open: a
flow that differs in the sixth digit moves the moment at which a tank runs full. From the first step that does not, each of EPANET's steps is solved
again from EPANET's own tank levels and statuses; event times are compared (within one step) and what the tanks hold (1 %).
Nodes behind closed links are left out: their head means nothing.
"""
import concurrent.futures
import csv
import gzip
import json
import os
import subprocess
from pathlib import Path

import h5py
import numpy as np
import xarray as xr

from . import program, water_cases, water_large

GALLON = 231 * 0.0254**3
FLOW = [0.3048**3, GALLON / 60, 1e6 * GALLON / 86400, 1e6 * 4.54609e-3 / 86400, 43560 * 0.3048**3 / 86400, 1e-3, 1e-3 / 60, 1e3 / 86400, 1 / 3600, 1 / 86400, 1]
HEAD_M, FLOW_SHARE, BALANCE, VOLUME_SHARE = 0.01, 1e-3, 1e-6, 0.01


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
    _, status = read_table(folder / "link_status.csv")
    length_m = 0.3048 if code <= 4 else 1
    return {"time": head[:, 0], "nodes": nodes, "links": links, "head": head[:, 1:] * length_m, "flow": flow[:, 1:] * FLOW[code], "open": status[:, 1:] != 0, "length_m": length_m}


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
    length_m = 0.3048 if code <= 4 else 1
    return {"time": np.array(found["time"], float), "nodes": found["nodes"], "links": found["links"], "head": np.array(found["head"]) * length_m, "flow": np.array(found["flow"]) * FLOW[code],
            "open": np.array(found["status"]) != 0, "setting": np.array(found["setting"]), "length_m": length_m}


def run(inp, folder, *arguments):
    """shahr import and run, with the network's own times: the paths of the result and of the city."""
    city, result = folder / f"{inp.stem}.city.h5", folder / f"{inp.stem}.h5"
    program.call(program.SHAHR, "import", inp, "-o", city, "-q")
    program.call(program.SHAHR, "run", city, "-o", result, "-q", *arguments)
    return result, city


def ours(inp, folder, *arguments):
    result, city = run(inp, folder, *arguments)
    with xr.open_dataset(result, group="water", decode_times=False) as data:
        return data.load(), result, city


def steps_alike(expected, time, is_open):
    """How many steps from the start on fall at the same seconds with the same links open."""
    n = min(len(expected["time"]), len(time))
    same = (np.abs(expected["time"][:n] - time[:n]) < 0.5) & (expected["open"][:n] == is_open[:n]).all(axis=1)
    return n if same.all() else int(np.argmin(same))


def kpi(result, name):
    return float(xr.open_dataset(result, group="kpi").load()[name])


def columns(city, table, *names):
    with h5py.File(city) as file:
        return [file["city"][table][name][:] for name in names]


STEEP = 1e8 / 0.3048**2                        # s/m2: EPANET's closed links still pass 1 ft3/s at 1e8 ft
PRV, PSV, ACTIVE = 2, 3, 4


def junction_balance(city, data):
    """The most that flows into a junction beyond what flows out and is drawn or leaks there, at any step. Two things are
    allowed: what seeps through closed links, and at the ends of a valve that holds a pressure, whose flow is found from
    its node's balance, what the last iteration has changed."""
    start, end, kind = columns(city, "water_links", "from", "to", "kind")
    junction = columns(city, "water_nodes", "kind")[0] == 0
    flow, head = data["flow"].values, data["head"].values
    left = -data["demand"].values - (data["leakage"].values if "leakage" in data else 0)
    seeping = np.where(data["status"].values == 0, (head[:, start] - head[:, end]) / STEEP, 0)
    last_change = data["residual"].values * np.abs(flow).sum(axis=1)
    allowed = np.zeros_like(left)
    for link in range(flow.shape[1]):
        left[:, end[link]] += flow[:, link] + seeping[:, link]
        left[:, start[link]] -= flow[:, link] + seeping[:, link]
        if kind[link] in (PRV, PSV):
            for node in (start[link], end[link]):
                allowed[:, node] += np.where(data["state"].values[:, link] == ACTIVE, last_change, 0)
    beyond = np.maximum(np.abs(left) - allowed, 0) * reached(city, data)
    return beyond[:, junction].max() / np.abs(flow).max()


def places(data, expected):
    """Where the peer's nodes and links stand among ours."""
    node, link = ({name: i for i, name in enumerate(data[ids].values.astype(str))} for ids in ("water_node_id", "water_link_id"))
    return [node[name] for name in expected["nodes"]], [link[name] for name in expected["links"]]


def compare(case, inp, expected, folder, table, *arguments):
    data, result, city = ours(inp, folder, *arguments)
    nodes, links = places(data, expected)
    time = data.time.values - data.time.values[0]
    head, flow = data["head"].values[:, nodes], data["flow"].values[:, links]
    n = steps_alike(expected, time, data["status"].values[:, links] != 0)
    d_head, d_flow = np.abs(head[:n] - expected["head"][:n]), np.abs(flow[:n] - expected["flow"][:n]) / np.abs(expected["flow"]).max()
    d_head = d_head * reached(city, data)[:n, nodes]
    table.at_most(case, f"head, m ({n} of {len(expected['time'])} steps)", HEAD_M, d_head.max())
    table.at_most(case, "flow over the largest", FLOW_SHARE, d_flow.max())
    table.at_most(case, "balance at the junctions, of the largest flow", BALANCE, junction_balance(city, data))
    if len(time) > 1:
        table.at_most(case, "balance of the water", BALANCE, abs(kpi(result, "water_balance_error")))
        tanks(case, expected, time, head, nodes, city, table)
    if n < len(expected["time"]):
        later(case, expected, time, table)
        solve_again(case, inp, expected, range(n, len(expected["time"])), folder, table, *arguments)


def reached(city, data):
    """[step, node]: 1 where open links join it to a reservoir or tank."""
    start, end = columns(city, "water_links", "from", "to")
    kind, = columns(city, "water_nodes", "kind")
    statuses, which = np.unique(data["status"].values, axis=0, return_inverse=True)
    fed_by = []
    for status in statuses:
        fed, open_links = kind != 0, status != 0
        while True:
            grown = fed.copy()
            np.logical_or.at(grown, end[open_links], fed[start[open_links]])
            np.logical_or.at(grown, start[open_links], fed[end[open_links]])
            if (grown == fed).all():
                break
            fed = grown
        fed_by.append(fed)
    return np.array(fed_by)[which.ravel()]


def later(case, expected, time, table):
    """Beyond the first step at another second: about as many steps, each near one of EPANET's."""
    apart = np.abs(expected["time"][:, None] - time[None, :])
    table.at_most(case, "steps more or less", max(2, 0.01 * len(time)), abs(len(time) - len(expected["time"])))
    table.at_most(case, "event times, steps apart", 1.0, max(apart.min(axis=0).max(), apart.min(axis=1).max()) / np.diff(expected["time"]).max())


def tanks(case, expected, time, head, nodes, city, table):
    """What each cylindrical tank holds, at all of EPANET's steps; in between our steps it fills evenly."""
    with h5py.File(city) as file:
        if "node" not in file["city/water_tanks"]:
            return
    node, diameter, low, low_volume, curve = columns(city, "water_tanks", "node", "diameter_m", "min_level_m", "min_volume_m3", "volume_curve")
    elevation, = columns(city, "water_nodes", "elevation_m")
    worst = []
    for i in np.flatnonzero(curve < 0):
        at = nodes.index(node[i])
        volume = lambda h: low_volume[i] + np.pi / 4 * diameter[i] ** 2 * (h - elevation[node[i]] - low[i])
        theirs = volume(expected["head"][:, at])
        worst.append(np.abs(np.interp(expected["time"], time, volume(head[:, at])) / np.maximum(theirs, 1e-9) - 1).max())
    if worst:
        table.at_most(case, f"volumes of {len(worst)} tanks", VOLUME_SHARE, max(worst))


DROPPED = {"CONTROLS", "RULES", "TIMES", "TANKS", "QUALITY", "REPORT"}


def standing(inp, expected, step, tank_nodes, out):
    """The network as it stands at one of EPANET's steps: its tank levels and statuses given, nothing controlled."""
    kept, tanks_now, status, section, start, pattern_step = [], [], [], "", 0, "1:00"
    checks, valves, pumps = set(), set(), set()
    for line in inp.read_text("latin-1").splitlines():
        words = line.split(";")[0].split()
        if words and words[0].startswith("["):
            section = words[0].strip("[]").upper()
        if section == "TIMES" and len(words) > 2 and words[0].upper() == "PATTERN":
            if words[1].upper() == "START":
                start = sum(float(part) * scale for part, scale in zip(words[2].split(":"), (3600, 60, 1)))
            else:
                pattern_step = " ".join(words[2:])
        if section == "TANKS" and words and words[0] in tank_nodes:
            level = expected["head"][step, tank_nodes[words[0]]] / expected["length_m"] - float(words[1])
            words[2] = repr(min(max(level, float(words[3])), float(words[4])))
            tanks_now.append(" ".join(words))
        if section in ("VALVES", "PUMPS") and words and not words[0].startswith("["):
            (valves if section == "VALVES" else pumps).add(words[0])
        if section == "PIPES" and words and words[-1].upper() == "CV":
            checks.add(words[0])
        if section not in DROPPED:
            kept.append(line)
    settings = expected["setting"][step] if "setting" in expected else np.ones(len(expected["links"]))
    for link, is_open, setting in zip(expected["links"], expected["open"][step], settings):
        if link in valves and setting > 0 and "setting" in expected:
            status.append(f"{link} {setting}")
        elif link in pumps and is_open and setting > 0:
            status.append(f"{link} {setting}")
        elif link not in checks and (link not in valves or "setting" in expected):
            status.append(f"{link} {'OPEN' if is_open else 'CLOSED'}")
    seconds = int(start + expected["time"][step])
    times = ["[TIMES]", "DURATION 0", f"PATTERN TIMESTEP {pattern_step}", f"PATTERN START {seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"]
    kept = [line for line in kept if not line.upper().startswith("[END]")]
    out.write_text("\n".join([*kept, "[TANKS]", *tanks_now, "[STATUS]", *status, *times, "[END]", ""]), "latin-1")
    return out


def solve_again(case, inp, expected, steps, folder, table, *arguments):
    """Each of these steps by itself, from EPANET's own tank levels and statuses."""
    tank_nodes = {name: i for i, name in enumerate(expected["nodes"])}

    made = [standing(inp, expected, step, tank_nodes, folder / f"{inp.stem}_{step}.inp") for step in steps]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = list(pool.map(lambda path: run(path, folder, *arguments), made))
    found = []
    for step, (result, city) in zip(steps, runs):
        with xr.open_dataset(result, group="water", decode_times=False) as data:
            nodes, links = places(data, expected)
            d_head = np.abs(data["head"].values[0, nodes] - expected["head"][step]) * reached(city, data)[0, nodes]
            d_flow = np.abs(data["flow"].values[0, links] - expected["flow"][step]) / np.abs(expected["flow"]).max()
        found.append((d_head.max(), d_flow.max()))
    found = np.array(found)
    table.at_most(case, f"head, m ({len(found)} steps from EPANET's levels)", HEAD_M, found[:, 0].max())
    table.at_most(case, "flow over the largest, these steps", FLOW_SHARE, found[:, 1].max())


def references(data, folder, table):
    for case in sorted(p.name for p in data.iterdir() if p.is_dir()):
        compare(case, data / case / f"{case}.inp", reference(data / case), folder, table)


def written_back(data, folder, table):
    """What `shahr export` writes gives EPANET the same results as the file that was imported."""
    for inp in [data / "Net3/Net3.inp", data / "ky4/ky4.inp", water_large.large_town(folder / "large_town.inp")]:
        case, first = inp.stem, peer(inp, folder, 1e-5)
        if first is None:
            return print("written_back, variants: left out, EPANET_JS does not name a folder with node_modules/epanet-js")
        city, out = folder / f"{case}.city.h5", folder / f"{case}_again.inp"
        program.call(program.SHAHR, "import", inp, "-o", city, "-q")
        program.call(program.SHAHR, "export", city, "-o", out, "-q")
        again = peer(out, folder, 1e-5)
        place = {name: i for i, name in enumerate(again["nodes"])}
        order = [place[name] for name in first["nodes"]]
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
    made += [grid(folder / "grid.inp", 158), water_large.large_town(folder / "large_town.inp")]
    made += [town.write(folder / f"{name}.inp") for name, town in water_cases.towns()]
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
