"""read_arrow.py <file.arrows>: prints what pyarrow reads of a stream: types, number of batches, and the columns, as JSON."""

import json
import sys

import pyarrow as pa

with pa.ipc.open_stream(sys.argv[1]) as reader:
    batches = list(reader)
    table = pa.Table.from_batches(batches, reader.schema)
table.validate(full=True)
print(
    json.dumps(
        {
            "types": {field.name: f"{field.type}{'' if field.nullable else ' not null'}" for field in table.schema},
            "batches": len(batches),
            "columns": {name: table[name].to_pylist() for name in table.column_names},
        }
    )
)
