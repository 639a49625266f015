"""Lists all runs of a project with wandb.Api(), in one of some ways, and tells what it found and how long it took."""
import json
import sys
import time

import wandb


def timed(work):
    begin = time.monotonic()
    count, total = work()
    return {"wallMs": 1000 * (time.monotonic() - begin), "count": count, "total": total}


def lazy():
    runs = wandb.Api(timeout=60).runs(sys.argv[2], per_page=200)
    names = {(run.name, run.state, tuple(run.tags), run.user.username) for run in runs}
    return len(names), len(runs)


def full(per_page):
    runs = wandb.Api(timeout=60).runs(sys.argv[2], per_page=per_page, lazy=False)
    return len(runs), sum(run.summary["m0"] + run.config["index"] for run in runs)


def upgraded():
    runs = wandb.Api(timeout=60).runs(sys.argv[2], per_page=1000)
    runs.upgrade_to_full()
    return len(runs), sum(run.summary["m0"] + run.config["index"] for run in runs)


ways = {
    "lazy": lazy,
    "full, 50 a page": lambda: full(50),
    "full, 1,000 a page": lambda: full(1000),
    "lazy, then upgraded": upgraded,
}
json.dump(timed(ways[sys.argv[3]]), open(sys.argv[1], "w"))
