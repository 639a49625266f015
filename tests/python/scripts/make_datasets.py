"""Writes an HDF5 file with datasets of all dtypes and layouts, and what numpy says of what h5py reads back from each.

make_datasets.py <folder>: <folder>/datasets.h5, <folder>/expected.json and small files to be damaged
"""

import json
import sys
from pathlib import Path

import h5py
import numpy as np
from statistics_of import statistics_of

DTYPES = ["?", "i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "u1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8"]
DTYPES += ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]
LAYOUTS = {
    "contiguous": {},
    "chunked": {"chunks": (5, 7)},
    "gzip": {"chunks": (16, 9), "compression": "gzip", "shuffle": True, "fletcher32": True},
    "resizable": {"maxshape": (None, None)},
}


def random_values(rng, dtype, shape):
    kind = np.dtype(dtype).kind
    if kind == "b":
        return rng.random(shape) < 0.5
    if kind in "iu":
        limits = np.iinfo(dtype)
        native = np.dtype(dtype).newbyteorder("=")
        return rng.integers(limits.min, limits.max, shape, dtype=native, endpoint=True).astype(dtype)
    values = rng.normal(size=shape)
    values[rng.random(shape) < 0.05] = np.nan
    values[rng.random(shape) < 0.05] = np.inf
    return values.astype(dtype)


def main(folder):
    rng = np.random.default_rng(20_261_123)
    with h5py.File(folder / "datasets.h5", "w") as file:
        for dtype in DTYPES:
            for name, options in LAYOUTS.items():
                values = random_values(rng, dtype, (33, 41))
                order = ">" if dtype[0] == ">" else ""
                label = np.dtype(dtype).name + ("-big" if order else "")
                file.create_dataset(f"{label}/{name}", data=values, **options)
        file["summary/weights"] = rng.normal(size=(4, 5, 6))
        file["scalar"] = 3.5
        file["none"] = np.zeros((0, 3))
        file.create_dataset("large", data=rng.normal(size=(700, 900)).astype("f4"), chunks=(64, 50), compression="gzip")
        file.create_dataset("unwritten", shape=(20, 20), dtype="f4", chunks=(5, 5), fillvalue=1.5)
        file.create_dataset("lzf", data=np.arange(100.0), chunks=(10,), compression="lzf")
        file["complex"] = np.zeros(3, "c16")
        file["text"] = "text"
        file.create_dataset("external", shape=(16,), dtype="u1", external=[("/etc/hostname", 0, 16)])
        file["link"] = h5py.ExternalLink("/etc/hostname", "/x")
    expected = {}
    with h5py.File(folder / "datasets.h5") as file:

        def visit(name, item):
            unreadable = name in ("lzf", "complex", "text", "external")
            if isinstance(item, h5py.Dataset) and not unreadable:
                array = np.asarray(item[()])
                plain = array.astype("f8") if array.dtype.kind == "f" else array
                found = [repr(v) for v in plain.reshape(-1)[:2000].tolist()]
                expected[name] = statistics_of(array) | {"sample": found}

        file.visititems(visit)
    (folder / "expected.json").write_text(json.dumps(expected))
    for name, options in {"plain": {}, "gzip": {"chunks": (8, 8), "compression": "gzip"}}.items():
        for version in ("earliest", "latest"):
            with h5py.File(folder / f"{name}-{version}.h5", "w", libver=version) as file:
                file.create_dataset("summary/weights", data=rng.normal(size=(40, 24)), **options)


main(Path(sys.argv[1]))
