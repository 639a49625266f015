"""Tracks rows of a run as a user of Aim does, in its process: repository, run, metrics, first step, steps. Prints the ms it took."""
import math
import sys
import time

from aim import Run

folder, name = sys.argv[1:3]
metrics, first, steps = map(int, sys.argv[3:6])
run = Run(repo=folder, experiment="peers", system_tracking_interval=None, log_system_params=False, capture_terminal_logs=False)
run.name = name
began = time.perf_counter()
for step in range(first, first + steps):
    for metric in range(metrics):
        run.track(math.sin(step / 1000 + metric) + (step % 7) / 100, name=f"m{metric}", step=step)
run.close()
print((time.perf_counter() - began) * 1000)
