"""Logs without a server, then sends what was logged twice."""
import json
import subprocess
import sys
from pathlib import Path

import wandb

run = wandb.init(project="faults", id="offline", mode="offline")
folder = Path(run.dir).parent
for i in range(30):
    run.log({"value": float(i)})
run.summary["note"] = "from afar"
run.finish()
wandb_command = Path(sys.executable).parent / "wandb"
for _ in range(2):
    subprocess.run([wandb_command, "sync", "--include-synced", folder], check=True)
json.dump("sent", open(sys.argv[1], "w"))
