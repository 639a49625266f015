"""Raises alerts, ends runs in several ways, logs in with good and bad keys, and tells what came of it."""
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import wandb
from wandb import AlertLevel

settings = wandb.Settings(x_file_stream_transmit_interval=0.2)
told = {}

run = wandb.init(project="ends", id="third", settings=settings)
run.log({"value": 1})
for level in (AlertLevel.INFO, AlertLevel.WARN, AlertLevel.ERROR):
    run.alert(title=f"an alert of {level.value}", text="see there", level=level, wait_duration=0)
run.alert("a plain alert", "see there")
run.mark_preempting()
run.log({"value": 2})
run.finish(exit_code=3)

run = wandb.init(project="ends", id="stopped-by-api", settings=settings)
try:
    run.log({"value": 1})
    wandb.Api().run("admin/ends/stopped-by-api").stop()
    for _ in range(300):
        run.log({"value": 1})
        time.sleep(0.2)
    told["stop"] = "never"
except KeyboardInterrupt:
    told["stop"] = "stopped"
run.finish(exit_code=255)


def command(*arguments):
    home = Path.cwd() / "home"
    home.mkdir(exist_ok=True)
    environment = {**os.environ, "HOME": str(home), "NETRC": str(home / ".netrc")}
    environment.pop("WANDB_API_KEY")
    done = subprocess.run([sys.executable, "-m", "wandb", *arguments], env=environment, capture_output=True, text=True)
    return [done.returncode, done.stdout + done.stderr]


def login(key):
    try:
        return wandb.login(key=key, relogin=True, verify=True)
    except Exception as error:  # noqa: BLE001
        return str(error)


good, bad = os.environ["WANDB_API_KEY"], "nobody-0123456789012345678901234567890123456789"
told["login"] = command("login", "--relogin", "--verify", good)
told["bad_login"] = command("login", "--relogin", "--verify", bad)
told["python_login"] = login(good)
told["bad_python_login"] = login(bad)
told["short_key"] = login("tooshort")
json.dump(told, open(sys.argv[1], "w"))
