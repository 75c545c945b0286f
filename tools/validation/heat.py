"""District heat against other programs and against theory, through the program's files.

DESTEST (IBPSA Project 1): network 0 at rest against the median of three of its tools, network 1 over a week inside the
spread of its four tools. pandapipes: its heat and water networks, each junction and pipe. Theory: a step of the supply
temperature on its way through a pipe.
"""
import csv
import shutil
from pathlib import Path

import numpy as np
import xarray as xr

from . import program
from .program import ROOT, call

DESTEST = ROOT / "tests/reference/destest"
MEDIAN_OF = ("Modelica_Buildings_AAU_Alessandro", "Modelica_Buildings_AAU_Martin", "TRNSYS_TUD_2022")
PA_PER_M = 9806.65                             # results hold pressures as heights of water
SPREAD_OF = ("AixLib_Plug_Flow", "Buildings_Library_Dynamic_Pipe", "DIMOSIM_Dynamic_Pipe", "IBPSA_Library_Plug_Flow")


def heat(result):
    """The group of the heat network, its rows by their ids."""
    dataset = xr.open_dataset(result, group="heat", decode_times=False).load()
    names = {f"{kind}": dataset[f"{kind}_id"].values.astype(str) for kind in ("heat_node", "heat_link", "heat_consumer") if f"{kind}_id" in dataset}
    return dataset.assign_coords(names)


def run(folder, name, city, *settings):
    result = folder / f"{name}.h5"
    scenario = folder / f"{name}.toml"
    scenario.write_text(f'city = "{city}"\n' + "\n".join(settings) + "\n")
    call(program.SHAHR, "run", scenario, "-o", result, "-q")
    return heat(result)


def at_rest(folder, name, source):
    """A pandapipes folder, imported and solved without a scenario."""
    city, result = folder / f"{name}.city.h5", folder / f"{name}.h5"
    call(program.SHAHR, "import", source, "-o", city)
    call(program.SHAHR, "run", city, "-o", result, "-q")
    return heat(result).isel(time=0)


def rows(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))


def destest_0(data, folder, table):
    """At rest: mass flow, pressure losses, temperatures, heat."""
    h = run(folder, "destest_0", DESTEST / "network_0.toml", 'length = "0s"').isel(time=0)
    t, p = h.temperature, PA_PER_M * h.pressure
    reference = np.median([[float(x) for x in rows(data / f"destest/Results/{tool}_Network_0.csv")[1][1:]] for tool in MEDIAN_OF], axis=0)
    node = lambda name, line: f"{name}.{line}"
    source = float(h.heat_input.sel(heat_link="source"))
    pressure = [float(p.sel(heat_node=node(a, line)) - p.sel(heat_node=node(b, line))) for a, b, line in (("i", "e", "supply"), ("a", "i", "return"), ("h", "i", "return"))]
    names = ("i", "h", "g", "f", "e", "SimpleDistrict_1")
    for what, ours, theirs in zip(("supply i-e", "return a-i", "return h-i"), pressure, reference[1:4]):
        table.row("destest 0", f"pressure loss {what}, Pa", theirs, ours, 5)
    table.row("destest 0", "mass flow, kg/h", reference[0], 3600 * float(h.mass_flow.sel(heat_link="source")), None)
    for i, name in enumerate(names):
        table.row("destest 0", f"supply at {name}, degC", reference[4 + i], float(t.sel(heat_node=node(name, "supply"))), 0.1, relative=False)
    for i, name in enumerate(names):
        table.row("destest 0", f"return at {name}, degC", reference[10 + i], float(t.sel(heat_node=node(name, "return"))), 0.5, relative=False)
    table.row("destest 0", "heat loss of the supply i-h, W", reference[16], float(h.heat_loss.sel(heat_link="i-h.supply")), None)
    table.row("destest 0", "heat from the source, W", reference[17], source, 1.5)
    used = float(h.heat_delivered.sum()) + float(h.heat_loss.sum())
    table.between("destest 0", "balance of energy, 1e-6", -1, 1, 1e6 * (source - used) / source)


def destest_1(data, folder, table):
    """A week: heat put in, heat lost, supply temperature at the farthest building."""
    shutil.copy(DESTEST / "network_1.toml", folder / "network_1.toml")
    shutil.copy(data / "destest/input_data/heat_profile_1_building_SFH_Network_1.csv", folder / "profile.csv")
    h = run(folder, "destest_1", folder / "network_1.toml", 'start = "2018-01-01"', 'length = "168h"', 'record_every = "15min"', "[heat]", 'step = "5min"')
    tools = {tool: np.array([[float(x) for x in r[:4]] for r in rows(data / f"destest/Results/{tool}_Network_1.csv")[1:]]) for tool in SPREAD_OF}
    ours = {
        "heat put in": h.heat_input.sel(heat_link="source").values,
        "heat lost": h.heat_loss.sum("heat_link").values,
        "farthest supply": h.temperature.sel(heat_node="SimpleDistrict_1.supply").values + 273.15,
    }
    day = slice(96, 673)                       # the first day shows how each tool begins
    for column, (what, values) in enumerate(ours.items(), start=1):
        theirs = np.array([tools[tool][day, column] for tool in SPREAD_OF])
        means = theirs.mean(axis=1)
        table.between("destest 1", f"mean {what}", round(means.min(), 2), round(means.max(), 2), float(values[day].mean()))
        # The published instants differ by a step, and the temperature is followed while there is a flow to speak of.
        width = 0.1 if what == "farthest supply" else 0.01 * theirs.max()
        counted = ours["heat put in"][day] > 5000 if what == "farthest supply" else slice(None)
        inside = (values[day] >= theirs.min(axis=0) - width) & (values[day] <= theirs.max(axis=0) + width)
        table.between("destest 1", f"% of the time {what} is inside the spread", 95, 100, 100 * float(inside[counted].mean()))
    table.between("destest 1", "balance of energy, 1e-6", -1, 1, 1e6 * float(abs(h.balance_error).max()))


STEP = """ground_c = 10
fluid_c = 60
two_lines = false
pressure_node = "b"
[[heat_node]]
id = "a"
[[heat_node]]
id = "b"
[[heat_node]]
id = "c"
[[heat_pipe]]
id = "pipe"
from = "a"
to = "b"
length_m = 2000
diameter_mm = 100
heat_loss_wpmk = {loss}
[[heat_plant]]
id = "plant"
from = "c"
to = "a"
supply_c = 80
[[heat_consumer]]
id = "consumer"
from = "b"
to = "c"
kind = "substation"
flow_kgps = 2
delta_k = 0
"""


def plug_flow(data, folder, table):
    """A plant's temperature falls from 80 to 60 degC: when it reaches the end of 2 km, and how much is left."""
    from math import exp, pi
    for loss in (0, 0.5):
        (folder / "step_city.toml").write_text(STEP.format(loss=loss))
        h = run(folder, f"step_{loss}", folder / "step_city.toml", 'start = "00:00"', 'length = "5h"', 'record_every = "1min"', "[heat]", 'step = "1min"', "[[set_heat_plant]]", 'id = "plant"', "supply_c = 60", 'begin = "01:00"', 'end = "24:00"')
        out = h.temperature.sel(heat_node="b").values
        density, capacity = 983.2, 4184.0      # of water at 60 degC (IAPWS)
        transit = density * 0.25 * pi * 0.1**2 * 2000 / 2
        left = exp(-loss * 2000 / (2 * capacity))
        before, after = 10 + 70 * left, 10 + 50 * left
        half = 0.5 * (before + after)
        arrival = float(np.interp(-half, -out, h.time.values))
        table.row("plug flow", f"arrival of the step, s (U = {loss})", 3600 + transit, arrival - 30, 0.5)      # records are means over the minute that ends there
        table.row("plug flow", f"before it, degC (U = {loss})", before, float(out[59]), 0.05, relative=False)
        table.row("plug flow", f"after it, degC (U = {loss})", after, float(out[-1]), 0.05, relative=False)
        table.between("plug flow", f"minutes from 90 % to 10 % (U = {loss})", 0, 2, float(np.sum((out < before - 0.1 * (before - after)) & (out > after + 0.1 * (before - after)))))


def pandapipes(data, folder, table):
    """Each junction's temperature and pressure, each pipe's flow."""
    for case in sorted(path for path in data.iterdir() if path.name.startswith(("heat_transfer", "water_", "schutterwald"))):
        h = at_rest(folder, case.name, case)
        junction = {f"junction/{r[0]}": (float(r[1]) * 1e5, float(r[2]) - 273.15) for r in rows(case / "res_junction.csv")[1:]}
        header, *pipes = rows(case / "res_pipe.csv")
        column = header.index("mdot_from_kg_per_s")
        flow = {f"pipe/{r[0]}": float(r[column]) for r in pipes}
        largest = max(map(abs, flow.values()))
        worst = lambda pairs: max(pairs, key=lambda pair: abs(pair[1] - pair[0]))
        t = worst([(junction[n][1], float(v)) for n, v in zip(h.heat_node.values, h.temperature.values)])
        p = max(abs(PA_PER_M * float(v) / junction[n][0] - 1) for n, v in zip(h.heat_node.values, h.pressure.values))
        m = max(abs(float(v) - flow[n]) / largest for n, v in zip(h.heat_link.values, h.mass_flow.values) if n in flow)
        table.row(case.name, "temperature, worst junction, degC", *t, 0.1, relative=False)
        table.between(case.name, "pressure, worst junction, %", 0, 1, 100 * p)
        table.between(case.name, "flow, worst pipe, % of the largest", 0, 1, 100 * m)


CASES = {"destest_0": destest_0, "destest_1": destest_1, "plug_flow": plug_flow, "pandapipes": pandapipes}
