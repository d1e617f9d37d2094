#!/usr/bin/env python3
"""What `demarche discover` finds, held against the PRIM of EMA Workbench: the gate runs it where it can; by hand:

    python3 -m venv /some/place && /some/place/bin/pip install ema_workbench
    cargo build && /some/place/bin/python tests/workbench.py

Without ema_workbench it says so and skips. DEMARCHE names another program than target/debug/demarche. demarche
measures a scenario at the points of a design; both look for boxes in these points, one box on what the other has
left. `--points` makes the points of tests/data/prim.csv again, and prints what the workbench finds in them.
"""

import csv
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import unittest
import warnings

try:
    warnings.filterwarnings("ignore")
    import numpy
    import pandas
    from ema_workbench.analysis import prim
except ImportError:
    prim = None

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEMARCHE = os.environ.get("DEMARCHE", str(ROOT / "target" / "debug" / "demarche"))


def points():
    """The points of tests/data/prim.csv: a, b (of two decimals), c, d (one of five), and whether it is a hit."""
    chance = random.Random(20250401)
    for _ in range(600):
        a, b = round(chance.uniform(0, 10), 4), round(chance.uniform(-1, 1), 2)
        c, d = round(chance.gauss(5, 2), 3), chance.choice([0.5, 1.0, 2.0, 4.0, 8.0])
        likely = 1 / (1 + math.exp(-(1.2 * (a - 5) - 3 * (b - 0.1) + 0.6 * (d - 3))))
        yield a, b, c, d, int(chance.random() < likely and a < 8.7)


def theirs(columns, hits):
    """An algorithm of the workbench, with the settings that demarche has."""
    return prim.Prim(columns, numpy.asarray(hits), threshold=0.0001, peel_alpha=0.05, paste_alpha=0.05, mass_min=0.05)


@unittest.skipIf(prim is None, "ema_workbench is not installed: nothing was held against it")
class AgainstTheWorkbench(unittest.TestCase):
    def check(self, *arguments):
        run = subprocess.run([DEMARCHE, "discover", *map(str, arguments), "--json", "--quiet"],
                             capture_output=True, check=True, cwd=ROOT)
        ours = json.loads(run.stdout)
        names = [name for name in ours["sample"][0] if name not in ("point", "value", "low", "high", "in", "why_not")]
        columns = pandas.DataFrame([[float(row[name]) for name in names] for row in ours["sample"]], columns=names)
        algorithm = theirs(columns, [row["in"] for row in ours["sample"]])
        numbers = sorted({row["box"] for row in ours["trajectory"]})
        self.assertTrue(numbers)
        for number in numbers:
            steps = [row for row in ours["trajectory"] if row["box"] == number]
            box = algorithm.find_box()
            self.assertEqual(len(box.peeling_trajectory), len(steps))
            for step, row in enumerate(steps):
                other = box.peeling_trajectory.loc[step]
                for name, column in [("coverage",) * 2, ("density",) * 2, ("mass",) * 2, ("restricted", "res_dim")]:
                    self.assertAlmostEqual(row[name], other[column], 9, f"box {number}, step {step}: {name}")
            chosen = next(row["step"] for row in steps if row["chosen"])
            limits = {row["parameter"]: row for row in ours["boxes"] if row["box"] == number}
            self.limits(limits, box.box_lims[chosen], box.qp[chosen], algorithm.box_init)
            box.select(chosen)

    def limits(self, ours, box, significance, everything):
        for name in box.columns:
            row = ours.get(name, {"low": None, "high": None})
            for end, key in enumerate(["low", "high"]):
                limited = box.loc[end, name] != everything.loc[end, name]
                self.assertEqual(row[key] is not None, limited, f"{name}: {key}")
                if limited:
                    self.assertAlmostEqual(row[key], box.loc[end, name], 9)
                    p = significance[name][end]
                    self.assertLess(abs(row[f"p_{key}"] - p), 1e-9 * p, f"{name}: p_{key}")

    def test_a_dare(self):
        for seed in range(1, 6):
            self.check("tests/data/corner.toml", "--of", "outcomes.end.done", "--seed", seed, "--boxes", 3)

    def test_few_that_are_in(self):
        self.check("tests/data/corner.toml", "--of", "outcomes.end.done", "--above", 0.7, "--boxes", 2)

    def test_most_that_are_in(self):
        self.check("tests/data/corner.toml", "--of", "outcomes.end.done", "--below", 0.6, "--points", 777)

    def test_noise(self):
        self.check("tests/data/corner.toml", "--of", "outcomes.end.done", "--method", "sample", "--plays", 20,
                   "--boxes", 3)

    def test_peacekeepers(self):
        self.check("scenarios/peacekeepers.toml", "--of", "outcomes.war.china_led", "--points", 400, "--plays", 100,
                   "--boxes", 3)


def again():
    """The points and the boxes that the tests of src/stats/prim have."""
    rows = list(points())
    known = (ROOT / "tests" / "data" / "prim.csv").read_text().splitlines()
    assert [[float(field) for field in row] for row in csv.reader(known[1:])] == [list(row) for row in rows]
    algorithm = theirs(pandas.DataFrame(rows, columns=[*"abcdy"]).drop(columns="y"), [row[-1] for row in rows])
    for _ in range(3):
        box = algorithm.find_box()
        print(box.peeling_trajectory[["coverage", "density", "res_dim"]].to_string())
        print(box.box_lim.to_string(), box.qp[-1], sep="\n")


if __name__ == "__main__":
    if "--points" in sys.argv:
        again()
    else:
        unittest.main()
