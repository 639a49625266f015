"""Logs values, takes the run back to a step and logs others, forks it, and tells what was logged."""
import json
import sys

import numpy as np
import wandb

rng = np.random.default_rng(11)
first, second, third = (rng.normal(size=size) for size in (40, 25, 10))


def log(run, values):
    for value in values:
        run.log({"value": value})
    run.finish()


run = wandb.init(project="faults", id="back")
run.define_metric("value", summary="min,max,mean")
for value in first:
    run.log({"value": value, "only_first": 1})
run.log({"later": 1})
run.summary["written"] = "by the first"
print("line of the first")
run.finish()

run = wandb.init(project="faults", resume_from="back?_step=19")
print("line of the second")
log(run, second)

log(wandb.init(project="faults", id="fork", fork_from="back?_step=29"), third)

try:
    wandb.init(project="faults", resume_from="nobody?_step=3")
    missing = None
except Exception as error:  # noqa: BLE001
    missing = str(error)

as_list = lambda values: [float(value) for value in values]
told = {
    "back": as_list(np.concatenate([first[:20], second])),
    "fork": as_list(np.concatenate([first[:20], second[:10], third])),
    "missing": missing,
}
for name in ("back", "fork"):
    values = np.array(told[name])
    told[f"{name}_statistics"] = {
        "count": len(values), "min": values.min(), "max": values.max(), "mean": values.mean(),
        "variance": values.var(), "first": values[0], "last": values[-1],
    }
read = wandb.Api().run("admin/faults/back")
told["scanned"] = [row["value"] for row in read.scan_history(keys=["value"])]
told["summary"] = dict(read.summary._json_dict)
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
