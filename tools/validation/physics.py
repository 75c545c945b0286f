"""What theory says of traffic, on the small networks of the reference data.

The vehicles are SUMO's passenger cars with the IDM, as in the references' scripts (run.py, run.sh beside each network).
"""
import csv
import re

import numpy as np

from .program import run, traffic

IDM = 'carFollowModel="IDM" speedDev="0" speedFactor="1"'


def result_text(data, case):
    return (data / "physics" / case / "RESULT.txt").read_text()


def ring_routes(net, count):
    """`count` vehicles at rest, evenly over eight edges, each for 70 laps."""
    lengths = [float(x) for x in re.findall(r'<lane id="e\d_0"[^>]*length="([\d.]+)"', net.read_text())]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    vehicles = []
    for k in range(count):
        position = (k + 0.5) / count * starts[-1]
        edge = int(np.searchsorted(starts, position, side="right")) - 1
        lap = " ".join(f"e{(edge + i) % 8}" for i in range(8))
        vehicles.append(f'<vehicle id="v{k}" type="car" depart="0" departPos="{position - starts[edge]:.2f}"><route edges="{lap}" repeat="69"/></vehicle>')
    return f'<routes><vType id="car" {IDM}/>{"".join(vehicles)}</routes>', starts[-1]


def ring(data, folder, table):
    """The fundamental diagram: speed of N vehicles on a ring of about 1 km, after 20 minutes."""
    net = data / "physics/ring/ring.net.xml"
    with open(data / "physics/ring/RESULT.csv") as file:
        reference = {int(r["N"]): float(r["speed_m_s"]) for r in csv.DictReader(file) if r["model"] == "idm"}
    for count in (10, 30, 50, 70, 90):
        routes, _ = ring_routes(net, count)
        t = traffic(run(folder, f"ring{count}", net, routes, length="1h", record_every="60s"))
        t = t.isel(time=t.time > 1200)
        weight = t.vehicles.where(t.speed.notnull(), 0)
        speed = float((t.speed.fillna(0) * weight).sum() / weight.sum())
        table.row("ring", f"speed of {count} vehicles, m/s", reference[count], speed, 5)


def saturation_flow(data, folder, table):
    """Discharge in seconds 12 to 60 of a 60 s green of 90 s, after the first ten cycles."""
    routes = f'<routes><vType id="car" carFollowModel="IDM"/><flow id="f" type="car" begin="0" end="3600" vehsPerHour="2400" departSpeed="max"><route edges="ab bc"/></flow></routes>'
    case = data / "physics/satflow"
    entered = traffic(run(folder, "satflow", case / "net.net.xml", routes, [case / "add.xml"], "1h", "1s")).entered.sel(road="bc")
    begun = entered.time.values - 1            # a record sums over the second that ends there
    counted = entered.values[(begun >= 900) & (begun < 3600) & (begun % 90 >= 12) & (begun % 90 < 60)]
    flow = counted.sum() / len(counted) * 3600
    sumo = float(re.search(r"step 1 idm_default .*?\(green s12-60\) (\d+)", result_text(data, "satflow"))[1])
    table.row("saturation flow", "veh/h/lane, SUMO's IDM", sumo, flow, 5)
    table.between("saturation flow", "veh/h/lane, HCM", 1700, 1900, flow)


def spillback(data, folder, table):
    """A queue grows back over eight links of 250 m behind a red from 300 s to 900 s, and dissolves."""
    routes = f'<routes><vType id="car" {IDM}/><flow id="M" type="car" begin="0" end="1800" vehsPerHour="900" departSpeed="max"><route edges="e0 e1 e2 e3 e4 e5 e6 e7 out"/></flow></routes>'
    case = data / "physics/spillback"
    speed = traffic(run(folder, "spillback", case / "net.net.xml", routes, [case / "add.xml"], "40min", "10s")).speed
    line = re.search(r"^idm micro .*?: (\{.*?\}) recovered: (\{.*?\})", result_text(data, "spillback"), re.M)
    sumo_jammed, sumo_recovered = eval(line[1]), eval(line[2])  # two Python dicts as the reference's script prints them
    begun = speed.time.values - 10
    jammed, recovered = {}, {}
    for edge in sumo_jammed:
        v = speed.sel(road=edge).values
        jammed[edge] = next((t for t, x in zip(begun, v) if t >= 300 and x < 2), np.nan)
        recovered[edge] = next((t for t, x in zip(begun, v) if t >= max(900, jammed[edge]) and x > 5), np.nan)
    for what, ours, theirs in (("jam", jammed, sumo_jammed), ("recovery", recovered, sumo_recovered)):
        pace = lambda times: (times["e1"] - times["e7"]) / 6
        table.row("spillback", f"{what} reaches e1, s", theirs["e1"], ours["e1"], 5)
        table.row("spillback", f"{what}, s per link of 250 m", pace(theirs), pace(ours), 10)


def priority(data, folder, table):
    """Vehicles served on the minor road while the major road carries q veh/h (SUMO's Krauss cars, sigma 0.5)."""
    case = data / "physics/priority"
    with open(case / "RESULT.csv") as file:
        rows = [{k: float(v) for k, v in r.items()} for r in csv.DictReader(file)]
    for r in rows[:7]:
        q = r["major_demand"]
        major = "" if q == 0 else f'<flow id="M" type="car" begin="0" end="4500" probability="{q / 3600:.5f}" departSpeed="max"><route edges="wc ce"/></flow>'
        routes = f'<routes><vType id="car"/>{major}<flow id="m" type="car" begin="0" end="4500" vehsPerHour="2000" departSpeed="max"><route edges="sc cn"/></flow></routes>'
        entered = traffic(run(folder, f"priority{q:.0f}", case / "net.net.xml", routes, [], "75min", "15min")).entered
        # SUMO's detector reports its first hour.
        served = lambda road: float(entered.sel(road=road).where(entered.time <= 3600).sum())
        table.row("priority", f"minor veh/h at {served('ce'):.0f} major (SUMO: {r['major_served']:.0f})", r["minor_capacity_sumo"], served("cn"), 20)


def merge(data, folder, table):
    """Discharge of a lane drop from two to one at 27.8 m/s."""
    routes = '<routes><vType id="car" carFollowModel="IDM"/><flow id="M" type="car" begin="0" end="3600" vehsPerHour="3600" departLane="best" departSpeed="max"><route edges="ab bc"/></flow></routes>'
    case = data / "physics/merge"
    entered = traffic(run(folder, "merge", case / "net.net.xml", routes, [], "1h", "5min")).entered.sel(road="bc")
    flow = float(entered.where(entered.time > 600).sum() / (entered.time > 600).sum()) * 12
    sumo = float(re.search(r"idm: discharge (\d+)", result_text(data, "merge"))[1])
    table.row("merge", "discharge, veh/h, SUMO's IDM", sumo, flow, 10)
    table.between("merge", "discharge, veh/h, literature", 1400, 1800, flow)


CASES = {"ring": ring, "saturation_flow": saturation_flow, "spillback": spillback, "priority": priority, "merge": merge}
