"""The same network and trips in SUMO and here: mean travel time, and trip by trip.

A trip's duration runs from its insertion to its arrival. The reference is the mean over SUMO's seeds. `drawn`: desired
speeds drawn here as SUMO draws them; `replayed`: each trip with the very speed factor that SUMO's first seed drew.
"""
import gzip
import re

import numpy as np

from .program import run, trips

CASES = {
    "small5x5": ("small5x5/grid5.net.xml", "small5x5/grid5.rou.xml", "small5x5/sumo/tripinfo_seed*.xml.gz"),
    "mid20x20": ("mid20x20/grid20.net.xml", "mid20x20/grid20_20k.rou.xml.gz", "mid20x20/sumo*/tripinfo.xml.gz"),
    "congested5x5": ("small5x5/grid5.net.xml", "congested5x5/routes.rou.xml.gz", "congested5x5/sumo/tripinfo_*.xml.gz"),
}
ALLOWED_PERCENT = 10


def text_of(path):
    return gzip.open(path, "rt").read() if path.suffix == ".gz" else path.read_text()


def tripinfo(path):
    """Trip id -> (duration in s, speed factor)."""
    rows = re.findall(r'<tripinfo id="([^"]+)"[^>]*? duration="([\d.]+)"[^>]*? speedFactor="([\d.]+)"', text_of(path))
    return {name: (float(duration), float(factor)) for name, duration, factor in rows}


def durations(result):
    t = trips(result)
    return dict(zip(t.trip.values.tolist(), (t.arrived - t.inserted).values.tolist()))


def with_speed_factors(routes, reference):
    return re.sub(r'<vehicle id="([^"]+)"', lambda m: f'{m[0]} speedFactor="{reference[m[1]][1]}"', routes)


def compare(table, case, ours, seeds):
    first = seeds[0]
    mean = np.mean([d for seed in seeds for d, _ in seed.values()])
    both = sorted(first.keys() & ours.keys())
    mine = np.array([ours[k] for k in both])
    theirs = np.array([first[k][0] for k in both])
    table.row(case, "trips that arrived", len(first), int(np.isfinite(mine).sum()), 0)
    table.row(case, "mean travel time, s", mean, float(np.nanmean(mine)), ALLOWED_PERCENT)
    spread = np.mean([abs(d - seeds[0][k][0]) for seed in seeds[1:] for k, (d, _) in seed.items()])
    table.row(case, "mean difference per trip (SUMO: its seeds), s", spread, float(np.nanmean(abs(mine - theirs))), None)


def run_case(data, folder, table, case, net, routes, reference):
    seeds = [tripinfo(path) for path in sorted(data.glob(reference))]
    compare(table, case, durations(run(folder, case, data / net, data / routes)), seeds)
    replayed = with_speed_factors(text_of(data / routes), seeds[0])
    compare(table, case + " rep.", durations(run(folder, case + "-replayed", data / net, replayed)), seeds)


def run_all(data, folder, table):
    for case, files in CASES.items():
        run_case(data, folder, table, case, *files)
