"""Logs until it is stopped, and tells how that came about."""
import json
import sys
import time

import wandb

told = "never stopped"
run = wandb.init(project="faults", id="stopped", settings=wandb.Settings(x_file_stream_transmit_interval=0.5))
try:
    for i in range(600):
        run.log({"value": i})
        time.sleep(0.1)
except KeyboardInterrupt:
    told = "stopped"
json.dump(told, open(sys.argv[1], "w"))
