"""What the room `game` draws: rounds with every kind of research, and the luck bar."""

from frontporch.game import Game, simulate
from frontporch.game.luck_bar import luck_bar

RESEARCH = [
    [{"kind": "survey"}, {"kind": "log"}],
    [
        {"kind": "ab_test", "act": "join_hours", "value": 5},
        {"kind": "ab_test", "act": "messages", "value": 1},
    ],
    [{"kind": "encouragement"}, {"kind": "rivals"}],
]


def _game():
    game = Game(seed=7, teams=("Ada", "Bo", "Cy"), rounds=3, people=600, policies={"Cy": "copycat"})
    given = [{"Ada": {"research": asked}, "Bo": {"acts": {"boost": 60}}} for asked in RESEARCH]
    played = simulate(game, given)
    found = [played.research[number]["Ada"] for number in range(3)]
    return [played.weeks, played.moves, played.cash(), found, luck_bar(game)]


def made():
    """Give what makes each result, by its name."""
    return {"a game with research": _game}
