"""Uses what the door does not speak in the middle of a run, and tells what came of it."""
import json
import sys
from pathlib import Path

import wandb

Path("data.txt").write_text("some data")
told = {}


def attempt(name, work):
    try:
        work()
        told[name] = "went on"
    except Exception as error:  # noqa: BLE001
        told[name] = str(error)


def dataset(name):
    artifact = wandb.Artifact(name, type="dataset")
    artifact.add_file("data.txt")
    return artifact


run = wandb.init(project="beside", id="beside", save_code=True)
run.log({"value": 0})
attempt("log_artifact", lambda: run.log_artifact(dataset("ds")))
attempt("wait", lambda: run.log_artifact(dataset("waited")).wait(20))
attempt("upsert_artifact", lambda: run.upsert_artifact(dataset("shared"), distributed_id="a"))
attempt("use_artifact", lambda: run.use_artifact("ds:latest", type="dataset"))
attempt("log_code", lambda: run.log_code(str(Path(__file__).parent)))
attempt("log_model", lambda: run.log_model("data.txt", "model"))
attempt("use_model", lambda: run.use_model("model:latest"))
attempt("link_model", lambda: run.link_model("data.txt", "registered"))
for step in range(1, 4):
    table = wandb.Table(columns=["step", "name"], data=[[step, "a"], [step, "b"]])
    run.log({"value": step, "table": table})
run.log({"value": 4, "chart": wandb.plot.line(wandb.Table(data=[[0, 1], [1, 2]], columns=["x", "y"]), "x", "y")})

api = wandb.Api()
attempt("artifact", lambda: api.artifact("admin/beside/ds:latest"))
attempt("sweep", lambda: wandb.sweep({"method": "grid", "parameters": {"a": {"values": [1]}}}, project="beside"))
attempt("sweeps", lambda: list(api.project("beside", "admin").sweeps()))
attempt("reports", lambda: list(api.reports("admin/beside")))
attempt("registries", lambda: list(api.registries()))
attempt("automations", lambda: list(api.automations(entity="admin")))
attempt("logged_artifacts", lambda: list(api.run("admin/beside/beside").logged_artifacts()))
run.log({"value": 5})
run.finish()
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
