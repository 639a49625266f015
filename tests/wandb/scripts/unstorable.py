"""Writes keys and depths that no row of Summa may have into rows, a summary and a config, and tells which keys come back."""
import json
import sys

import wandb


def nested(depth):
    value = 1
    for _ in range(depth):
        value = {"d": value}
    return value


CASES = {"": 1, "a\0b": 2, "k" * 600: 3, "deep": nested(40), "fine": 4}


told = {}
run = wandb.init(project="unstorable", id="row")
for key, value in CASES.items():
    run.log({key: value, "step": 1})
run.finish()
run = wandb.init(project="unstorable", id="summary")
for key, value in CASES.items():
    run.summary.update({key: value})
run.finish()
run = wandb.init(project="unstorable", id="config")
run.config.update(CASES)
run.finish()


def names(document):
    return sorted(key for key in document if not key.startswith("_"))


told["rows"] = [names(row) for row in wandb.Api().run("admin/unstorable/row").scan_history()]
told["summary"] = names(wandb.Api().run("admin/unstorable/summary").summary._json_dict)
told["config"] = names(wandb.Api().run("admin/unstorable/config").config)
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
