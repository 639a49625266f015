"""Puts values and keys that are easily spoilt into config, rows and summary, and tells what comes out through wandb.Api()."""
import json
import math
import sys

import wandb

NAN, INF = math.nan, math.inf
VALUES = {
    "int53": 2**53 + 1,
    "int60": 2**60 + 1,
    "largest": 2**63 - 1,
    "smallest": -(2**63),
    "tiny": 5e-324,
    "huge": 1.7976931348623157e308,
    "third": 1 / 3,
    "exact float": 0.1 + 0.2,
    "whole float": 3.0,
    "large float": 1e22,
    "minus": -2.5e-7,
    "inf": INF,
    "minus inf": -INF,
    "true": True,
    "false": False,
    "zero": 0,
    "empty text": "",
    "space": " a  b\t\n",
    "quotes": "\"quoted\" 'and' \\back\\slash/",
    "looks like a number": "1e5",
    "looks like NaN": "NaN",
    "looks like Infinity": "-Infinity",
    "looks like null": "null",
    "nul": "a\0b",
    "controls": "".join(map(chr, range(1, 32))) + "\x7f\x85\u2028\u2029\ufeff",
    "accents": "é vs e\u0301",
    "astral": "𝄞 😀👩‍👩‍👧‍👦",
    "right to left": "שלום \u202eabc\u202c مرحبا",
    "html": "</script><b>&amp;</b>",
    "empty list": [],
    "list": [1, 2.5, "x", None, True, [], {}],
    "numbers in a list": [NAN, INF, -INF, 2**60 + 1, -(2**60) - 1, 0.1],
    "dicts in a list": [{"a": {"b": [1, {"c.d": NAN}]}}, {}],
    "deep list": [[[[[[[[1]]]]]]]],
    "dict": {"a": 1, "b": {"c": "x", "d": [1]}},
    "dict of numbers": {"nan": NAN, "inf": -INF, "big": 2**60 + 1},
    "deep": {"l1": {"l2": {"l3": {"l4": {"l5": {"l6": {"l7": {"l8": {"l9": 2**60 + 1}}}}}}}}},
    "value": {"value": {"value": 1, "desc": "d"}},
}
KEYS = [
    "a.b",
    "a.b.c",
    "val/loss",
    "/leading/and/trailing/",
    "with space",
    " around ",
    "a\\b",
    "a\\.b",
    "end\\",
    "quote\"'",
    "percent % %s",
    "tab\there",
    "line\nbreak",
    "é",
    "e\u0301",
    "𝄞😀",
    "שלום",
    "日本語/損失",
    "10",
    "9",
    "-1",
    "1.5",
    "constructor",
    "__proto__",
    "toString",
    "length",
    "null",
    "*",
    "a,b",
    "[0]",
    "{x}",
    "$in",
    "#1",
    "@",
    "CaseSensitive",
    "casesensitive",
    "k" * 200,
]
NESTED = {"o.p": {"q.r": {"s/t": {"u v": 1, "\\": 2, "é.": 3}}}, "x": {"10": 1, "9": 2, "": 3, "__proto__": 4}}
# What is no value, and NaN where the client treats it apart.
APART = {"nan": NAN, "none": None, "empty dict": {}, "holds empty": {"none": None, "empty": {}, "one": 1}}
CASES = {**VALUES, **{key: i for i, key in enumerate(KEYS)}, **NESTED, **APART}


run = wandb.init(project="faithful", id="live", config=CASES)
run.log(CASES)
run.finish()
run = wandb.init(project="faithful", id="summary")
for key, value in CASES.items():
    run.summary[key] = value
run.finish()
run = wandb.init(project="faithful", id="public")
run.finish()

public = wandb.Api().run("admin/faithful/public")
public.config.update(CASES)
public.update()
for key, value in CASES.items():
    public.summary._json_dict[key] = value
public.summary.update()


def found(name):
    return wandb.Api().run(f"admin/faithful/{name}")


live = found("live")
by_keys = {}
for key in CASES:
    rows = list(live.scan_history(keys=[key]))
    by_keys.update(rows[0] if rows else {})
told = {
    "cases": CASES,
    "found": {
        "config": dict(found("live").config),
        "history": found("live").history(pandas=False)[0],
        "scan_history": next(iter(found("live").scan_history())),
        "scan_history by key": by_keys,
        "summary of rows": found("live").summary._json_dict,
        "summary": found("summary").summary._json_dict,
        "edited config": dict(found("public").config),
        "edited summary": found("public").summary._json_dict,
    },
    "order": {
        "cases": list(CASES),
        "config": list(found("public").config),
        "summary": list(found("public").summary._json_dict),
    },
}
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
