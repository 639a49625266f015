"""Logs media of every kind that needs no heavy package, and tells which files the client has written and what the public API gives back."""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import wandb
from PIL import Image

rng = np.random.default_rng(2)
pixels = rng.integers(0, 256, (6, 9, 3), dtype=np.uint8)
frame = pd.DataFrame({"name": ["a", "b"], "value": [0.5, 2]})

run = wandb.init(project="media", id="media")
run.log(
    {
        "image": wandb.Image(pixels, caption="from numpy"),
        "drawn": wandb.Image(Image.fromarray(pixels).convert("L"), mode="L"),
        "boxes": wandb.Image(
            pixels,
            boxes={
                "predictions": {
                    "box_data": [
                        {"position": {"minX": 0.1, "maxX": 0.5, "minY": 0.2, "maxY": 0.6}, "class_id": 0, "scores": {"acc": 0.5}}
                    ],
                    "class_labels": {0: "cat"},
                }
            },
        ),
        "masks": wandb.Image(pixels, masks={"truth": {"mask_data": np.zeros((6, 9), dtype=np.uint8), "class_labels": {0: "sky"}}}),
        "several": [wandb.Image(np.roll(pixels, i), caption=f"part {i}") for i in range(3)],
        "table": wandb.Table(dataframe=frame),
        "html": wandb.Html("<b>bold</b>", inject=False),
        "audio": wandb.Audio(np.sin(np.arange(800) / 8), sample_rate=8000, caption="a tone"),
        "points": wandb.Object3D(rng.random((20, 3))),
        "histogram": wandb.Histogram(np_histogram=np.histogram(pixels, bins=8)),
        "nested": {"image": wandb.Image(pixels[:2])},
    }
)
run.finish()
written = {
    str(path.relative_to(Path(run.dir, "media"))): hashlib.sha256(path.read_bytes()).hexdigest()
    for path in Path(run.dir, "media").rglob("*")
    if path.is_file()
}
found = wandb.Api().run("admin/media/media")
unequal = [
    name for name in written if Path(found.file(f"media/{name}").download(root="down").name).read_bytes() != Path(run.dir, "media", name).read_bytes()
]
with open(sys.argv[1], "w") as file:
    json.dump({"written": written, "unequal": unequal}, file)
