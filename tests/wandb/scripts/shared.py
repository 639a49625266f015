"""One of two processes that log into one run; tells what it logged."""
import json
import sys
import time

import numpy as np
import wandb

rank = int(sys.argv[2])
values = np.random.default_rng(rank).normal(size=40)
settings = wandb.Settings(mode="shared", x_primary=rank == 0, x_label=f"rank_{rank}", x_update_finish_state=rank == 0)
run = wandb.init(project="faults", id="shared", settings=settings)
for value in values:
    run.log({"value": value, f"of_{rank}": value})
if rank == 0:
    time.sleep(6)
run.finish()
json.dump([float(value) for value in values], open(sys.argv[1], "w"))
