"""The power grid: power flows against MATPOWER's, pandapower's and power-grid-model's solutions of the same grids.

Each case is imported and run as a user does it; greatest differences over all buses and branches are judged.
"""
import csv

import h5py
import numpy as np
import xarray as xr

from . import program

MATPOWER = ("case14", "case30", "case33bw", "case69", "case118", "case141", "case300", "case1354pegase")
PANDAPOWER = ("cigre_mv", "cigre_mv_der", "mv_oberrhein", "kerber_dorf")
VOLTAGE, ANGLE, FLOW, THREE_PHASE, AGREE = 1e-6, 1e-5, 1e-4, 1e-4, 1e-8   # pu, rad, MVA, pu, pu


def column(path, name):
    with open(path) as file:
        table = list(csv.DictReader(file))
    return np.array([float(r[name] or "nan") for r in table])


def solve(folder, source, name, *settings):
    """Imports a case and runs it; the group power, its last record, and the tables' ids."""
    city, result = folder / f"{name}.city.h5", folder / f"{name}{'_'.join(s.split('=')[-1] for s in settings)}.h5"
    program.call(program.SHAHR, "import", source, "-o", city, "-q")
    sets = [word for s in settings for word in ("--set", s)]
    program.call(program.SHAHR, "run", city, "-o", result, "-q", *sets)
    return opened(result)


def opened(result):
    power = xr.open_dataset(result, group="power", decode_times=False).load().isel(time=-1)
    with h5py.File(result) as file:
        ids = {table: [i.decode() if isinstance(i, bytes) else i for i in file[f"city/{table}/id"][()]] for table in ("buses", "branches")}
    return power, ids


def angle_error(ours_degree, theirs_degree):
    return np.abs((np.asarray(ours_degree) - theirs_degree + 180) % 360 - 180) * np.pi / 180


def matpower(data, folder, table):
    for name in MATPOWER:
        case = data / name
        power, _ = solve(folder, case / f"{name}.m", name)
        bus, branch = case / "bus.csv", case / "branch.csv"
        table.at_most(name, "voltage, pu", VOLTAGE, np.max(np.abs(power.voltage_magnitude - column(bus, "Vm_pu"))).item())
        table.at_most(name, "angle, rad", ANGLE, angle_error(power.voltage_angle, column(bus, "Va_deg")).max())
        error = flow_error(power, [column(branch, c) for c in ("Pf_MW", "Qf_MVAr", "Pt_MW", "Qt_MVAr")])
        table.at_most(name, "branch flows, MVA", FLOW, error)
        balance(name, power, table)


FLOWS = ("active_power_from", "reactive_power_from", "active_power_to", "reactive_power_to")


def flow_error(power, references, rows=slice(None)):
    return max(np.nanmax(np.abs(power[f].values[rows] / 1e6 - r)) for f, r in zip(FLOWS, references))


def balance(name, power, table):
    table.at_most(name, "balance: in - load - losses, of the load", 1e-8, abs(power.imbalance.item()) / power.total_load.item())


def pandapower(data, folder, table):
    for name in PANDAPOWER:
        case = data / "pandapower" / name
        power, ids = solve(folder, case, name)
        theirs = column(case / "res_bus.csv", "vm_pu")
        table.at_most(name, "voltage, pu", VOLTAGE, np.max(np.abs(power.voltage_magnitude - theirs)).item())
        table.at_most(name, "angle, rad", ANGLE, angle_error(power.voltage_angle, column(case / "res_bus.csv", "va_degree")).max())
        for element, ends in (("line", ("from", "to")), ("trafo", ("hv", "lv"))):
            results = case / f"res_{element}.csv"
            rows = [i for i, branch in enumerate(ids["branches"]) if branch.startswith(element + " ")]
            references = [column(results, f"{part}_{end}_{unit}") for end in ends for part, unit in (("p", "mw"), ("q", "mvar"))]
            table.at_most(name, f"{element} flows, MVA", FLOW, flow_error(power, references, rows))
            table.at_most(name, f"{element} loading, %", 1e-3, np.nanmax(np.abs(100 * power.loading.values[rows] - column(results, "loading_percent"))))
        balance(name, power, table)


def three_phases(data, folder, table):
    name = "ieee_eu_lv_on_peak_566"
    case = data / "pandapower" / name
    power, ids = solve(folder, case, name)
    bus, line, trafo = (case / f"res_{part}_3ph.csv" for part in ("bus", "line", "trafo"))
    phases = "abc"
    magnitude = np.stack([column(bus, f"vm_{p}_pu") for p in phases], axis=1)
    table.at_most(name, "voltage of the phases, pu", THREE_PHASE, np.max(np.abs(power.voltage_magnitude.values - magnitude)))
    angle = np.stack([column(bus, f"va_{p}_degree") for p in phases], axis=1)
    table.at_most(name, "angle of the phases, rad", 1e-4, angle_error(power.voltage_angle.values, angle).max())
    table.at_most(name, "unbalance, %", 1e-2, np.max(np.abs(100 * power.unbalance.values - column(bus, "unbalance_percent"))))
    lines = [i for i, b in enumerate(ids["branches"]) if b.startswith("line ")]
    neutral = column(line, "i_n_ka") * 1000
    table.at_most(name, "neutral current of the lines, of the largest", 1e-4, np.max(np.abs(power.neutral_current.values[lines] - neutral)) / neutral.max())
    flows = [np.stack([column(line, f"{part}_{p}_{end}_{unit}") for p in phases], axis=1) for end in ("from", "to") for part, unit in (("p", "mw"), ("q", "mvar"))]
    table.at_most(name, "line flows of the phases, MVA", FLOW, flow_error(power, flows, lines))
    rows = [i for i, b in enumerate(ids["branches"]) if b.startswith("trafo ")]
    flows = [np.stack([column(trafo, f"{part}_{p}_{end}_{unit}") for p in phases], axis=1) for end in ("hv", "lv") for part, unit in (("p", "mw"), ("q", "mvar"))]
    table.at_most(name, "Dyn transformer's flows, MVA", FLOW, flow_error(power, flows, rows))
    balance(name, power, table)


def radial_folder(data, folder):
    """The radial grid of 1001 nodes and its first scenario, as a folder of pandapower's tables; its loads over time."""
    lines = list(csv.DictReader(open(data / "radial1001/lines.csv")))
    rows = [{k: float(v) for k, v in r.items()} for r in csv.DictReader(open(data / "radial1001/scenarios.csv"))]
    out = folder / "radial1001"
    out.mkdir(exist_ok=True)

    def write(name, header, body):
        with open(out / f"{name}.csv", "w", newline="") as file:
            csv.writer(file).writerows([header, *body])

    write("bus", ["", "vn_kv"], [[n, 10] for n in range(1001)])
    write("line", ["", "from_bus", "to_bus", "length_km", "r_ohm_per_km", "x_ohm_per_km", "c_nf_per_km", "max_i_ka"],
          [[i, r["from"], r["to"], 1, r["r_ohm"], r["x_ohm"], float(r["c_F"]) * 1e9, 1] for i, r in enumerate(lines)])
    write("ext_grid", ["", "bus", "vm_pu", "va_degree"], [[0, 0, 1.05, 0]])
    first = [r for r in rows if r["scenario"] == 0]
    write("load", ["", "bus", "p_mw", "q_mvar"], [[int(r["node"]), int(r["node"]), r["p_W"] / 1e6, r["q_var"] / 1e6] for r in first if r["node"] > 0])
    return out, rows


def radial(data, folder, table):
    source, rows = radial_folder(data, folder)
    power, _ = solve(folder, source, "radial1001")
    first = [r for r in rows if r["scenario"] == 0]
    table.at_most("radial1001", "voltage, pu", VOLTAGE, np.max(np.abs(power.voltage_magnitude - np.array([r["u_pu"] for r in first]))).item())
    table.at_most("radial1001", "angle, rad", ANGLE, angle_error(power.voltage_angle, np.degrees([r["angle_rad"] for r in first])).max())


def sweep_and_newton(data, folder, table):
    for name, source in [(n, data / n / f"{n}.m") for n in ("case33bw", "case69", "case141")] + [(n, data / "pandapower" / n) for n in PANDAPOWER]:
        sweep, _ = solve(folder, source, name, "power.solver=sweep")
        newton, _ = solve(folder, source, name, "power.solver=newton")
        table.at_most(name, "sweep and Newton: voltage, pu", AGREE, np.max(np.abs(sweep.voltage_magnitude - newton.voltage_magnitude)).item())


def no_solution(data, folder, table):
    """A feeder with fifty times its load: the run ends well, and says that there is no solution."""
    text = (data / "case33bw/case33bw.m").read_text() + "\nmpc.bus(:, [PD, QD]) = 50 * mpc.bus(:, [PD, QD]);\n"
    source = folder / "case33overloaded.m"
    source.write_text(text)
    power, _ = solve(folder, source, "case33overloaded")
    table.at_most("case33 x 50", "solutions found", 0, power.converged.item())


CASES = {"matpower": matpower, "pandapower": pandapower, "three_phases": three_phases, "radial1001": radial, "sweep_and_newton": sweep_and_newton, "no_solution": no_solution}
