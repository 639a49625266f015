"""Asks wandb.Api() for what the other scripts do not, of two runs that it makes, and tells the answers."""
import json
import sys
import time

import wandb

# A run that is over at once has no system metrics: the client takes the first after an interval.
often = wandb.Settings(x_stats_sampling_interval=0.1)

for name in ("one", "two"):
    run = wandb.init(project="rest", id=name, name=name, config={"lr": 0.1}, settings=often)
    for step in range(10):
        run.log({"loss": 1 / (step + 1), "other": step} if step % 2 else {"loss": 1 / (step + 1)})
    print("a line")
    time.sleep(2)
    run.finish()


def refused(work):
    try:
        return work()
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"


api = wandb.Api()
run = api.run("admin/rest/one")
runs = api.runs("admin/rest", order="+created_at")
lazy = api.runs("admin/rest", order="-created_at", per_page=1)[0]
told = {
    "identity": [run.id, run.name, run.display_name, run.entity, run.project, run.path, run.user.username, run.state],
    "empty": [run.group, run.job_type, run.commit, run.description, run.notes, run.tags, run.sweep_name],
    "counts": [run.history_line_count, run.lastHistoryStep, run.read_only],
    "lazy": [lazy.name, lazy.config, lazy.summary["loss"], lazy.history_keys["lastStep"]],
    "eager": [found.summary["loss"] for found in api.runs("admin/rest", lazy=False, include_sweeps=False)],
    "full": sorted({"config", "summaryMetrics", "systemMetrics", "historyKeys"} & set(lazy.load_full_data())),
    "short_path": api.run("rest/two").name,
    "from_path": api.from_path("admin/rest/two").name,
    "by_time": [sorted(row) for row in run.history(keys=["other"], x_axis="_timestamp", pandas=False)][:1],
    "by_runtime": len(run.history(keys=["other"], x_axis="_runtime", pandas=False)),
    "frame": [sorted(run.history().columns), list(run.history().index[:2])],
    "few": [row["_step"] for row in run.history(samples=2, pandas=False)],
    "system": ["system.memory_percent" in row for row in run.history(stream="system", pandas=False)][:1],
    "system_frame": "system.memory_percent" in run.history(stream="system").columns,
    "histories": sorted({(row["run_id"], row["other"]) for row in runs.histories(keys=["other"], format="default")}),
    "histories_frame": sorted(runs.histories(samples=10, format="pandas")["run_id"].unique()),
    "histories_system": len(runs.histories(stream="system", format="default")) >= 2,
    "beta": len(list(run.beta_scan_history())),
    "files": [len(run.files()), [file.name for file in run.files(names=["config.yaml"])]],
    "file": [run.file("config.yaml").mimetype, run.file("config.yaml").size > 0, run.file("none.txt").size],
    "projects_of_nobody": list(api.projects("nobody")),
    "project": [api.project("rest", "admin").name, api.project("rest", "admin").entity],
    "refused": [refused(work) for work in (
        lambda: api.run("admin/rest/none").name,
        lambda: list(api.runs("admin/none")),
        lambda: api.project("none", "admin").id,
    )],
}
run.group, run.job_type, run.description = "g", "train", "described"
run.update()
api.create_project("rest", "admin")
after = wandb.Api().run("admin/rest/one")
told["updated"] = [after.group, after.job_type, after.description, after.config]
run.wait_until_finished()
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
