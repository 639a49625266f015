"""Plays scripts, each a list of operations, as runs of their own; tells the summary file that the client left of each."""
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import wandb

AT_ONCE = 6
SETTINGS = {"console": "off", "x_disable_stats": True, "x_disable_machine_info": True, "disable_git": True, "silent": True}


def write(summary, path, value):
    for name in path[:-1]:
        summary = summary[name]
    summary[path[-1]] = value


def delete(summary, path):
    for name in path[:-1]:
        summary = summary[name]
    del summary[path[-1]]


def play(run, operation):
    match operation["do"]:
        case "log":
            run.log(operation["values"], **operation["how"])
        case "define":
            run.define_metric(operation["name"], **operation["how"])
        case "write":
            write(run.summary, operation["path"], operation["value"])
        case "update":
            run.summary.update(operation["values"])
        case "delete":
            delete(run.summary, operation["path"])


def play_all(script):
    name, operations = script
    run = wandb.init(project="scripts", id=name, reinit="create_new", settings=wandb.Settings(**SETTINGS))
    for operation in operations:
        play(run, operation)
    folder = Path(run.dir)
    run.finish()
    return name, (folder / "wandb-summary.json").read_text()


with open(sys.argv[2]) as file:
    scripts = json.load(file)
with ThreadPoolExecutor(AT_ONCE) as pool:
    told = dict(pool.map(play_all, scripts.items()))
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
