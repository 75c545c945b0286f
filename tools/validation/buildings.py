"""ASHRAE 140-2023, thermal fabric: the cases of tests/reference/ashrae140 against the limits and the reference programs.

What is asked: annual loads inside the acceptance limits, the cooling of 900 and 985 inside the union of limits and the programs'
range; peaks, differences and sunlight inside the programs' range widened by 10 %; free-floating temperatures by 1.5 K.
"""
import csv
from pathlib import Path

import numpy as np
import xarray as xr

from validation import program

CASES = program.ROOT / "tests/reference/ashrae140"
WEATHER = "weather/USA_CO_Denver.Intl.AP.725650_TMY3.epw"
LOADS = {"Annual Heating Loads (MWh)": "annual heating, MWh", "Annual Sensible Cooling Loads (MWh)": "annual cooling, MWh",
         "Annual Hourly Integrated Peak Heating Loads (kW)": "peak heating, kW", "Annual Hourly Integrated Peak Sensible Cooling Loads (kW)": "peak cooling, kW"}
FREE = {"MAXIMUM ANNUAL HOURLY INTEGRATED ZONE TEMPERATURE": "highest temperature, degC", "MINIMUM ANNUAL HOURLY INTEGRATED ZONE TEMPERATURE": "lowest temperature, degC",
        "AVERAGE ANNUAL HOURLY INTEGRATED ZONE TEMPERATURE": "mean temperature, degC"}
UNION = {("900", "annual cooling, MWh"), ("985", "annual cooling, MWh")}
DIFFERENCES = [("610", "600"), ("620", "600"), ("640", "600"), ("900", "600")]
# kWh/m2 a, six programs (cases.md, section 1): BSIMAC, CSE, DeST, EnergyPlus, ESP-r, TRNSYS. Orientation: azimuth, tilt.
INCIDENT = {"roof": [1670, 1663, 1667, 1664, 1665, 1669], "north": [453, 399, 477, 438, 432, 440], "east": [1061, 1027, 1017, 1062, 1054, 1068],
            "south": [1387, 1317, 1291, 1370, 1363, 1384], "west": [997, 903, 906, 967, 961, 974]}
TRANSMITTED = {("600", "window 1"): [820, 826, 805, 804, 814, 823], ("620", "window 2"): [598, 569, 581, 592, 624], ("660", "window 1"): [447, 501, 506, 436, 443, 448],
               ("670", "window 1"): [1037, 988, 994, 1024, 1028, 1039], ("610", "both"): [641, 665, 663, 646, 631, 662], ("630", "window 2"): [438, 399, 419, 390, 446]}


class Result:
    """A year of one case. Loads and temperatures are those of its first zone, temperatures of 960 those of the sun-space."""

    def __init__(self, data, folder, case, model):
        scenario, result = folder / f"{case}.{model}.toml", folder / f"{case}.{model}.h5"
        scenario.write_text(f'city = "{CASES / f"case{case}.toml"}"\nstart = "2001-01-01 00:00"\nlength = "365d"\nrecord_every = "1h"\n[weather]\n'
                            f'file = "{data / WEATHER}"\n[buildings]\nmodel = "{model}"\nrecord_surfaces = {"true" if model == "detailed" else "false"}\n')
        program.call(program.SHAHR, "run", scenario, "-o", result, "-q")
        zones = xr.open_dataset(result, group="buildings", decode_times=False).load().isel(time=slice(1, None))
        heating, cooling = (zones[name].values[:, 0].astype(float) for name in ("heating_need", "cooling_need"))
        air = zones.air_temperature.values[:, -1].astype(float)
        self.values = {"annual heating, MWh": heating.sum() / 1e6, "annual cooling, MWh": cooling.sum() / 1e6, "peak heating, kW": heating.max() / 1e3,
                       "peak cooling, kW": cooling.max() / 1e3, "highest temperature, degC": air.max(), "lowest temperature, degC": air.min(), "mean temperature, degC": air.mean()}
        if model == "detailed":
            sun = xr.open_dataset(result, group="surfaces", decode_times=False).load().isel(time=slice(1, None))
            self.incident = dict(zip(sun.surface_id.values.astype(str), sun.incident_sun.values.sum(axis=0) / 1000))
            if "transmitted_sun" in sun:       # a room may have no window
                self.transmitted = dict(zip(sun.window_id.values.astype(str), sun.transmitted_sun.values.sum(axis=0) / 1000))
                self.transmitted["both"] = np.mean(list(self.transmitted.values()))


def widened(values):
    low, high = min(values), max(values)
    return low - 0.1 * abs(low), high + 0.1 * abs(high)


def read_ranges(data):
    ranges = {}
    for row in csv.DictReader(open(data / "buildings/ranges.csv")):
        ranges[row["table"], row["case"]] = [float(row[key]) if row[key] else None for key in ("ref_min", "ref_max", "accept_lower", "accept_upper")]
    return ranges


def read_programs(data):
    """Of each table and case, the value of each reference program."""
    values = {}
    for row in csv.DictReader(open(data / "buildings/all_reference_values.csv")):
        if not row["program"].endswith("Limit"):
            try:
                values.setdefault((row["table"], row["case_or_hour"]), {})[row["program"]] = float(row["value"])
            except ValueError:
                pass
    return values


def bounds(name, case, ref_min, ref_max, lower, upper):
    if lower is None:
        return (ref_min - 1.5, ref_max + 1.5) if "temperature" in name else widened([ref_min, ref_max])
    return (min(lower, ref_min), max(upper, ref_max)) if (case, name) in UNION else (lower, upper)


def check_loads(ranges, detailed, strict, simple, table):
    for (title, case), limits in ranges.items():
        name = {**LOADS, **FREE}[title]
        low, high = bounds(name, case, *limits)
        table.between(f"ashrae140 {case}", name, round(low, 3), round(high, 3), detailed[case].values[name], digits=3, beside=f"({strict[case].values[name]:.3f})")
    for (title, case), limits in ranges.items():
        if title.startswith("Annual Heating"):
            table.between(f"5r1c {case}", LOADS[title], limits[2], limits[3], simple[case].values[LOADS[title]], digits=3)


def check_differences(programs, detailed, table):
    for case, base in DIFFERENCES:
        for title, name in LOADS.items():
            ours = detailed[case].values[name] - detailed[base].values[name]
            theirs = [programs[title, case][p] - programs[title, base][p] for p in programs[title, case] if p in programs[title, base]]
            low, high = widened(theirs)
            table.between(f"ashrae140 {case}-{base}", name, round(low, 3), round(high, 3), ours, digits=3)


def check_sun(detailed, table):
    for surface, theirs in INCIDENT.items():
        low, high = widened(theirs)
        table.between("ashrae140 600", f"sunlight on the {surface}, kWh/m2", round(low), round(high), detailed["600"].incident[surface])
    for (case, window), theirs in TRANSMITTED.items():
        low, high = widened(theirs)
        table.between(f"ashrae140 {case}", f"sunlight through {window}, kWh/m2", round(low), round(high), detailed[case].transmitted[window])


def run_all(data, folder, table):
    ranges = read_ranges(data)
    cases = sorted({case for _, case in ranges} | {case for case, _ in TRANSMITTED})
    detailed, strict, simple = ({case: Result(data, folder, case, model) for case in cases} for model in ("detailed", "annex_b", "5r1c"))
    check_loads(ranges, detailed, strict, simple, table)
    check_differences(read_programs(data), detailed, table)
    check_sun(detailed, table)
