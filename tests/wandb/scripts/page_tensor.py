"""Puts a tensor into the summary of a finished run with wandb.Api(), reads it back, and tells what numpy says of it."""
import json
import sys

import numpy as np
import wandb

made = wandb.init(project="page")
made.log({"loss": 0.5})
made.finish()

np.random.seed(1)
api = wandb.Api()
run = api.run(f"admin/page/{made.id}")
run.summary["tensor"] = np.random.random(1000)
run.summary.update()

np.random.seed(1)
expected = np.random.random(1000)
again = wandb.Api().run(f"admin/page/{made.id}").summary
told = {
    "id": made.id,
    "shown": dict(again._json_dict["tensor"]),
    "whole": bool(np.array_equal(np.asarray(again["tensor"]), expected)),
    "loss": again["loss"],
    "values": expected.tolist(),
    "numpy": {
        "size": expected.size,
        "min": expected.min(),
        "max": expected.max(),
        "mean": expected.mean(),
        "variance": expected.var(),
        "percentiles": {f"{p}%": np.percentile(expected, p) for p in (10, 25, 75, 90)},
    },
}
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
