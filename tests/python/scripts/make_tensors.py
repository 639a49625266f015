"""Writes random .npy files of all dtypes, byte orders, orders and header versions, and what numpy says of each.

make_tensors.py <folder> <count>: <folder>/<i>.npy and <folder>/expected.json
"""

import json
import sys
from pathlib import Path

import numpy as np
from statistics_of import statistics_of

DTYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]
SHAPES = [(), (1,), (0,), (2, 0, 3), (33,), (7, 5), (4, 3, 5), (100, 21), (3, 1, 2, 2, 5), (2048,), (2049,), (61, 67)]
LARGE = [(70_001,), (300, 301), (41, 43, 47)]


def random_values(rng, dtype, shape):
    size = int(np.prod(shape))
    if dtype == "?":
        return rng.random(size) < rng.random()
    if dtype[0] in "iu":
        limits = np.iinfo(dtype)
        kind = rng.integers(4)
        if kind == 0:
            return rng.integers(limits.min, limits.max, size, dtype=dtype, endpoint=True)
        if kind == 1:
            return rng.integers(limits.max - 5, limits.max, size, dtype=dtype, endpoint=True)
        if kind == 2:
            return np.full(size, rng.integers(limits.min, limits.max, dtype=dtype), dtype)
        return rng.integers(max(limits.min, -20), 20, size).astype(dtype)
    kind = rng.integers(5)
    with np.errstate(over="ignore", under="ignore"):
        if kind == 0:
            values = rng.normal(rng.normal(scale=10), 10 ** rng.uniform(-3, 3), size)
        elif kind == 1:
            values = rng.normal(1e3, 1e-2, size)
        elif kind == 2:
            values = np.exp(rng.normal(scale=200 if dtype == "f8" else 5, size=size)) * rng.choice([-1, 1], size)
        elif kind == 3:
            values = np.full(size, rng.normal())
        else:
            values = rng.integers(-3, 4, size) * 0.25
        values = values.astype(dtype)
    for odd, share in [(np.nan, rng.choice([0.02, 1], p=[0.95, 0.05])), (np.inf, 0.02), (-np.inf, 0.02)]:
        if rng.random() < 0.6:
            values[rng.random(size) < share] = odd
    return values


def main(folder, count):
    rng = np.random.default_rng(20_261_123)
    expected = []
    for i in range(count):
        dtype = DTYPES[i % len(DTYPES)]
        shapes = LARGE if i % 20 == 19 else SHAPES
        shape = shapes[rng.integers(len(shapes))]
        array = random_values(rng, dtype, shape).reshape(shape)
        array = array.astype(array.dtype.newbyteorder(rng.choice(["<", ">"])))
        array = np.asarray(array, order=rng.choice(["C", "F"]))
        version = tuple(map(int, rng.choice(["1", "2", "3"]))) + (0,)
        with open(folder / f"{i}.npy", "wb") as file:
            np.lib.format.write_array(file, array, version=version, allow_pickle=False)
        found = statistics_of(array)
        # In C order, as readers count values; a few of them are enough to see the order.
        sample = [float(v) if array.dtype.kind == "f" else int(v) for v in array.reshape(-1)[:50]]
        text = [repr(v) for v in sample]
        expected.append(found | {"version": version[0], "order": array.dtype.byteorder, "sample": text})
    (folder / "expected.json").write_text(json.dumps(expected))


main(Path(sys.argv[1]), int(sys.argv[2]))
