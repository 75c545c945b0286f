"""District heat: a day of a town's network made up along the streets, with its buildings, less the same day without the network; and
DESTEST's week. By the processor's time, on one thread; no peer is measured."""
import resource
import shutil

from .measure import ROOT, line, run_scenario


def processor_s(scenario, out, *arguments):
    """Of a run on one thread, user and system."""
    used = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    before = used()
    run_scenario(scenario, out, "--threads", "1", *arguments)
    return used() - before


def shape(path):
    """Links, steps, and rounds of hydraulics and temperatures in all recorded steps."""
    import h5py
    with h5py.File(path) as file:
        rounds = file["heat/rounds"][:]
        return file["city/heat_links/kind"].shape[0], len(rounds) - 1, float(rounds[1:].mean())


def report(title, out, seconds):
    links, steps, rounds = shape(out)
    print(f"{title}: {links} links, {steps} steps of {rounds:.1f} rounds on average")
    line("heat, processor", f"{seconds:8.2f} s, {1000 * seconds / steps:.2f} ms a step, {1e6 * seconds / (steps * rounds * links):.2f} us a link and round")


def bench(data, folder):
    town, out = ROOT / "scenarios/boiler_house_base.toml", folder / "heat_town.h5"
    day = ("--set", "length=1d", "--set", "buildings.warm_up=2d", "--set", "record_every=15min")
    with_heat = processor_s(town, out, *day)
    report("a town of flats, a day", out, with_heat - processor_s(town, folder / "no_heat.h5", "--set", "heat.network=none", *day))
    if data is None:
        return
    shutil.copy(ROOT / "tests/reference/destest/network_1.toml", folder)
    shutil.copy(data / "heat/destest/input_data/heat_profile_1_building_SFH_Network_1.csv", folder / "profile.csv")
    week = folder / "destest_week.toml"
    week.write_text('city = "network_1.toml"\nstart = "2018-01-01"\nlength = "168h"\nrecord_every = "step"\n[heat]\nstep = "5min"\n')
    out = folder / "destest_week.h5"
    report("DESTEST network 1, a week by five minutes", out, processor_s(week, out))
