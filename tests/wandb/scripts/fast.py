"""Logs rows of numbers as fast as it can, and tells how long each part took."""
import json
import random
import sys
import time

import wandb

rows, values = int(sys.argv[2]), int(sys.argv[3])
numbers = random.Random(11)
made = [{f"train/metric_{m}": numbers.random() for m in range(values)} for _ in range(rows)]
begin = time.monotonic()
run = wandb.init(project="fast")
started = time.monotonic()
for row in made:
    run.log(row)
logged = time.monotonic()
run.finish()
finished = time.monotonic()
told = {
    "id": run.id,
    "initMs": 1000 * (started - begin),
    "loopMs": 1000 * (logged - started),
    "finishMs": 1000 * (finished - logged),
    "wallMs": 1000 * (finished - begin),
}
json.dump(told, open(sys.argv[1], "w"))
