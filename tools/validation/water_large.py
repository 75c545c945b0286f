"""A town of 25,000 junctions in two pressure zones."""
import numpy as np


def large_town(path, side=158):
    """Writes side x side junctions in loops, over a day. Each zone has a pump, switched by a tank, and two tanks; from the upper to the lower lead reducing
    valves, one that limits the flow and one that throttles; some streets have check valves."""
    rng = np.random.default_rng(2)
    name = lambda x, y: f"J{y * side + x}"
    middle = side // 2
    demands, pipes, valves = [], [], []
    for y in range(side):
        for x in range(side):
            above = 30 if y >= middle else 0
            demands.append(f"{name(x, y)} {above + 10 * np.sin(x / 30) + 5 * np.cos(y / 20):.3f} {rng.uniform(0, 0.05):.4f} day")
            main = y % 20 == 10 or x % 20 == 10
            diameter = 500 if main else rng.choice([150, 200, 250])
            if x + 1 < side:
                pipes.append(f"H{y}_{x} {name(x, y)} {name(x + 1, y)} {rng.uniform(60, 140):.1f} {diameter} {rng.uniform(90, 130):.0f} 0 {'CV' if rng.random() < 0.002 else 'OPEN'}")
            if y + 1 == middle:
                if x % 20 == 10:
                    kind, setting = {10: ("FCV", 15), 30: ("TCV", 2000)}.get(x, ("PRV", 62))
                    valves.append(f"V{x} {name(x, middle)} {name(x, y)} 300 {kind} {setting} 0.2")
            elif y + 1 < side and x % 4 == 2:
                pipes.append(f"P{y}_{x} {name(x, y)} {name(x, y + 1)} {rng.uniform(60, 140):.1f} {diameter} {rng.uniform(90, 130):.0f}")
    for tank, x, y in (("T1", 50, 30), ("T2", 130, 50), ("T3", 30, 110), ("T4", 110, 130)):
        pipes.append(f"P{tank} {tank} {name(x, y)} 200 500 130")
    hours = 0.75 + 0.55 * np.maximum(0, np.sin((np.arange(24) - 4) / 24 * 2 * np.pi))
    sections = {
        "JUNCTIONS": demands, "RESERVOIRS": ["A 20", "B 45"],
        "TANKS": [f"{t} {bottom} {level} 0.5 6 35" for t, bottom, level in (("T1", 62, 4), ("T2", 62, 3), ("T3", 92, 2.5), ("T4", 92, 5))],
        "PIPES": pipes, "PUMPS": [f"UL A {name(90, 30)} HEAD low", f"UH B {name(70, 130)} HEAD high"], "VALVES": valves,
        "CURVES": ["low 320 52", "high 420 60"], "PATTERNS": ["day " + " ".join(f"{h:.3f}" for h in hours)],
        "CONTROLS": [f"LINK {u} {what} IF NODE {t} {at}" for u, t in (("UL", "T1"), ("UH", "T3")) for what, at in (("CLOSED", "ABOVE 5.5"), ("OPEN", "BELOW 2"))],
        "OPTIONS": ["Units LPS", "Headloss H-W", "Trials 200", "Accuracy 0.001"], "TIMES": ["Duration 24", "Hydraulic Timestep 1:00", "Pattern Timestep 1:00"],
    }
    path.write_text("".join(f"[{section}]\n" + "\n".join(lines) + "\n" for section, lines in sections.items()) + "[END]\n")
    return path
