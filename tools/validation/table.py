"""The table that tools/validate prints, row by row as the cases end."""


class Table:
    def __init__(self):
        self.passed = True
        print(f"{'case':<16} {'quantity':<44} {'reference':>10} {'ours':>10} {'difference':>11} {'allowed':>9}")

    def row(self, case, quantity, reference, ours, allowed, relative=True):
        """`allowed`: the greatest difference, in % of the reference if `relative`; None: shown, not judged."""
        difference = 100 * (ours / reference - 1) if relative else ours - reference
        unit = " %" if relative else "  "
        judged = "shown only" if allowed is None else f"{allowed:>7g}{unit}"
        failed = allowed is not None and not abs(difference) <= allowed
        self.passed &= not failed
        print(f"{case:<16} {quantity:<44} {reference:>10.1f} {ours:>10.1f} {difference:>+9.1f}{unit} {judged} {'FAILED' if failed else ''}", flush=True)

    def at_most(self, case, quantity, limit, ours):
        """A greatest error, in the quantity's own unit; NaN fails."""
        failed = not ours <= limit
        self.passed &= not failed
        print(f"{case:<16} {quantity:<44} {'':>10} {ours:>10.2e} {'':>11} {limit:>9.0e} {'FAILED' if failed else ''}", flush=True)

    def between(self, case, quantity, low, high, ours, digits=1, beside=""):
        """A value that theory only bounds. `beside`: a word on another value, not judged."""
        failed = not low <= ours <= high
        self.passed &= not failed
        print(f"{case:<16} {quantity:<44} {f'{low:g}-{high:g}':>10} {ours:>10.{digits}f} {'':>11} {beside:>9} {'FAILED' if failed else ''}", flush=True)
