"""The same network and trips in SUMO and here: mean travel time, and trip by trip.

A trip's duration runs from its insertion to its arrival. The reference is the mean over SUMO's seeds, with Krauss's cars.
Desired speeds are drawn here as SUMO draws them; "rep.": each trip with the very speed factor that SUMO's first seed drew.

Where queues decide, the car-following models differ among themselves: on congested5x5 SUMO's own IDM is some 15 % faster than
its Krauss. There the row against Krauss is shown only, and the one against SUMO's IDM is judged: SUMO runs in the same
minutes, where it is installed.
"""
import gzip
import re
import shutil
import subprocess
import sys

import numpy as np

from .program import run, trips

# Network, routes, SUMO's results, and whether queues decide.
CASES = {
    "small5x5": ("small5x5/grid5.net.xml", "small5x5/grid5.rou.xml", "small5x5/sumo/tripinfo_seed*.xml.gz", False),
    "mid20x20": ("mid20x20/grid20.net.xml", "mid20x20/grid20_20k.rou.xml.gz", "mid20x20/sumo*/tripinfo.xml.gz", False),
    "congested5x5": ("small5x5/grid5.net.xml", "congested5x5/routes.rou.xml.gz", "congested5x5/sumo/tripinfo_*.xml.gz", True),
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


def mean_of(seeds):
    return np.mean([d for seed in seeds for d, _ in seed.values()])


def sumo_with_idm(folder, case, net, routes, seeds=(1, 2, 3)):
    """SUMO on the same network and trips, with its IDM for the cars that have no type of their own: its trips, by seed."""
    cars, results = folder / f"{case}-idm.add.xml", []
    cars.write_text('<additional><vType id="DEFAULT_VEHTYPE" carFollowModel="IDM"/></additional>')
    for seed in seeds:
        out = folder / f"{case}-idm-{seed}.tripinfo.xml"
        done = subprocess.run(["sumo", "-X", "never", "-n", net, "-r", routes, "-a", cars, "--seed", str(seed), "--tripinfo-output", out, "--no-step-log"],
                              capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"tools/validate: sumo failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
        results.append(tripinfo(out))
    return results


def compare(table, case, ours, seeds, judged):
    first = seeds[0]
    both = sorted(first.keys() & ours.keys())
    mine = np.array([ours[k] for k in both])
    theirs = np.array([first[k][0] for k in both])
    table.row(case, "trips that arrived", len(first), int(np.isfinite(mine).sum()), 0)
    table.row(case, "mean travel time, s", mean_of(seeds), float(np.nanmean(mine)), ALLOWED_PERCENT if judged else None)
    spread = np.mean([abs(d - seeds[0][k][0]) for seed in seeds[1:] for k, (d, _) in seed.items()])
    table.row(case, "mean difference per trip (SUMO: its seeds), s", spread, float(np.nanmean(abs(mine - theirs))), None)


def run_case(data, folder, table, case, net, routes, reference, queues_decide):
    seeds = [tripinfo(path) for path in sorted(data.glob(reference))]
    ours = durations(run(folder, case, data / net, data / routes))
    compare(table, case, ours, seeds, not queues_decide)
    if queues_decide and not shutil.which("sumo"):
        print(f"{case:<16} SUMO is not installed: not compared with its IDM, which is what judges this case")
    elif queues_decide:
        peer = mean_of(sumo_with_idm(folder, case, data / net, data / routes))
        table.row(case, "mean travel time, s, SUMO's IDM", peer, float(np.nanmean(list(ours.values()))), ALLOWED_PERCENT)
        table.row(case, "the same, SUMO's IDM in place of ours, s", mean_of(seeds), peer, None)
    replayed = with_speed_factors(text_of(data / routes), seeds[0])
    compare(table, case + " rep.", durations(run(folder, case + "-replayed", data / net, replayed)), seeds, not queues_decide)


def run_all(data, folder, table):
    for case, files in CASES.items():
        run_case(data, folder, table, case, *files)
