"""describe_tensors.py <file.npy>...: prints what numpy says of each, as a JSON list."""

import json
import sys

import numpy as np
from statistics_of import statistics_of

print(json.dumps([statistics_of(np.load(path)) for path in sys.argv[1:]]))
