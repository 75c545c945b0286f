"""The building stock: what each archetype needs in a year per square metre, beside the published ranges; and when.

Published figures of blocks of flats are kWh per square metre of the flats; ours are counted on gross floor area, staircases, walls
and cellars included, which is 1.25 to 1.35 of it (practice; not read in a source). Both are printed. The ranges are measured, mostly
at the building's heat meter, and hold for towns; they are interpolated by degree days. They bound what is plausible and are shown,
not judged; judged is that the parts add up to the indicators, and in which season the loads peak.
"""
import tomllib

import numpy as np
import xarray as xr

from validation import program

SCENARIO = program.ROOT / "scenarios/energy.toml"
GROSS_OVER_FLATS = 1.3
KWH_J = 3.6e6
CARRIERS = ["space_heat_demand", "hot_water_demand", "cooling_demand", "electricity_demand", "gas", "coal", "district_heat"]


def archetypes_of(name):
    with open(program.ROOT / f"scenarios/archetypes/{name}.toml", "rb") as file:
        return {a["name"]: a for a in tomllib.load(file)["archetype"]}


def published(archetype, degree_days):
    rows = np.array(archetype.get("heat_range", []))
    if not len(rows):
        return None
    if not rows[0, 0] <= degree_days <= rows[-1, 0]:   # beyond the towns that were measured: in proportion
        nearest = rows[0] if degree_days < rows[0, 0] else rows[-1]
        return tuple(nearest[1:] * degree_days / nearest[0])
    return tuple(np.interp(degree_days, rows[:, 0], rows[:, column]) for column in (1, 2))


class Year:
    """Of every building that a stock describes, the year's energy by carrier, kWh, and its archetype; daily totals, MWh."""

    def __init__(self, folder, name, sets):
        result = folder / f"stock_{name}.h5"
        words = [word for key, value in sets.items() for word in ("--set", f"{key}={value}")]
        program.call(program.SHAHR, "run", SCENARIO, "--set", "power.grid=none", *words, "-o", result, "-q")
        record = xr.open_dataset(result, group="buildings", decode_times=False).isel(time=slice(1, None))
        seconds = np.diff(xr.open_dataset(result, group="buildings", decode_times=False).time.values)
        self.daily = {c: record[c].sum("building").values * seconds / KWH_J / 1000 for c in CARRIERS}
        energy = {c: (record[c].values * seconds[:, None]).sum(axis=0) / KWH_J for c in CARRIERS}
        systems = xr.open_dataset(result, group="city/building_systems", decode_times=False)
        rows = systems.building.values.astype(int)
        self.archetype = systems.archetype.values.astype(str)
        self.floor_m2 = systems.floor_area_m2.values.astype(float)
        self.energy = {c: energy[c][rows] for c in CARRIERS}
        outdoor = xr.open_dataset(result, group="weather", decode_times=False).outdoor_temperature.values[1:]
        self.degree_days = np.where(outdoor <= 8, 20 - outdoor, 0).sum()
        kpis = xr.open_dataset(result, group="kpi", decode_times=False)
        self.space_heat_kwh = float(kpis.space_heat_energy) / KWH_J


def print_archetypes(name, year, archetypes):
    print(f"{name}: {year.floor_m2.sum() / 1e6:.2f} million m2 gross, {year.degree_days:.0f} degree days (20 degC, days of 8 degC or less); kWh/(m2 a)")
    print(f"  {'archetype':<18} {'1000 m2':>9} {'heat, gross':>11} {'of flats':>9} {'published':>10} {'hot water':>10} {'cooling':>8} {'electricity':>12}")
    for key, archetype in archetypes.items():
        mine = year.archetype == key
        if not mine.any():
            continue
        floor = year.floor_m2[mine].sum()
        per_m2 = {c: year.energy[c][mine].sum() / floor for c in CARRIERS}
        heat, known = per_m2["space_heat_demand"], published(archetype, year.degree_days)
        of_flats = f"{heat * GROSS_OVER_FLATS:.0f}" if archetype["systems"] == "block" else ""
        range_text = f"{known[0]:.0f}-{known[1]:.0f}" if known else "none"
        print(f"  {key:<18} {floor / 1000:>9.0f} {heat:>11.0f} {of_flats:>9} {range_text:>10} {per_m2['hot_water_demand']:>10.0f} {per_m2['cooling_demand']:>8.0f} {per_m2['electricity_demand']:>12.0f}", flush=True)


def by_month(daily):
    """Mean over the days of each month, from 1 January."""
    ends = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    return [float(np.mean(daily[a:b])) for a, b in zip(ends, ends[1:])]


def profile(folder, month):
    """The river town's electricity over a day, MW by the hour: mean of four weeks from the 1st of the month."""
    result = folder / f"stock_profile_{month}.h5"
    program.call(program.SHAHR, "run", SCENARIO, "--set", "power.grid=none", "--set", f"start=2026-{month:02}-01 00:00", "--set", "length=28d", "--set", "record_every=1h", "-o", result, "-q")
    load = xr.open_dataset(result, group="buildings", decode_times=False).electric_load.isel(time=slice(1, None)).sum("building").values
    return load.reshape(-1, 24).mean(axis=0) / 1e6


def check_profiles(folder, table):
    for month, title in ((1, "January"), (7, "July")):
        load = profile(folder, month)
        print(f"  electricity, MW by the hour, {title:<9}" + "".join(f"{value:>6.1f}" for value in load))
        table.between("river town", f"{title}: hour of the greatest electric load", 18, 22, int(np.argmax(load)), digits=0)


def check(name, year, archetypes, table):
    print_archetypes(name, year, archetypes)
    months = {c: by_month(year.daily[c]) for c in CARRIERS}
    for carrier in ("space_heat_demand", "cooling_demand", "electricity_demand"):
        print(f"  {carrier.replace('_', ' ') + ', MWh a day by month':<38}" + "".join(f"{value:>8.0f}" for value in months[carrier]))
    table.at_most(name, "space heat: buildings against indicator", 1e-5, abs(year.energy["space_heat_demand"].sum() / year.space_heat_kwh - 1))
    table.between(name, "month of the greatest heat, 12 to 2 (as 0 to 2)", 0, 2, (int(np.argmax(months["space_heat_demand"])) + 1) % 12, digits=0)
    table.between(name, "month of the greatest cooling", 6, 8, int(np.argmax(months["cooling_demand"])) + 1, digits=0)
    table.at_most(name, "heat in July over January", 0.02, months["space_heat_demand"][6] / months["space_heat_demand"][0])


def run_all(data, folder, table):
    stock = archetypes_of("central_asia")
    check("river town", Year(folder, "river_town", {}), stock, table)
    check_profiles(folder, table)
    if (data / "osm/almaty.osm.pbf").exists():
        city = folder / "almaty.city.h5"
        program.call(program.SHAHR, "import", data / "osm/almaty.osm.pbf", "-o", city)
        year = Year(folder, "almaty", {"city": city, "weather.file": data / "weather/CHN_Xinjiang.Uygur.Urumqi.514630_CSWD.epw", "buildings.model": "5r1c"})
        check("Almaty", year, stock, table)
