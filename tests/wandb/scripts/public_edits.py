"""Reads the history of a finished run, and changes its summary, config, files and the run itself with wandb.Api()."""
import json
import math
import sys
from pathlib import Path

import numpy as np
import wandb

run = wandb.init(project="edits", name="first", config={"lr": 0.1, "gone": 1})
for step in range(30):
    run.log({"loss": 1 / (step + 1), "n": {"p": step}, "a.b": step, "big": 2**60 + 1, "odd": math.nan if step % 2 else math.inf})
for line in range(12):
    print(f"line {line}")
run.summary["best_accuracy"] = 0.5
run.finish()
path = f"admin/edits/{run.id}"


def fresh():
    return wandb.Api().run(path)


found = fresh()
scanned = list(found.scan_history())
told = {
    "id": run.id,
    "last_step": found.lastHistoryStep,
    "history": len(found.history(samples=500)),
    "sampled": list(found.history(samples=4, pandas=False)[i]["_step"] for i in range(4)),
    "columns": found.history(keys=["loss", "n.p", "a.b"], samples=3).to_dict("records"),
    "histories": len(wandb.Api().runs("admin/edits").histories(samples=7)),
    "scanned": [row["_step"] for row in scanned],
    "row": {name: scanned[2][name] for name in ("loss", "n", "a.b", "_step")},
    "exact": scanned[2]["big"] == 2**60 + 1 and scanned[2]["odd"] == math.inf and math.isnan(scanned[3]["odd"]),
    "range": [row["_step"] for row in found.scan_history(page_size=3, min_step=5, max_step=13)],
    "keys": list(found.scan_history(keys=["n.p", "_step"], page_size=7)),
    "logs": [line.content for line in found.console_logs()],
    "tail": [line.content for line in found.console_logs(last=2)],
}

tensor = np.random.default_rng(3).random(1000)
found.summary["tensor"] = tensor
found.summary["nest"] = {"deep": np.arange(50.0)}
found.summary["nothing"] = None
found.summary["list"] = [1.5, math.nan, 2**60 + 1]
found.summary.update()
again = fresh()
told["tensor"] = bool(np.array_equal(np.asarray(again.summary["tensor"]), tensor))
told["deep"] = bool(np.array_equal(np.asarray(again.summary["nest"]["deep"]), np.arange(50.0)))
again_list = again.summary["list"]
told["list"] = again_list[0] == 1.5 and math.isnan(again_list[1]) and again_list[2] == 2**60 + 1
told["none"] = again.summary["nothing"] is None

del again.summary["best_accuracy"]
del again.summary["loss"]
again.summary["by_hand"] = "é\u0000\u2028"
again.summary.update()
told["summary"] = sorted(key for key in fresh().summary.keys() if not key.startswith("_"))
told["by_hand"] = fresh().summary["by_hand"]

again = fresh()
again.config["lr"] = 9
again.config["new"] = {"a": [1, 2]}
del again.config["gone"]
again.tags.append("late")
again.notes = "looked at"
again.name = "renamed"
again.update()
after = fresh()
told["updated"] = [after.config, after.tags, after.notes, after.name]

Path("up.txt").write_text("hi there")
found.upload_file("up.txt")
told["download"] = found.file("up.txt").download(root="down", replace=True).read()
told["json"] = [file.name for file in found.files(pattern="%.json")]
told["paged"] = len(list(found.files(per_page=2)))
found.file("up.txt").delete()
told["deleted"] = "up.txt" not in [file.name for file in found.files()]
found.wait_until_finished()

made = wandb.Api().create_run(run_id="made", project="edits")
other = wandb.Api().run("admin/edits/made")
states = [other.state]
other.update_state("failed")
states.append(wandb.Api().run("admin/edits/made").state)
other.delete()
other.delete()
told["states"] = states
try:
    wandb.Api().run("admin/edits/made").name
except Exception as error:  # noqa: BLE001
    told["gone"] = str(error)
wandb.Api().create_project("fresh", "admin")
told["projects"] = [project.name for project in wandb.Api().projects("admin")]

with open(sys.argv[1], "w") as file:
    json.dump(told, file)
