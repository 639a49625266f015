"""Changes a run through Summa's own API while it is logged and when it is finished, and tells both summaries after each change."""
import json
import os
import sys
import time
import urllib.request

import numpy as np
import wandb

PATH = "admin/two/run"
RUN = 'run(entity: "admin", project: "two", name: "run")'


def ask(query, **variables):
    request = urllib.request.Request(
        os.environ["WANDB_BASE_URL"].removesuffix("/wandb") + "/graphql",
        data=json.dumps({"query": query, "variables": variables}).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {os.environ['WANDB_API_KEY']}"},
    )
    answer = json.load(urllib.request.urlopen(request))
    if "errors" in answer:
        raise RuntimeError(answer["errors"])
    return answer["data"]


def define(name, **definition):
    run_id = ask(f"{{ {RUN} {{ id }} }}")["run"]["id"]
    query = "mutation ($input: DefineMetricInput!) { defineMetric(input: $input) { __typename } }"
    ask(query, input={"runId": run_id, "name": name, **definition})


def update(**change):
    run_id = ask(f"{{ {RUN} {{ id }} }}")["run"]["id"]
    query = "mutation ($input: UpdateSummaryInput!) { updateSummary(input: $input) { __typename } }"
    ask(query, input={"runId": run_id, **change})


def both():
    """The summary that the client reads, and ours."""
    document = ask(f"{{ {RUN} {{ summary {{ document }} }} }}")["run"]["summary"]["document"]
    read = wandb.Api().run(PATH).summary._json_dict
    return [{key: value for key, value in summary.items() if not key.startswith("_")} for summary in (read, document)]


def wait_until(is_there):
    for _ in range(300):
        run = ask(f"{{ {RUN} {{ lastStep summary {{ document }} }} }}")["run"]
        if run and is_there(run):
            return
        time.sleep(0.1)
    raise TimeoutError


values = np.random.default_rng(23).normal(size=40)
told = {"values": list(values)}
run = wandb.init(project="two", id="run", settings=wandb.Settings(x_file_stream_transmit_interval=0.5))
run.summary["best"] = 0.9
run.summary["dropped"] = "by the client"
run.summary["deep"] = {"one": 1, "two": 2}
for value in values[:20]:
    run.log({"loss": value, "acc": -value})
wait_until(lambda found: found["lastStep"] == 19 and "deep" in found["summary"]["document"])
told["before"] = both()

define("loss", summary=["min", "max", "mean"])
update(set={"ours": {"a.b": [1, 2]}, "best": 0.95, "acc": 7}, delete=["dropped", "deep.two"])
told["live"] = both()

for value in values[20:]:
    run.log({"loss": value, "acc": -value})
run.summary["best"] = 0.97
wait_until(lambda found: found["lastStep"] == 39 and found["summary"]["document"].get("best") == 0.97)
told["logged on"] = both()
run.finish()
told["finished"] = both()

define("acc", summary=["first", "last"])
update(set={"late": 2**53 - 1, "best": "set late", "loss": 0}, delete=["ours"])
told["late"] = both()
update(clear=["loss"])
told["cleared"] = both()
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
