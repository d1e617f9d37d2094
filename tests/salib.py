#!/usr/bin/env python3
"""What `demarche sensitivity` makes of the points of its designs, held against SALib: the gate runs it where it can; by hand:

    python3 -m venv /some/place && /some/place/bin/pip install SALib
    cargo build && /some/place/bin/python tests/salib.py

Without SALib it says so and skips. DEMARCHE names another program than target/debug/demarche.
SALib gets the same values at the same points, and makes its own indices and effects of them. Where the
points are found exactly both must be the same; where they are played demarche takes the noise of chance
off its Sobol indices, so that these are told apart by no more than that noise.
"""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

try:
    import numpy
    import SALib.analyze.morris
    import SALib.analyze.sobol
except ImportError:
    numpy = None

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEMARCHE = os.environ.get("DEMARCHE", str(ROOT / "target" / "debug" / "demarche"))

# Three numbers that interact, uncertain in different ways; small enough to be found exactly.
DUEL = """
format = 1
turns = 3
[parameters]
pride = { pert = [0.2, 0.6, 2.0] }
fear = { uniform = [0.5, 2.5] }
aim = { beta = [4, 3] }
[claims.c1]
text = "Who is proud shoots."
[variables.honour]
levels = ["whole", "lost"]
[actors.first]
choice = { logit = 2 }
beliefs = { level = 2 }
[actors.second]
choice = { logit = 2 }
beliefs = { level = 1 }
[issues.field.moves]
first = ["shoot", "wait"]
second = ["shoot", "wait"]
[issues.field.effects.hit]
when = { first = "shoot" }
chance = "aim * aim"
set = { honour = "lost" }
[issues.field.payoffs.proud]
when = { first = "shoot" }
pays = { first = "pride * aim", second = "-fear" }
[issues.field.payoffs.both]
when = { first = "shoot", second = "shoot" }
pays = { first = "-fear", second = "pride - fear / 2" }
[outcomes.end.lost]
when = { honour = "lost" }
[outcomes.end.whole]
"""


def study(scenario, *arguments):
    command = [DEMARCHE, "sensitivity", str(scenario), "--json", "--quiet", "--each", *arguments]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout.decode())


def problem(names):
    return {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}


@unittest.skipIf(numpy is None, "SALib is not installed: nothing was held against it")
class AgainstSALib(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.duel = pathlib.Path(folder.name) / "duel.toml"
        self.duel.write_text(DUEL)

    def check_sobol(self, found, tolerance):
        values = {}
        for point in found["points"]:
            values[point["part"], point["row"]] = point["value"]
        rows = 1 + max(row for _, row in values)
        names = [row["factor"] for row in found["indices"] if row["factor"].startswith("parameters.")]
        blocks = ["a", *names, "b"]
        laid = numpy.array([values[block, row] for row in range(rows) for block in blocks])
        theirs = SALib.analyze.sobol.analyze(problem(names), laid, calc_second_order=False, seed=1)
        ours = {row["factor"]: row for row in found["indices"]}
        for at, name in enumerate(names):
            self.assertAlmostEqual(ours[name]["first"], theirs["S1"][at], delta=tolerance, msg=name)
            self.assertAlmostEqual(ours[name]["total"], theirs["ST"][at], delta=tolerance, msg=name)
            # Resampling differs by chance: a thousand and a hundred resamples.
            reach = (ours[name]["total_high"] - ours[name]["total_low"]) / 2
            self.assertAlmostEqual(reach, theirs["ST_conf"][at], delta=0.35 * reach, msg=name)

    def check_morris(self, found):
        names = [row["factor"] for row in found["effects"]]
        places = numpy.array([[point[name] for name in names] for point in found["points"]])
        values = numpy.array([point["value"] for point in found["points"]])
        theirs = SALib.analyze.morris.analyze(problem(names), places, values, num_levels=4, seed=1)
        for at, row in enumerate(found["effects"]):
            self.assertAlmostEqual(row["mu"], theirs["mu"][at], 9, row["factor"])
            self.assertAlmostEqual(row["mu_star"], theirs["mu_star"][at], 9, row["factor"])
            self.assertAlmostEqual(row["sigma"], theirs["sigma"][at], 9, row["factor"])

    def test_sobol_exactly(self):
        found = study(self.duel, "--of", "outcomes.end.lost", "--by", "sobol", "--rows", "256", "--method", "exact")
        self.assertEqual(len(found["indices"]), 3)
        self.check_sobol(found, 1e-9)

    def test_sobol_by_plays(self):
        found = study(self.duel, "--of", "outcomes.end.lost", "--by", "sobol", "--rows", "256",
                      "--method", "sample", "--plays", "2000")
        noise = found["variances"][0]["noise"]
        self.assertGreater(noise, 0)
        self.check_sobol(found, 3 * noise)

    def test_morris(self):
        for method in ["exact", "sample"]:
            self.check_morris(study(self.duel, "--of", "scores.second", "--by", "morris", "--method", method))

    def test_morris_with_many_numbers(self):
        self.check_morris(study(ROOT / "scenarios" / "peacekeepers.toml", "--of", "outcomes.chinese_troops.stand",
                                "--by", "morris", "--walks", "4", "--plays", "200"))


if __name__ == "__main__":
    unittest.main()
