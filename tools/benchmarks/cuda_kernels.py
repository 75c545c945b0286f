"""What the CUDA kernels take: registers, bytes of stack and of spills of a thread, as `ninja ptxas_report` has left them in the build."""
import csv

from . import measure
from .measure import line


def show(*folders):
    """The kernels of these folders of kernels/."""
    report = measure.SHAHR.parent.parent / "kernels/cuda/ptxas_report.tsv"
    if not report.parent.is_dir():
        return print("CUDA kernels: no CUDA build here")
    if not report.exists():
        return print(f"CUDA kernels: left out, `ninja -C {report.parent.parent.parent} ptxas_report` has not been run")
    with open(report) as file:
        kernels = [row for row in csv.DictReader(file, delimiter="\t") if row["folder"] in folders]
    print(f"CUDA kernels of {', '.join(folders)}: registers, bytes of stack, of spills (ptxas, sm_90)")
    for row in sorted(kernels, key=lambda row: (row["folder"], row["functor"])):
        line(row["functor"][:34], f"{row['registers']:>4} {row['stack']:>6} {row['spilled']:>6}")
