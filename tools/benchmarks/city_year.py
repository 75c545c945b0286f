"""A city's energy for a year, hour by hour: every building of Almaty, every feeder along its streets, with the weather of Urumqi.
No peer does this; City Energy Analyst takes 0.14 s at best for a building's year (its RC core, measured on such a core)."""
import resource

from .measure import ROOT, kpis, line, measure, run_scenario, show_phases
from . import measure as program

CITY, WEATHER = "osm/almaty.osm.pbf", "weather/CHN_Xinjiang.Uygur.Urumqi.514630_CSWD.epw"
PEER_S_PER_BUILDING = 0.14


def bench(data, folder):
    if data is None or not (data / CITY).is_file() or not (data / WEATHER).is_file():
        print("a city's year: left out, the reference data is not there")
        return
    city, out = folder / "almaty.city.h5", folder / "almaty_year.h5"
    measure([program.SHAHR, "import", data / CITY, "-o", city, "-q"])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall_s, memory_mb, log = run_scenario(ROOT / "scenarios/energy.toml", out, "--threads", "2", "--set", f"city={city}", "--set", f"weather.file={data / WEATHER}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = kpis(out)
    print("Almaty for a year, hourly, buildings and feeders, 2 threads          (wanted: under 2 minutes, 4 GB)")
    line("wall time, peak memory", f"{wall_s:8.1f} s, {memory_mb:.0f} MB")
    line("the processor's time", f"{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:8.1f} s")
    show_phases(log)
    line("states without a solution", f"{found['power_unsolved']:8.0f} of 8760")
    line("least voltage, losses", f"{found['voltage_min']:8.3f} pu, {100 * found['power_loss_share']:.1f} % of the supply")
    buildings = number_of_buildings(out)
    line("the peer, buildings alone", f"{buildings * PEER_S_PER_BUILDING:8.0f} s for {buildings} buildings on one core")


def number_of_buildings(path):
    import h5py
    with h5py.File(path) as file:
        return len(file["city/building_systems/building"])
