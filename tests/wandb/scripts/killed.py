"""Logs ten rows, waits until the server has them, and kills itself and the process of the client."""
import os
import signal
import sys
import time

import wandb

settings = wandb.Settings(x_file_stream_transmit_interval=0.2)
run = wandb.init(project="ends", id="killed", resume=sys.argv[2], settings=settings)
for step in range(10):
    run.log({"value": step + 10 * (sys.argv[2] == "must")})
if sys.argv[2] == "must":
    run.finish()
    sys.exit(0)
api = wandb.Api()
while api.run("admin/ends/killed").lastHistoryStep < 9:
    time.sleep(0.2)
    api.flush()
    api._runs = {}
# The client's own process leads no group of its own where the session is this one's.
os.killpg(os.getpgid(0), signal.SIGKILL)
