"""The program as a user runs it: files in, a result file out."""
import subprocess
import sys
from pathlib import Path

import xarray as xr

ROOT = Path(__file__).resolve().parent.parent.parent
SHAHR = ROOT / "build/release/tools/shahr"


def call(*arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"tools/validate: {' '.join(map(str, arguments))} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def run(folder, name, net, routes, additional=(), length=None, record_every="5min"):
    """Imports a SUMO network with routes (a path, or the text of a file) and runs them; the path of the result."""
    if isinstance(routes, str):
        text, routes = routes, folder / f"{name}.rou.xml"
        routes.write_text(text)
    city, scenario, result = (folder / f"{name}.{ending}" for ending in ("city.h5", "toml", "h5"))
    extra = [word for path in additional for word in ("-a", path)]
    call(SHAHR, "import", net, "-r", routes, *extra, "-o", city)
    until = f'start = "00:00"\nlength = "{length}"\n' if length else ""
    scenario.write_text(f'city = "{city}"\n{until}record_every = "{record_every}"\n[traffic]\ntrips = "given"\n')
    call(SHAHR, "run", scenario, "-o", result, "-q")
    return result


def traffic(result):
    """Per road and interval; `time` in seconds since midnight, roads by their ids."""
    dataset = xr.open_dataset(result, group="traffic", decode_times=False).load()
    return dataset.assign_coords(road=dataset.road_id.values.astype(str))


def trips(result):
    """Per trip: depart, inserted, arrived in seconds since midnight, trips by their ids."""
    dataset = xr.open_dataset(result, group="trips", decode_times=False).load()
    return dataset.assign_coords(trip=dataset.id.values.astype(str))
