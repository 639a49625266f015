"""Writes rows of a run as a user of TensorBoard does: folder, run, metrics, first step, steps. Prints how long that took, in ms."""
import math
import sys
import time

from tensorboardX import SummaryWriter

folder, run = sys.argv[1:3]
metrics, first, steps = map(int, sys.argv[3:6])
began = time.perf_counter()
with SummaryWriter(f"{folder}/{run}") as writer:
    for step in range(first, first + steps):
        for metric in range(metrics):
            writer.add_scalar(f"m{metric}", math.sin(step / 1000 + metric) + (step % 7) / 100, step)
print((time.perf_counter() - began) * 1000)
