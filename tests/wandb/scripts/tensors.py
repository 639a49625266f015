"""Puts tensors of numpy, PyTorch and TensorFlow into the summary of a run, live and when it is finished, and tells what is read back."""
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
import torch
import wandb

rng = np.random.default_rng(5)
big = np.array([2**60 + i for i in range(40)])
odd = rng.random(64)
odd[[3, 9, 27]] = [np.nan, np.inf, -np.inf]
tensors = {
    "numpy": rng.random(1000),
    "float32": rng.normal(size=(20, 5, 4)).astype(np.float32),
    "float16": rng.normal(size=100).astype(np.float16),
    "int64": big,
    "uint8": rng.integers(0, 256, (8, 8), dtype=np.uint8),
    "fortran": np.asfortranarray(rng.random((9, 7))),
    "strided": rng.random((40, 6))[::2, ::3],
    "slash/key": rng.random(33),
    "dot.key": rng.random(34),
    "torch": torch.tensor(rng.normal(size=(6, 10)), dtype=torch.float32),
    "torch_grad": torch.tensor(rng.normal(size=50), requires_grad=True),
    "torch_half": torch.tensor(rng.normal(size=48)).half(),
    "torch_int": torch.arange(99).reshape(3, 33),
    "tensorflow": tf.constant(rng.normal(size=(4, 25)), dtype=tf.float32),
    "tensorflow_variable": tf.Variable(rng.normal(size=60)),
}
small = {
    "list": np.arange(6.0).reshape(2, 3),
    "one": torch.tensor([2.5]),
    "scalar": torch.tensor(7),
    "tf_scalar": tf.constant(1.5),
    "np_scalar": np.float32(0.5),
    "np_int": np.int64(2**60 + 1),
    "np_bool": np.bool_(True),
}


def whole(tensor):
    """A tensor as numpy sees it, bit for bit."""
    if isinstance(tensor, torch.Tensor):
        tensor = tensor.detach().cpu()
    return np.asarray(tensor)


def described(array):
    """What the client writes of an array: numpy's statistics, reckoned in the array's own type."""
    return {
        "size": array.size,
        "min": array.min().item(),
        "max": array.max().item(),
        "mean": array.mean().item(),
        "variance": array.var().item(),
        "percentiles": [np.percentile(array, percent).item() for percent in (10, 25, 75, 90)],
    }


def statistics(array):
    """Numpy's statistics of the finite values as float64; the variance of whole numbers around the first one, where no digit is lost."""
    flat = np.asarray(array, dtype=np.float64).ravel()
    finite = flat[np.isfinite(flat)]
    exact = np.asarray(array).ravel()[np.isfinite(flat)]
    return {
        "dtype": str(array.dtype),
        "shape": array.shape,
        "size": flat.size,
        "min": exact.min().item(),
        "max": exact.max().item(),
        "mean": finite.mean(),
        "variance": (exact - exact[0] if array.dtype.kind == "i" else finite).var(),
        "percentiles": np.percentile(finite, [1, 10, 50, 99]).tolist(),
        "nanCount": int(np.isnan(flat).sum()),
        "posInfCount": int(np.isposinf(flat).sum()),
        "negInfCount": int(np.isneginf(flat).sum()),
    }


def is_equal(read, tensor):
    """Whether what the client reads is the whole tensor: its type, its shape and every bit."""
    array = whole(tensor)
    read = np.asarray(read)
    return bool(read.dtype == array.dtype and read.shape == array.shape and read.tobytes() == array.tobytes())


told = {"refused": [], "expected": {}}
run = wandb.init(project="tensors", id="live")
# numpy cannot cut whole numbers that lie so close, and so far from 0, into bins.
run.log({f"logged/{key}": tensor for key, tensor in tensors.items() if key != "int64"})
run.log({f"small/{key}": tensor for key, tensor in small.items()})
for key, tensor in {**tensors, **small}.items():
    run.summary[key] = tensor
# What the client itself cannot take.
for key, tensor in {
    "bfloat16": torch.zeros(64, dtype=torch.bfloat16),
    "parameter": torch.nn.Parameter(torch.zeros(64)),
    "boolean": np.zeros(64, dtype=bool),
    "complex": np.zeros(64, dtype=complex),
}.items():
    try:
        run.summary[key] = tensor
    except TypeError:
        told["refused"].append(key)
run.finish()

run = wandb.init(project="tensors", id="stored")
run.log({"loss": 1.0})
run.finish()
found = wandb.Api().run("admin/tensors/stored")
tensors["odd"] = odd
for key, tensor in {**tensors, **small, "replaced": np.zeros(50), "deleted": np.ones(50)}.items():
    found.summary[key] = tensor
found.summary["nest"] = {"deep": {"er": np.arange(40.0)}}
found.summary.update()

second = wandb.Api().run("admin/tensors/stored")
second.summary["replaced"] = np.arange(70.0).reshape(7, 10)
del second.summary["deleted"]
second.summary.update()

read = wandb.Api().run("admin/tensors/stored").summary
tensors["replaced"] = np.arange(70.0).reshape(7, 10)
told["unequal"] = [key for key, tensor in tensors.items() if not is_equal(read[key], tensor)]
told["nested"] = is_equal(read["nest"]["deep"]["er"], np.arange(40.0))
told["has_deleted"] = "deleted" in read.keys()
told["small"] = {key: read[key] for key in small}
for key, tensor in tensors.items():
    array = whole(tensor)
    told["expected"][key] = {
        "described": described(array),
        "statistics": statistics(array),
        "values": array.ravel()[5:45].tolist(),
    }
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
