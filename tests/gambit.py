#!/usr/bin/env python3
"""What demarche solves and writes, held against Gambit. The gate runs it where it can; by hand:

    python3 -m venv /some/place && /some/place/bin/pip install pygambit
    cargo build && /some/place/bin/python tests/gambit.py

Without pygambit it says so and skips. DEMARCHE names another program than target/debug/demarche.
Gambit finds the same equilibria by other means: vertices by lrslib's reverse search, pure ones by
enumeration, all in rational arithmetic.
"""

import fractions
import io
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

try:
    import pygambit
except ImportError:
    pygambit = None

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEMARCHE = os.environ.get("DEMARCHE", str(ROOT / "target" / "debug" / "demarche"))


def demarche(*arguments):
    run = subprocess.run([DEMARCHE, *map(str, arguments)], capture_output=True, check=True)
    return run.stdout.decode()


def ours(path):
    """The equilibria that `solve` finds: a tuple of rounded probabilities for each."""
    found = {}
    for row in json.loads(demarche("solve", path, "--json"))["equilibria"]:
        found.setdefault(row["equilibrium"], []).append(round(row["probability"], 9))
    return sorted(tuple(probabilities) for probabilities in found.values())


def theirs(text):
    """The equilibria that Gambit finds in a .nfg: extreme ones of two players, pure ones of more."""
    game = pygambit.read_nfg(io.BytesIO(text.encode()))
    two = len(game.players) == 2
    solve = pygambit.nash.enummixed_solve if two else pygambit.nash.enumpure_solve
    shown = set()
    for equilibrium in solve(game).equilibria:
        strategies = (equilibrium[strategy] for player in game.players for strategy in player.strategies)
        shown.add(tuple(round(float(probability), 9) for probability in strategies))
    return sorted(shown)


def drawn(chance, players):
    """A .nfg of a game with small whole payoffs, or fractions, or decimals."""
    counts = [chance.randint(1, 4 if players == 2 else 3) for _ in range(players)]
    kinds = [
        lambda: str(chance.randint(0, 3)),
        lambda: str(chance.randint(-500, 500)),
        lambda: str(fractions.Fraction(chance.randint(-9, 9), chance.randint(1, 7))),
        lambda: f"{chance.randint(-99, 99) / 100:.2f}",
    ]
    kind = chance.choice(kinds)
    cells = players
    for count in counts:
        cells *= count
    names = " ".join(f'"p{number}"' for number in range(players))
    sizes = " ".join(map(str, counts))
    return f'NFG 1 R "drawn" {{ {names} }} {{ {sizes} }}\n\n' + " ".join(kind() for _ in range(cells)) + "\n"


@unittest.skipIf(pygambit is None, "pygambit is not installed: nothing was held against Gambit")
class AgainstGambit(unittest.TestCase):
    def check(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "game.nfg"
            path.write_text(text)
            self.assertEqual(ours(path), theirs(text), text)

    def test_files(self):
        for path in sorted((ROOT / "tests" / "games").glob("*.nfg")):
            with self.subTest(path.name):
                self.check(path.read_text())

    def test_extensive_games(self):
        for path in sorted((ROOT / "tests" / "games").glob("*.efg")):
            with self.subTest(path.name):
                game = pygambit.read_efg(io.BytesIO(path.read_bytes()))
                two = len(game.players) == 2
                solve = pygambit.nash.enummixed_solve if two else pygambit.nash.enumpure_solve
                found = solve(game)
                self.assertEqual(len(found.equilibria), len(ours(path)))
                worth = sorted(
                    tuple(round(float(equilibrium.payoff(player)), 9) for player in game.players)
                    for equilibrium in found.equilibria
                )
                rows = json.loads(demarche("solve", path, "--json"))["equilibria"]
                pays = {}
                for row in rows:
                    pays.setdefault(row["equilibrium"], {})[row["player"]] = round(row["payoff"], 9)
                self.assertEqual(worth, sorted(tuple(own.values()) for own in pays.values()))

    def test_drawn_games_of_two(self):
        chance = random.Random(1)
        for _ in range(200):
            self.check(drawn(chance, 2))

    def test_drawn_games_of_three(self):
        chance = random.Random(2)
        for _ in range(50):
            self.check(drawn(chance, 3))

    def test_logit_equilibria(self):
        for name in ["three_equilibria", "three_players", "prisoners_dilemma", "mixed_dominance"]:
            path = ROOT / "tests" / "games" / f"{name}.nfg"
            game = pygambit.read_nfg(io.BytesIO(path.read_bytes()))
            branch = {}
            for row in json.loads(demarche("solve", path, "--json"))["quantal"]:
                branch.setdefault(row["precision"], []).append(row["probability"])
            precisions = [0.1, 1.0, 10.0]
            for precision, found in zip(precisions, pygambit.qre.logit_solve_lambda(game, precisions)):
                own = [found.profile[s] for player in game.players for s in player.strategies]
                for ours, theirs in zip(branch[precision], own):
                    self.assertAlmostEqual(ours, theirs, 5, f"{name} at {precision}")
            limit = pygambit.nash.logit_solve(game, maxregret=1e-8).equilibria[0]
            own = [limit[s] for player in game.players for s in player.strategies]
            for ours, theirs in zip(branch["inf"], own):
                self.assertAlmostEqual(ours, float(theirs), 5, f"{name} in the limit")

    def test_exports(self):
        for scenario in ["prisoners_dilemma", "deterrence", "trade_war"]:
            with self.subTest(scenario):
                self.check(demarche("export", ROOT / "scenarios" / f"{scenario}.toml", "--quiet"))
        for issue in ["peacekeeping", "tariffs", "imports", "summit"]:
            with self.subTest(issue):
                self.check(demarche(
                    "export", ROOT / "scenarios" / "peacekeepers.toml", "--quiet", "--issue", issue))


if __name__ == "__main__":
    unittest.main()
