"""Opens the sample result (tests/sim/results/sample_run.h) as a researcher would. Exit 77: a module is missing."""
import subprocess
import sys

try:
    import numpy as np
    import xarray as xr
    import h5netcdf  # noqa: F401
    import netCDF4  # noqa: F401
except ImportError as missing:
    print(missing)
    sys.exit(77)

path = sys.argv[1]
groups = ["traffic", "trips", "kpi", "cells", "city", "city/roads", "city/junctions", "city/cells", "city/buildings", "city/places"]
opened = {}
for engine in ("netcdf4", "h5netcdf"):
    root = xr.open_dataset(path, engine=engine)
    assert root.attrs["title"] == "Субҳ – morning", root.attrs
    assert len(root.attrs["scenario"]) > 70_000
    for group in groups:
        dataset = xr.open_dataset(path, engine=engine, group=group)
        assert not any("phony" in str(d) for d in dataset.dims), (group, dataset.dims)
        dataset.load()
        if (engine, group) != ("netcdf4", group):
            assert dataset.equals(opened[group]), f"{group} differs between the engines"
        opened[group] = dataset

traffic = opened["traffic"]
assert traffic.speed.dims == ("time", "road"), traffic.speed.dims
assert str(traffic.time.values[0]) == "2026-03-10T06:00:00.000000000"
assert str(traffic.time.values[1]) == "2026-03-10T06:05:00.000000000"
assert "road_id" in traffic.coords and traffic.road_id[0].item() == opened["city/roads"].id[0].item()
assert np.isnan(traffic.speed[0]).all() and traffic.speed[1, 1] == 1.125
assert traffic.vehicles[2, 3] == (2 * 31 + 3 * 7) % 23
assert traffic.trips_inserted.dims == ("time",)
for name, variable in traffic.data_vars.items():
    assert variable.attrs["units"] and variable.attrs["long_name"], name
    assert variable.attrs["cell_methods"] in ("time: point", "time: mean", "time: sum"), name

roads = opened["city/roads"]
begin, end = roads.shape_offsets.values[1:3]
assert len(roads.shape_x.values[begin:end]) == end - begin
assert opened["city"].road_network.attrs["cf_role"] == "mesh_topology"
assert opened["city"].edge_nodes.shape == (roads.sizes["road"], 2)
assert opened["trips"].depart.dims == ("trip",) and np.isnan(opened["trips"].arrived).all()
assert opened["kpi"].mean_travel_time.item() == 321.5
assert opened["kpi"].mean_travel_time.attrs["better"] == "lower"

header = subprocess.run(["ncdump", "-h", path], capture_output=True, text=True)
assert header.returncode == 0 and "float speed(time, road)" in header.stdout, header.stderr
print("opened by both engines and ncdump")
