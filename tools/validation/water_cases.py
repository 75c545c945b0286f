"""Small networks that try what real files hold: all units and formulas, every kind of pump, valve and tank, rules, odd times and
options. Written from one town in SI, so that each says the same in its own units."""
import math

GALLON = 231 * 0.0254**3
FLOW = {"CFS": 0.3048**3, "GPM": GALLON / 60, "MGD": 1e6 * GALLON / 86400, "IMGD": 1e6 * 4.54609e-3 / 86400, "AFD": 43560 * 0.3048**3 / 86400,
        "LPS": 1e-3, "LPM": 1e-3 / 60, "MLD": 1e3 / 86400, "CMH": 1 / 3600, "CMD": 1 / 86400, "CMS": 1}
ROUGHNESS = {"H-W": 120, "D-W": 0.2, "C-M": 0.012}


class Town:
    """Twenty junctions in a grid on a slope, a reservoir with a pump, a tank at the far end. Lines may be added to any section."""

    def __init__(self, units="LPS", formula="H-W"):
        self.us = units in ("CFS", "GPM", "MGD", "IMGD", "AFD")
        self.q = lambda m3s: m3s / FLOW[units]
        self.h = lambda m: m / 0.3048 if self.us else m
        self.d = lambda mm: mm / 25.4 if self.us else mm
        self.p = lambda m: m / 0.3048 * 0.4333 if self.us else m
        rough = ROUGHNESS[formula] / (0.3048 if self.us and formula == "D-W" else 1)
        self.sections = {"OPTIONS": [f"Units {units}", f"Headloss {formula}"], "TIMES": ["Duration 24:00", "Hydraulic Timestep 1:00", "Pattern Timestep 2:00"],
                         "PATTERNS": ["day 0.5 0.4 0.6 1.1 1.4 1.2", "day 1.0 1.1 1.3 1.5 1.2 0.7"]}
        for i in range(20):
            self.add("JUNCTIONS", f"J{i} {self.h(10 + 2 * (i % 5) + math.sin(i)):.3f} {self.q(0.002 + 0.0002 * i):.5f} day")
        self.pipe = lambda name, a, b, length=250, mm=200, more="": self.add("PIPES", f"{name} {a} {b} {self.h(length):.2f} {self.d(mm):.3f} {rough:.5f} {more}")
        for i in range(20):
            if i % 5 < 4:
                self.pipe(f"H{i}", f"J{i}", f"J{i + 1}", 200 + 10 * i)
            if i < 15 and i % 2 == 0:
                self.pipe(f"V{i}", f"J{i}", f"J{i + 5}", 180 + 5 * i, 150, "0.5")
        self.pipe("PT", "J19", "T", 100, 250)
        self.add("RESERVOIRS", f"R {self.h(12):.3f}")
        self.add("TANKS", f"T {self.h(52):.3f} {self.h(3):.3f} {self.h(0.5):.3f} {self.h(6):.3f} {self.h(14):.3f} 0")
        self.add("CURVES", f"C1 {self.q(0.06):.4f} {self.h(48):.3f}")

    def add(self, section, *lines):
        self.sections.setdefault(section, []).extend(lines)
        return self

    def pump(self, text="HEAD C1"):
        return self.add("PUMPS", f"U R J0 {text}")

    def write(self, path):
        """Nodes first: EPANET must know them before the links."""
        order = sorted(self.sections, key=lambda section: section not in ("JUNCTIONS", "RESERVOIRS", "TANKS"))
        path.write_text("\n".join(line for section in order for line in [f"[{section}]", *self.sections[section], ""]) + "[END]\n")
        return path


def towns():
    """Names and towns."""
    for i, units in enumerate(FLOW):
        formula = ("H-W", "D-W", "C-M")[i % 3]
        yield f"{units.lower()}_{formula.lower()}", Town(units, formula).pump()
    yield from pumps()
    yield from valves()
    yield from tanks()
    yield from rules()
    yield from times()
    yield from options()
    yield from outlets()


def pumps():
    q, h = (lambda x: x * 1e3), (lambda x: x)
    yield "pump_three_points", Town().add("CURVES", f"C3 0 62", f"C3 {q(0.05)} 50", f"C3 {q(0.1)} 20").pump("HEAD C3")
    yield "pump_points", Town().add("CURVES", "C5 0 60", "C5 20 58", "C5 45 51", "C5 80 35", "C5 120 5").pump("HEAD C5 SPEED 1.02")
    yield "pump_power", Town("GPM").pump("POWER 33")       # in kW EPANET 2.3 converts twice: 25 kW lift as much as 33.5 do
    speeds = Town().pump("HEAD C1 PATTERN speed").add("PATTERNS", "speed 1.0 0.95 1.1 0 1.05 0.9")
    speeds.add("CURVES", "E 0 40", "E 40 70", "E 80 75", "E 120 60").add("ENERGY", "Global Price 0.12", "Global Pattern day", "Pump U Efficiency E", "Pump U Price 0.2", "Demand Charge 3")
    yield "pump_speeds", speeds
    two = Town().pump().add("PUMPS", "U2 R J1 HEAD C1 SPEED 0.9").add("STATUS", "U2 0.95")
    two.add("CONTROLS", "LINK U CLOSED IF NODE T ABOVE 5", "LINK U OPEN IF NODE T BELOW 2", "LINK U2 0 AT TIME 5:30", "LINK U2 1.05 AT TIME 13", "LINK U2 CLOSED AT CLOCKTIME 9 PM", "LINK V4 CLOSED IF NODE J9 BELOW 40")
    yield "pump_controls", two
    yield "pump_cannot_lift", Town().add("CURVES", "low 30 20").pump("HEAD low")


def valves():
    def with_valve(line, *more):
        town = Town().pump().add("JUNCTIONS", "A 11 3", "B 12 0")
        town.pipe("PA", "J8", "A")
        town.pipe("PB", "B", "J13")
        return town.add("VALVES", line).add("STATUS", *more)
    for kind, setting in (("PRV", 35), ("PSV", 42), ("PBV", 4), ("FCV", 3), ("TCV", 60)):
        yield f"valve_{kind.lower()}", with_valve(f"X A B 150 {kind} {setting} 0.4")
    yield "valve_fcv_wide", with_valve("X A B 150 FCV 300 0.4")
    yield "valve_prv_back", with_valve("X B A 150 PRV 60")
    yield "valve_gpv", with_valve("X A B 150 GPV loss").add("CURVES", "loss 0 0", "loss 5 0.5", "loss 15 4", "loss 40 25")
    yield "valve_pcv", with_valve("X A B 150 PCV 40 2")
    yield "valve_pcv_curve", with_valve("X A B 150 PCV 55 2 ratio").add("CURVES", "ratio 10 3", "ratio 30 15", "ratio 60 45", "ratio 90 85")
    yield "valve_fixed", with_valve("X A B 150 PRV 20", "X CLOSED").add("CONTROLS", "LINK X OPEN AT TIME 4", "LINK X 30 AT TIME 10", "LINK X CLOSED AT TIME 15")
    yield "valve_settings", with_valve("X A B 150 TCV 10").add("RULES", "RULE 1", "IF SYSTEM CLOCKTIME >= 6 AM", "AND SYSTEM CLOCKTIME < 6 PM", "THEN VALVE X SETTING IS 400", "ELSE VALVE X SETTING IS 5")


def tanks():
    shape = Town().pump().add("CURVES", "bowl 0 0", "bowl 1 60", "bowl 3 300", "bowl 7 1200")
    shape.sections["TANKS"] = ["T 52 3 0.5 6 12 0 bowl"]
    yield "tank_curve", shape
    for name, overflow in (("tank_full", ""), ("tank_overflows", "* YES")):
        town = Town().pump("HEAD C1 SPEED 1.25")
        town.sections["TANKS"] = [f"T 52 5.5 0.5 6 8 10 {overflow}"]
        yield name, town.add("MIXING", "T 2COMP 0.3")
    empties = Town().pump("HEAD C1 SPEED 0.8")
    empties.sections["TANKS"] = ["T 52 1 0.5 6 8 0"]
    yield "tank_empties", empties
    pattern = Town().pump().add("PATTERNS", "tide 1 1.1 0.9 1.2")
    pattern.sections["RESERVOIRS"] = ["R 12 tide"]
    yield "reservoir_pattern", pattern
    check = Town().pump()
    check.pipe("CV1", "J3", "J9", 100, 150, "0 CV")
    check.pipe("CV2", "T", "J14", 100, 150, "CV")
    yield "check_valves", check


def rules():
    town = Town().pump().add("PUMPS", "U2 R J1 HEAD C1").add("STATUS", "U2 CLOSED")
    town.sections["TIMES"].append("Rule Timestep 0:07")
    yield "rules_many", town.add(
        "RULES", "RULE full", "IF TANK T LEVEL > 5", "THEN PUMP U STATUS IS CLOSED", "PRIORITY 3", "RULE low", "IF TANK T LEVEL BELOW 2.5", "OR JUNCTION J9 PRESSURE BELOW 38", "THEN PUMP U STATUS IS OPEN", "AND PUMP U2 SETTING IS 0.9", "ELSE PUMP U2 STATUS IS CLOSED", "PRIORITY 2",
        "RULE night", "IF SYSTEM CLOCKTIME >= 10 PM", "OR SYSTEM CLOCKTIME < 5 AM", "AND LINK H3 FLOW > 1", "THEN PIPE V4 STATUS IS CLOSED", "ELSE PIPE V4 STATUS IS OPEN",
        "RULE fill", "IF TANK T FILLTIME < 3", "AND SYSTEM TIME > 2:00", "THEN PIPE V8 STATUS = CLOSED", "RULE drain", "IF TANK T DRAINTIME <= 4", "AND SYSTEM DEMAND >= 60", "THEN PIPE V8 STATUS = OPEN", "PRIORITY 1",
        "RULE demand", "IF JUNCTION J5 DEMAND > 3", "AND JUNCTION J5 HEAD < 80", "AND LINK V8 STATUS NOT CLOSED", "THEN PIPE V12 STATUS IS CLOSED", "ELSE PIPE V12 STATUS IS OPEN")
    clock = Town("GPM", "D-W").pump()
    clock.sections["TIMES"] += ["Start ClockTime 9:15 pm", "Duration 50"]
    yield "rules_clock", clock.add("RULES", "RULE a", "IF SYSTEM CLOCKTIME = 7:00 AM", "THEN PUMP U SETTING = 0.92", "RULE b", "IF SYSTEM TIME = 31:00", "THEN PUMP U SETTING = 1.1", "RULE c", "IF TANK T HEAD >= 186", "THEN PUMP U STATUS = CLOSED", "RULE d", "IF TANK T LEVEL <= 8", "THEN PUMP U STATUS = OPEN", "PRIORITY 5")


def times():
    odd = Town().pump()
    odd.sections["TIMES"] = ["Duration 30:10", "Hydraulic Timestep 0:45", "Pattern Timestep 1:30", "Pattern Start 3:00", "Report Timestep 0:50", "Report Start 2:00", "Start ClockTime 5:30 PM", "Statistic AVERAGED", "Quality Timestep 0:05"]
    yield "times_odd", odd.add("CONTROLS", "LINK U CLOSED AT CLOCKTIME 11:20 PM", "LINK U OPEN AT CLOCKTIME 4 AM", "LINK H7 CLOSED AT TIME 26:40")
    words = Town().pump()
    words.sections["TIMES"] = ["DURATION 2 days", "HYDRAULIC TIMESTEP 30 min", "PATTERN TIMESTEP 90 MIN", "REPORT TIMESTEP 7200 SEC", "START CLOCKTIME 12 AM"]
    yield "times_words", words
    long_report = Town().pump()
    long_report.sections["TIMES"] = ["Duration 20", "Hydraulic Timestep 4", "Report Timestep 3", "Pattern Timestep 2:00", "Report Start 10"]
    yield "times_long", long_report


def options():
    yield "option_check", Town("LPS", "D-W").pump().add("OPTIONS", "CHECKFREQ 3", "MAXCHECK 5", "DAMPLIMIT 0.01", "VISCOSITY 1.3", "SPECIFIC GRAVITY 0.98", "FLOWCHANGE 0.001", "HEADERROR 0.0005")
    yield "option_continue", Town().pump().add("OPTIONS", "TRIALS 3", "UNBALANCED CONTINUE 5")
    yield "option_multiplier", Town("CMH").pump().add("OPTIONS", "DEMAND MULTIPLIER 1.3", "EMITTER EXPONENT 0.6", "PATTERN day", "PRESSURE METERS", "QUALITY CHLORINE mg/L", "MAP town.map").add("DEMANDS", "J3 9 day ;homes", "J3 3 ;works", "J4 -2").add("QUALITY", "J1 0.4").add("REACTIONS", "Global Bulk -0.1").add("SOURCES", "R CONCEN 1").add("TAGS", "NODE J1 a").add("LABELS", "1 2 \"a b\"")
    for units in ("KPA", "PSI", "BAR", "METERS"):
        range_of = {"KPA": (49, 343), "PSI": (7, 50), "BAR": (0.49, 3.4), "METERS": (5, 35)}[units]
        yield f"pda_{units.lower()}", Town().pump("HEAD C1 SPEED 0.85").add("OPTIONS", "DEMAND MODEL PDA", f"MINIMUM PRESSURE {range_of[0]}", f"REQUIRED PRESSURE {range_of[1]}", "PRESSURE EXPONENT 0.7", f"PRESSURE {units}")
    cut = Town().pump().add("OPTIONS", "DEMAND MODEL PDA", "REQUIRED PRESSURE 30").add("STATUS", "H3 CLOSED", "V4 CLOSED")
    yield "pda_cut_off", cut.add("CONTROLS", "LINK V4 OPEN AT TIME 12")


def outlets():
    for backflow in ("YES", "NO"):
        high = Town().pump("HEAD C1 SPEED 0.8").add("OPTIONS", "EMITTER EXPONENT 0.65", f"BACKFLOW ALLOWED {backflow}").add("EMITTERS", "J4 0.8", "X 0.5", "J12 1.5").add("JUNCTIONS", "X 75 0")
        high.pipe("PX", "J14", "X", 100, 100)
        yield f"emitters_{backflow.lower()}", high
    yield "leaks", Town("CMH", "D-W").pump().add("LEAKAGE", "H1 40 0.6", "V4 100 0", "PT 60 1.2").add("EMITTERS", "J7 2")
    yield "leaks_us_pda", Town("GPM").pump().add("LEAKAGE", "H1 40 0.6", "V4 100 0", "H12 0 2").add("OPTIONS", "DEMAND MODEL PDA", "REQUIRED PRESSURE 50")
