"""A training loop that keeps its best accuracy in the summary, beside values that are logged; tells what it measured."""
import argparse
import json
import sys

import numpy as np
import wandb

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=12)
parser.add_argument("--lr", type=float, default=0.003)
args = parser.parse_args([])

random = np.random.default_rng(11)
measured = []


def test():
    loss, accuracy = float(random.exponential()), float(random.random())
    measured.append({"loss": loss, "accuracy": accuracy})
    return loss, accuracy


run = wandb.init(config=args)
best_accuracy = 0
for epoch in range(1, args.epochs + 1):
    test_loss, test_accuracy = test()
    wandb.log({"epoch": epoch, "test_loss": test_loss})
    if test_accuracy > best_accuracy:
        wandb.summary["best_accuracy"] = test_accuracy
        best_accuracy = test_accuracy
wandb.log({"epoch": args.epochs + 1})
wandb.finish()

told = {
    "id": run.id,
    "config": vars(args),
    "best": max(one["accuracy"] for one in measured),
    "last_loss": measured[-1]["loss"],
    "losses": [one["loss"] for one in measured],
}
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
