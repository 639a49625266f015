"""Asks for the extremes of two metrics, one after the other, logs both, and tells what Python says of the logged values."""
import json
import random
import sys

import wandb

random.seed(1)
run = wandb.init()
run.summary["best_accuracy"] = 0.25

wandb.define_metric("loss", summary="min")
wandb.define_metric("loss", summary="max")

wandb.define_metric("acc", summary="min")
wandb.define_metric("acc", summary="max")


def refused(**arguments):
    """What the client says of words that later versions no longer know; None when it takes them."""
    try:
        wandb.define_metric("val_acc", **arguments)
    except (wandb.Error, TypeError) as error:
        return str(error)
    return None


told = {
    "best": refused(summary="best", goal="maximize"),
    "objective": refused(summary="best", objective="maximize"),
    "best alone": refused(summary="best"),
}

logged = []
for i in range(10):
    log_dict = {
        "loss": random.uniform(0, 1 / (i + 1)),
        "acc": random.uniform(1 / (i + 1), 1),
    }
    wandb.log(log_dict)
    logged.append(log_dict)
wandb.log({"val_acc": 0.5})
wandb.finish()

seen = wandb.Api().run(f"admin/uncategorized/{run.id}").summary
told["id"] = run.id
told["seen"] = {"loss": dict(seen["loss"]), "acc": dict(seen["acc"]), "best_accuracy": seen["best_accuracy"]}
told["expected"] = {
    name: {"min": min(row[name] for row in logged), "max": max(row[name] for row in logged)} for name in ("loss", "acc")
}
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
