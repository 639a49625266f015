"""Deletes one key of a run's summary, and tells which of `ours` and `kept` the client sees before and after."""
import json
import sys

import wandb


def seen():
    return sorted(key for key in wandb.Api().run(sys.argv[2]).summary.keys() if key in ("ours", "kept"))


before = seen()
run = wandb.Api().run(sys.argv[2])
del run.summary[sys.argv[3]]
run.summary.update()
with open(sys.argv[1], "w") as file:
    json.dump([before, seen()], file)
