"""Logs some values into a run that may be there already, and tells them."""
import json
import sys

import numpy as np
import wandb

resume, seed, exit_code = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
values = np.random.default_rng(seed).normal(size=25)
run = wandb.init(project="faults", id="again", resume=resume)
run.define_metric("value", summary="min,max,mean,first,last")
for value in values:
    run.log({"value": value})
run.summary[f"process_{seed}"] = {"seed": seed}
run.finish(exit_code=exit_code)
json.dump([float(value) for value in values], open(sys.argv[1], "w"))
