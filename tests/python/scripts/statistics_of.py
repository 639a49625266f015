"""What numpy says of the finite values of an array, computed in extended precision and as JSON can hold it."""

import numpy as np

PERCENTS = [0, 1, 5, 10, 25, 33.3, 50, 75, 90, 95, 99, 100]


def number(value):
    """A float as JSON lacks some of them."""
    value = float(value)
    if np.isnan(value):
        return "NaN"
    return value if np.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")


def statistics_of(array):
    """Counts, and over the finite values min, max, mean, variance, percentiles and a histogram of 64 bins."""
    kind = array.dtype.kind
    values = array.reshape(-1)
    is_float = kind == "f"
    finite = values[np.isfinite(values)] if is_float else values
    found = {
        "dtype": array.dtype.newbyteorder("=").name,
        "shape": list(array.shape),
        "size": array.size,
        "nan": int(np.isnan(values).sum()) if is_float else 0,
        "posInf": int(np.isposinf(values).sum()) if is_float else 0,
        "negInf": int(np.isneginf(values).sum()) if is_float else 0,
        "zeros": int((finite == 0).sum()),
        "finite": int(finite.size),
    }
    if finite.size == 0:
        return found
    # 64 bits of mantissa: every int64, uint64 and float64 is exact in it, but not the sum of large ones, so the smallest
    # is taken off first. Differences of whole numbers are exact modulo 2^64, which all of them are below.
    exact = finite.astype(np.longdouble)
    if is_float:
        rest = exact - exact[0]
        mean = exact.mean()
    else:
        low = finite.min()
        rest = (finite.astype(np.uint64) - low.astype(np.uint64)).astype(np.longdouble)
        mean = low.astype(np.longdouble) + rest.mean()
    text = (lambda v: repr(float(v))) if is_float else (lambda v: str(int(v)))
    found |= {"min": text(finite.min()), "max": text(finite.max())}
    found |= {"mean": number(mean), "variance": number(rest.var())}
    wide = exact if array.dtype.itemsize == 8 and not is_float else finite.astype(np.float64)
    found["percentiles"] = [number(v) for v in np.percentile(wide, PERCENTS)]
    if array.dtype.itemsize < 8 or (is_float and np.abs(finite).max() < 1e300):
        try:
            counts, edges = np.histogram(finite.astype(np.float64), bins=64)
        except ValueError:
            return found  # numpy makes no bins of values that are almost the same
        found |= {"counts": counts.tolist(), "edges": edges.tolist()}
    return found
