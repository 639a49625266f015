"""Makes three finished runs, exports them with wandb.Api() into a DataFrame, and tells what every filter and order gives."""
import json
import sys
import time

import pandas as pd
import wandb

# A run that is over at once has no system metrics: the client takes the first after an interval.
often = wandb.Settings(x_stats_sampling_interval=0.1)
for i in range(3):
    run = wandb.init(
        project="export",
        name=f"run-{i}",
        config={"lr": 0.1 * (i + 1), "opt": {"name": "adam"}, "big": 2**60 + 1},
        tags=["all", f"t{i}"],
        notes=f"note {i}",
        group="g",
        job_type="train",
        settings=often,
    )
    run.define_metric("acc", summary="max")
    for step in range(20):
        run.log({"loss": 1 / (step + 1 + i), "acc": (step + 1) * (i + 1), "n": {"p": step}, "a.b": i})
    run.summary["best_accuracy"] = 0.5 + i
    print(f"line of {i}")
    time.sleep(1)
    run.finish()

api = wandb.Api()
runs = api.runs("admin/export")
columns = {}
for run in runs:
    row = {
        "summary": {k: v for k, v in run.summary._json_dict.items() if not k.startswith("_")},
        "config": {k: v for k, v in run.config.items() if not k.startswith("_")},
        "name": run.name,
        "id": run.id,
        "url": run.url,
        "state": run.state,
        "tags": run.tags,
        "created_at": run.created_at,
        "system_metrics": run.system_metrics,
        "project": run.project,
        "entity": run.entity,
        "user": run.user.username,
        "path": run.path,
        "notes": run.notes,
        "read_only": run.read_only,
        "history_keys": run.history_keys,
        "metadata": run.metadata,
        "group": run.group,
        "job_type": run.job_type,
    }
    for name, value in row.items():
        columns.setdefault(name, []).append(value)
frame = pd.DataFrame(columns)
picked = frame[frame["name"] == "run-1"].iloc[0].to_dict()


def names(filters=None, order="+created_at", per_page=50):
    found = api.runs("admin/export", filters=filters, order=order, per_page=per_page)
    return [run.name[-1] for run in found]


def refused(filters):
    try:
        return names(filters)
    except Exception as error:  # noqa: BLE001
        return str(error)


ordered = api.runs("admin/export", order="+created_at", per_page=1)
told = {
    "picked": picked,
    "rows": len(frame),
    "length": len(runs),
    "paged": names(per_page=1),
    "indexed": [ordered[0].name, ordered[2].name, [run.name for run in ordered[1:3]]],
    "filtered_length": len(api.runs("admin/export", filters={"tags": "t1"})),
    "filters": [["".join(names(f)), f] for f in json.loads(sys.argv[2])],
    "orders": [["".join(names(order=o)), o] for o in json.loads(sys.argv[3])],
    "refused": [refused({"colour": 1}), refused({"name": {"$regex": "a("}}), refused({"$where": 1})],
    "projects": [project.name for project in api.projects()],
    "viewer": [api.viewer.username, api.viewer.teams, api.viewer.api_keys, api.default_entity],
}
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
