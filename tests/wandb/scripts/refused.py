"""Tells how `wandb.init` fails."""
import json
import sys

import wandb

try:
    wandb.init(project="faults", id="nobody", resume=sys.argv[2] if len(sys.argv) > 2 else None)
    told = "started"
except Exception as error:
    told = f"{type(error).__name__}: {error}"
json.dump(told, open(sys.argv[1], "w"))
