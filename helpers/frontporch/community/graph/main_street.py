"""The data set `main_street_ties`: the people of one simulated main street, made from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...elementary import exp, log
from ...streams import Seed, generator
from .ties import Community

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

SEED = 1955
TABLES = ("ties", "people")
PLACES = {"Station": 44, "Market": 42, "Mill Lane": 38, "Church Hill": 36, "Harbour": 40}
"""People of each neighbourhood, shops included, in the order of the street."""
SHOPS = {
    "Station": ("bicycle shop", "café", "kiosk", "hotel"),
    "Market": ("bakery", "butcher", "greengrocer", "chemist", "bank", "bookshop", "florist"),
    "Mill Lane": ("hardware shop", "garage", "laundry"),
    "Church Hill": ("barber", "tailor"),
    "Harbour": ("fishmonger", "boat hire", "inn", "music shop"),
}
FORENAMES = (
    "Ada",
    "Ben",
    "Cora",
    "Dan",
    "Edith",
    "Finn",
    "Greta",
    "Hugo",
    "Ida",
    "Jack",
    "Kate",
    "Leo",
    "Mina",
    "Ned",
    "Olga",
    "Paul",
    "Rosa",
    "Sam",
    "Tess",
    "Ugo",
    "Vera",
    "Will",
    "Xenia",
    "Yann",
    "Zoe",
    "Amos",
    "Bella",
    "Carl",
    "Dora",
    "Emil",
    "Flora",
    "Gus",
    "Hedy",
    "Ivan",
    "June",
    "Karl",
)
INITIALS = "BFHMR"

FRIENDS, NEXT_DOOR, REACH = 4.2, 0.75, 4.0
REGULARS = 5.0
ONLINE = 1.6
END = "2010-06-30"


@dataclass(frozen=True, eq=False)
class MainStreet:
    """People of a main street and their ties. Synthetic.

    Parameters
    ----------
    ties : pandas.DataFrame
        One row a tie: `source`, `target`, `strength` (contacts in the last year), `since`,
        `layer` ("local" or "online").
    people : pandas.DataFrame
        One row a person: `person`, `role` ("resident" or "shop"), `neighbourhood`, `door`
        (place along its street, from 1).
    """

    ties: pd.DataFrame
    people: pd.DataFrame

    def community(self) -> Community:
        """Give both tables as a community with neighbourhoods."""
        return on_main_street(self.ties, self.people)


def on_main_street(ties: pd.DataFrame, people: pd.DataFrame) -> Community:
    """Make a community of the two tables of the data set, each person in their neighbourhood.

    Examples
    --------
    >>> from frontporch import data
    >>> tables = [data.load("main_street_ties", name) for name in ("ties", "people")]
    >>> on_main_street(*tables).layers
    ('local', 'online')
    """
    from dataclasses import replace

    import pandas as pd

    from .reading import from_table

    town = from_table(ties, people=people["person"].tolist())
    group = pd.Index(list(PLACES)).get_indexer(people["neighbourhood"])
    return replace(town, group=group, synthetic="main_street")


def main_street(seed: Seed = SEED) -> MainStreet:
    """Draw the people of a main street and their ties. Synthetic.

    Residents know those who live a few doors away, shops have their regulars, mostly from the
    same neighbourhood, and some residents have met online, wherever they live. Local ties are
    older and see more contact; all numbers are assumptions.

    Parameters
    ----------
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        The data set is that of the seed which is used if none is given.

    Returns
    -------
    MainStreet

    Examples
    --------
    >>> street = main_street()
    >>> len(street.people), street.people["role"].tolist().count("shop")
    (200, 20)
    """
    import pandas as pd

    rng = generator(seed)
    names, shop, place, door = _people()
    size = len(names)
    # Contacts differ from person to person, by an exponential law.
    lively = 0.4 - 0.6 * log(1 - rng.random(size))
    chance = _meetings(shop, place, door, lively)
    first, second = np.triu_indices(size, 1)
    met = rng.random(len(first)) < chance[first, second]
    online = ~met & (rng.random(len(first)) < _online(shop, lively)[first, second])
    tied = met | online
    first, second, online = first[tied], second[tied], online[tied]
    shopping = (shop[first] | shop[second]) & ~online
    usual = np.where(online, 12.0, np.where(shopping, 24.0, 36.0))
    contacts = np.maximum(np.rint(-usual * log(1 - rng.random(len(first)))), 1)
    # Nobody met anybody online before 2006.
    luck = rng.random(len(first))
    years = np.where(online, 4.0 * luck, 30.0 * (luck * luck))
    since = pd.Timestamp(END) - pd.to_timedelta(np.rint(years * 365.25), unit="D")
    ties = pd.DataFrame(
        {
            "source": names[first],
            "target": names[second],
            "strength": contacts,
            "since": since.as_unit("us"),
            "layer": np.where(online, "online", "local"),
        }
    )
    people = pd.DataFrame(
        {
            "person": names,
            "role": np.where(shop, "shop", "resident"),
            "neighbourhood": np.array(list(PLACES), dtype=object)[place],
            "door": door,
        }
    )
    text = ("source", "target", "layer"), ("person", "role", "neighbourhood")
    plain = pd.Series(["text"]).dtype
    return MainStreet(
        ties.astype(dict.fromkeys(text[0], plain)), people.astype(dict.fromkeys(text[1], plain))
    )


def write_main_street(folder: str | Path) -> None:
    """Write the tables of the data set: ties.csv and people.csv."""
    from pathlib import Path

    street = main_street()
    for name in TABLES:
        table = getattr(street, name).copy()
        if name == "ties":
            table["strength"] = table["strength"].astype(int)
            table["since"] = table["since"].dt.strftime("%Y-%m-%d")
        text = table.to_csv(index=False, lineterminator="\n")
        (Path(folder) / f"{name}.csv").write_bytes(text.encode("utf-8"))


def _people() -> tuple[NDArray, NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """Give names, who is a shop, neighbourhoods and doors, in the order of the street."""
    residents = iter(f"{name} {initial}." for initial in INITIALS for name in FORENAMES)
    names, shop, place, door = [], [], [], []
    for number, (where, people) in enumerate(PLACES.items()):
        # Shops stand side by side in the middle of their street.
        shops = SHOPS[where]
        begin = (people - len(shops)) // 2
        for k in range(people):
            is_shop = begin <= k < begin + len(shops)
            names.append(shops[k - begin] if is_shop else next(residents))
            shop.append(is_shop)
            place.append(number)
            door.append(k + 1)
    return np.array(names, dtype=object), np.array(shop), np.array(place), np.array(door)


def _meetings(shop, place, door, lively) -> NDArray[np.float64]:
    """Give the probability that two people know each other where they live or shop."""
    apart = np.abs(door[:, None] - door[None, :])
    same = place[:, None] == place[None, :]
    pair = lively[:, None] * lively[None, :]
    residents = ~shop[:, None] & ~shop[None, :]
    # Residents: falls with the doors between them; a few know somebody of the next street.
    near = NEXT_DOOR * FRIENDS / REACH * exp(-apart / REACH) * same
    far = 0.15 / len(shop) * (np.abs(place[:, None] - place[None, :]) == 1)
    chance = np.where(residents, pair * (near + far), 0.0)
    # Shops: regulars from the whole neighbourhood, and some from the others.
    custom = REGULARS * np.where(same, 0.75 / 40, 0.25 / 160)
    one_shop = shop[:, None] != shop[None, :]
    return np.minimum(np.where(one_shop, pair * custom, chance), 0.95)


def _online(shop, lively) -> NDArray[np.float64]:
    """Give the probability that two residents met online, wherever they live."""
    residents = ~shop[:, None] & ~shop[None, :]
    return residents * lively[:, None] * lively[None, :] * ONLINE / len(shop)
