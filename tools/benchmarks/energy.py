"""Energy: building-hours a second of the two models, on one core, over a year of many unlike rooms. As a peer, in the same
words: RC_BuildingSimulator, 5R1C, 0.6 to 1.0e5 building-hours a second (measured on such a core)."""
from . import measure
from .measure import ROOT, kpis, line, run_scenario

WEATHER = "weather/USA_CO_Denver.Intl.AP.725650_TMY3.epw"
CASE = ROOT / "tests/reference/ashrae140/case600.toml"


def write_city(path, rooms):
    """Rooms like that of ASHRAE 140's case 600, each with sizes and gains of its own."""
    text = f'name = "{rooms} rooms"\nbase = "{CASE}"\n'
    for n in range(1, rooms):
        length, depth = 5 + n % 17 * 0.4, 4 + n % 13 * 0.3
        text += (f'[[building]]\nid = "b{n}"\n[[building.zone]]\nid = "z{n}"\nfloor_area_m2 = {length * depth:.3f}\nvolume_m3 = {length * depth * 2.7:.3f}\n'
                 f'infiltration_per_h = {0.3 + n % 5 * 0.1:.1f}\nheating_set_point_c = {18 + n % 4}\ncooling_set_point_c = {25 + n % 3}\n'
                 f'[[building.gain]]\npower_w = {100 + n % 19 * 10}\nradiant = 0.6\n')
        for name, width, azimuth in (("s", length, 180), ("n", length, 0), ("e", depth, 90), ("w", depth, 270)):
            text += f'[[building.surface]]\nid = "{name}{n}"\nconstruction = "wall"\nwidth_m = {width}\nheight_m = 2.7\nazimuth_deg = {azimuth}\n'
        for name, tilt, boundary in (("roof", 0, "outdoor"), ("floor", 180, "sheltered")):
            text += f'[[building.surface]]\nid = "{name}{n}"\nconstruction = "{name}"\narea_m2 = {length * depth:.3f}\ntilt_deg = {tilt}\nboundary = "{boundary}"\n'
        text += f'[[building.window]]\nid = "g{n}"\nsurface = "s{n}"\nglazing = "glass"\nwidth_m = 2\nheight_m = 1.5\ncount = 2\n'
    path.write_text(text)


def bench_model(data, folder, city, rooms, model, target):
    out, scenario = folder / f"{model}.h5", folder / f"{model}.toml"
    scenario.write_text(f'city = "{city}"\nstart = "2001-01-01 00:00"\nlength = "365d"\nrecord_every = "5d"\n[weather]\nfile = "{data / WEATHER}"\n[buildings]\nmodel = "{model}"\n')
    wall_s, memory_mb, log = run_scenario(scenario, out, "--threads", "1")
    engine_s = log["run_s"]["buildings"]
    found = kpis(out)
    print(f"{rooms} rooms for a year, {model}                 (target: {target:.0e} building-hours/s)")
    line("heating, cooling need", f"{found['heating_need'] / 3.6e9:8.1f} MWh, {found['cooling_need'] / 3.6e9:.1f} MWh")
    line("wall time, peak memory", f"{wall_s:8.2f} s, {memory_mb:.0f} MB")
    line("buildings, their engine", f"{engine_s:8.2f} s, {rooms * 8760 / engine_s:.2e} building-hours/s")


def bench(data, folder):
    if data is None:
        return
    rooms = 4000
    city = folder / "rooms.toml"
    write_city(city, rooms)
    bench_model(data, folder, city, rooms, "5r1c", 5e7)
    bench_model(data, folder, city, rooms, "detailed", 2e6)
