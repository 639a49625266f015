"""Logs ten rows, waits until the server has them, and kills itself; with `must` logs ten more and ends."""
import os
import signal
import sys
import time

import wandb

resume = sys.argv[2]
settings = wandb.Settings(x_file_stream_transmit_interval=0.2)
run = wandb.init(project="ends", id="killed", resume=resume, settings=settings)
for step in range(10):
    run.log({"value": step + (10 if resume == "must" else 0)})
if resume == "must":
    run.finish()
    sys.exit(0)
while wandb.Api().run("admin/ends/killed").lastHistoryStep < 9:
    time.sleep(0.2)
os.kill(os.getpid(), signal.SIGKILL)
