"""What every version of the client can do: logs into a run, resumes it, then reads and edits it with wandb.Api()."""
import json
import math
import sys
from pathlib import Path

import numpy as np
import wandb

version = wandb.__version__
path = f"admin/versions/v{version.replace('.', '-')}"
name = path.split("/")[-1]
SHOWN = ("best", "deep", "epoch", "text", "big", "nested", "value")
values = np.random.default_rng(17).normal(size=100)

run = wandb.init(
    project="versions",
    id=name,
    name=f"version {version}",
    config={"lr": 0.1, "nested": {"list": [1, 2.5, None], "text": "é𝄞"}, "big": 2**53 + 1},
    tags=["old", "new"],
    notes="some notes",
    group="versions",
    job_type="train",
)
run.define_metric("value", summary="min,max,mean,last")
run.define_metric("val/*", step_metric="epoch")
for i, value in enumerate(values):
    row = {
        "value": value,
        "val/loss": i / 4,
        "epoch": i // 10,
        "nested": {"a": i, "b.c": -i},
        "odd": math.nan if i % 3 == 0 else 1.5,
        "text": f"t{i}",
        "big": 2**60 + i,
    }
    if i % 10 == 0:
        row["histogram"] = wandb.Histogram(values, num_bins=4)
    run.log(row)
run.log({"image": wandb.Image(np.arange(48, dtype=np.uint8).reshape(4, 4, 3), caption="squares")})
Path(run.dir, "kept.txt").write_text("kept\n")
run.save(str(Path(run.dir, "kept.txt")), base_path=run.dir)
run.summary["best"] = 0.9
run.summary["deep"] = {"er": {"est": 3}}
print("a line of the console")
run.finish()

run = wandb.init(project="versions", id=name, resume="must")
resumed_at = getattr(run, "starting_step", run.step)
run.log({"value": 100.0})
run.finish()

api = wandb.Api()
found = api.run(path)
scanned = list(found.scan_history(page_size=40))
told = {
    "statistics": {
        "count": 101,
        "min": values.min(),
        "max": 100.0,
        "mean": np.append(values, 100).mean(),
        "variance": np.append(values, 100).var(),
        "first": values[0],
        "last": 100.0,
    },
    "counts": np.histogram(values, bins=4)[0].tolist(),
    "resumed_at": resumed_at,
    "config": found.config,
    "summary": {key: value for key, value in found.summary._json_dict.items() if key in SHOWN},
    "histogram": found.summary["histogram"]["_type"],
    "image": found.summary["image"]["_type"],
    "sampled": len(found.history(samples=20, pandas=False)),
    "steps": [row["_step"] for row in scanned],
    "exact": [row["value"] for row in scanned if row.get("value") is not None] == [*values, 100.0],
    "big": scanned[1]["big"] == 2**60 + 1,
    "nan": math.isnan(scanned[0]["odd"]),
    "epochs": [row["epoch"] for row in found.scan_history(keys=["epoch", "_step"])],
    "files": sorted(file.name for file in found.files() if not file.name.startswith("media/")),
    "kept": found.file("kept.txt").download(root="down").read(),
    "state": found.state,
    "tags": found.tags,
    "found": [other.id for other in api.runs("admin/versions", {"displayName": f"version {version}"})],
}
found.summary["by_hand"] = {"a": [1, 2.5]}
found.summary["best"] = found.summary["best"] + 0.05
if found.summary["text"]:  # version 0.16 deletes only what it has read
    del found.summary["text"]
found.summary.update()
again = wandb.Api().run(path).summary
told["edited"] = [again["by_hand"]["a"], round(again["best"], 9), "text" in again.keys()]
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
