"""Logs one value of every kind, and tells what it logged."""
import json
import sys

import numpy as np
import wandb

values = np.random.default_rng(7).normal(size=200)
run = wandb.init(
    project="vision",
    name="first light",
    config={"lr": 0.1, "inf": float("inf"), "nested": {"big": 2**60 + 1}},
    tags=["a", "b"],
    notes="some notes",
    group="ablation",
    job_type="train",
)
run.define_metric("value", summary="min,max,mean,first,last")
run.define_metric("val/*", summary="min", step_metric="epoch")
for i, value in enumerate(values):
    run.log(
        {
            "value": value,
            "val/loss": value * 2,
            "epoch": i // 10,
            "nested": {"a": i, "b.c": i},
            "text": f"t{i}",
            "flag": i % 2 == 0,
            "nothing": None,
            "maybe": float("nan") if i % 3 == 0 else 1.5,
            "big": 2**60 + i,
            "list": [1, i],
            "histogram": wandb.Histogram(values[:50], num_bins=4),
        }
    )
run.log({"page": wandb.Html("<b>x</b>")})
run.log({"table": wandb.Table(columns=["a"], data=[[1], [2]])})
run.summary["best_accuracy"] = 0.9
run.summary["tensor"] = np.arange(40.0)
print("a line of the console")
run.alert("title", "text")
run.finish()
json.dump({"name": run.id, "values": list(values)}, open(sys.argv[1], "w"))
