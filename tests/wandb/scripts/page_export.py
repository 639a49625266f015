"""Makes runs, two of them of one name, exports all with wandb.Api() into a DataFrame, and picks rows by their name."""
import json
import sys

import pandas as pd
import wandb

entity = "admin"
project_name = "page-export"
run_name = "twice"

for index, name in enumerate(["twice", "once", "twice"]):
    run = wandb.init(project=project_name, name=name, config={"index": index}, tags=[name], notes=f"note {index}")
    run.define_metric("loss", summary="min")
    for step in range(5):
        run.log({"loss": index + (step - 3) ** 2, "nested": {"step": step}})
    run.summary["best"] = {"index": index}
    run.finish()

api = wandb.Api()
all_runs = []
for run in api.runs(f"{entity}/{project_name}"):
    print("Fetching details for run: ", run.id, run.name)
    run_data = {
        "id": run.id,
        "name": run.name,
        "url": run.url,
        "state": run.state,
        "tags": run.tags,
        "config": run.config,
        "created_at": run.created_at,
        "system_metrics": run.system_metrics,
        "summary": run.summary,
        "project": run.project,
        "entity": run.entity,
        "user": run.user,
        "path": run.path,
        "notes": run.notes,
        "read_only": run.read_only,
        "history_keys": run.history_keys,
        "metadata": run.metadata,
    }
    all_runs.append(run_data)

df = pd.DataFrame(all_runs)
picked = df[df["name"] == run_name].summary.reset_index(drop=True).to_dict()

told = {
    "shape": list(df.shape),
    "columns": list(df.columns),
    "missing": int(df.isna().sum().sum()),
    "names": sorted(df["name"]),
    "configs": sorted(config["index"] for config in df["config"]),
    "users": [user.username for user in df["user"]],
    "picked": {
        index: {"loss": summary["loss"], "nested": summary["nested"], "best": summary["best"]}
        for index, summary in picked.items()
    },
}


def plain(value):
    return {key: plain(inner) for key, inner in value.items()} if hasattr(value, "items") else value


with open(sys.argv[1], "w") as file:
    json.dump(plain(told), file)
