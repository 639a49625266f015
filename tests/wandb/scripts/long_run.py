"""Logs for some seconds while its server comes and goes, and tells numpy's statistics of all that it logged."""
import json
import sys
import time

import numpy as np
import wandb

rows, seconds = int(sys.argv[2]), float(sys.argv[3])
values = np.random.default_rng(11).normal(size=rows) * 1e3
settings = wandb.Settings(x_file_stream_transmit_interval=0.5)
run = wandb.init(project="faults", id="long", settings=settings)
for i, value in enumerate(values):
    run.log({"value": value, "index": i})
    if i % 10 == 0:
        print(f"line {i}")
        time.sleep(seconds * 10 / rows)
run.finish()
stats = {
    "count": rows,
    "min": values.min(),
    "max": values.max(),
    "mean": values.mean(),
    "variance": values.var(),
    "first": values[0],
    "last": values[-1],
    "minStep": int(values.argmin()),
    "maxStep": int(values.argmax()),
}
json.dump(stats, open(sys.argv[1], "w"))
