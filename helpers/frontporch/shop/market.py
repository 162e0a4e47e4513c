"""Several shops among the same people, week by week."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..counting import bincount
from ..streams import Seed
from .accounts import PARTS, settle_up
from .acts import Acts
from .luck import Ints, Luck, Purpose
from .parameters import whole
from .people import ALL_STAGES, LOST, STRANGER, UNMET, settle
from .state import OLDEST, State, Week
from .trials import Trial
from .week import buying, contact, desk, following, suggesting, talking, voting, warming
from .week.meeting import CAUSES, meetings
from .week.moves import COLDEST, WARMEST, Moves, step
from .world import World

MOST_SHOPS = 16
OTHER_CAUSES = (
    "deepened",
    "fell back",
    "lost",
    "came again",
    "gave up waiting",
    "gave up searching",
)
ALL_CAUSES = CAUSES + OTHER_CAUSES
RATING_KEEPS = 0.9
ANSWERS_COUNT = 0.2
"""How much this week counts in the share answered that onlookers see."""


@dataclass
class Ledger:
    """What the simulation writes down, week by week; `Year` makes tables of it."""

    weeks: list[dict[str, Any]] = field(default_factory=list)
    moves: list[tuple[int, Moves, NDArray[np.int8]]] = field(default_factory=list)
    orders: list[tuple[int, buying.Orders]] = field(default_factory=list)
    posts: list[desk.Ended] = field(default_factory=list)
    acts: list[tuple[Acts, ...]] = field(default_factory=list)

    def copy(self) -> Ledger:
        """Give a ledger to write on in, with the same entries so far."""
        return Ledger(*(list(getattr(self, one.name)) for one in fields(self)))

    @property
    def bought(self) -> list[tuple[Ints, Ints]]:
        """Who bought what so far, by week: shop × people + person, and the item."""
        return [(one.flat, one.item) for _, one in self.orders]


class Market:
    """A town with its shops, which `play` takes one week on.

    Parameters
    ----------
    world : World
        The town's rules.
    shops : int
        How many shops, from 1 to 16.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the luck comes from.

    Examples
    --------
    >>> market = Market(World(people=200), shops=2, seed=7)
    >>> market.play([Acts(), Acts.idle()])
    >>> market.week, market.stages().sum(axis=1).tolist()
    (1, [200, 200])
    """

    def __init__(self, world: World, shops: int, seed: Seed) -> None:
        shops = whole(shops, "shops", 1, MOST_SHOPS)
        self.world, self.week = world, 0
        self.luck = Luck(seed, shops, world.people)
        self.town = settle(world, self.luck)
        self.state = State.first(self.luck, shops, world.people)
        self.ledger = Ledger()

    @property
    def shops(self) -> int:
        """How many shops there are."""
        return len(self.state.cash)

    def stages(self) -> NDArray[np.int64]:
        """Count people by shop and stage, in the order of `ALL_STAGES`."""
        many = len(ALL_STAGES)
        place = self.state.stage + many * np.arange(self.shops)[:, None]
        return bincount(place.ravel(), minlength=many * self.shops).reshape(self.shops, many)

    def copy(self) -> Market:
        """Give a market that goes on from here by itself, with the same luck."""
        other = copy.copy(self)
        # What is written down, and who lives here, never changes; only the state does.
        other.state, other.ledger = copy.deepcopy(self.state), self.ledger.copy()
        return other

    def play(
        self,
        acts: Sequence[Acts],
        trials: Sequence[Trial] = (),
        fees: Sequence[int] | None = None,
    ) -> None:
        """Play one week.

        Parameters
        ----------
        acts : sequence of Acts
            One a shop. All read the state at the start of the week.
        trials : sequence of Trial
            Acts that half of a shop's people get otherwise.
        fees : sequence of int, optional
            Cents that each shop pays this week for what others do for it; they count as media.
        """
        if len(acts) != self.shops:
            raise ValueError(f"there are {self.shops} shops, but acts for {len(acts)}.")
        for trial in trials:
            whole(trial.shop, "the shop of a trial", 0, self.shops - 1)
        self.week += 1
        week = Week(self.week, self.world, self.town, self.luck, self.state, tuple(acts), trials)
        if fees is not None:
            week.media += np.asarray(fees, np.int64)
        moved = step(week, meetings(week))
        fans = following.new_fans(week)
        bought = buying.orders(week, contact.read(week))
        ended = self._answer(week, bought.flat)
        warming.counter(week, bought.flat)
        warming.join(week)
        guests = warming.events(week)
        warming.letters_by_post(week)
        buying.invite(week)
        data, noticed = warming.ask_for_data(week)
        assortment = voting.vote(week)
        met = moved.flat[moved.before == UNMET]
        street, net = talking.heard(week, *talking.talkers(week, bought.flat, guests, met))
        suggested = suggesting.suggestions(week, self.ledger.bought)
        stood = self._write(week, moved, fans)
        state = self.state
        state.data, state.noticed = data, noticed
        state.assortment, state.suggested = assortment, suggested
        state.street, state.net = street, net
        state.practice += week.arms.shared(week.each("join_hours", float)) > 0
        state.page &= self.luck.shops(self.week, Purpose.PAGE) >= self.world.platform_loss
        self._account(week, _with_those_who_gave_up(week, moved, stood), bought, ended)

    def _answer(self, week: Week, bought: Ints) -> list[list[desk.Ended]]:
        """Let people write, and the desks answer."""
        state, done = self.state, []
        new = desk.written(week, bought)
        heard, complained = np.zeros((self.shops, 2)), []
        for shop in range(self.shops):
            waited = len(state.posts[shop]) + len(new[shop])
            ended, waiting = desk.serve(week, shop, new[shop])
            again, heard[shop] = desk.felt(week, ended)
            complained += again
            replied = sum(one.answered for one in ended)
            if waited:
                now = replied / len(ended) if ended else 0.0
                state.answered[shop] += ANSWERS_COUNT * (now - state.answered[shop])
            state.posts[shop] = waiting
            done.append(ended)
        state.again = np.array(sorted(set(complained)), np.intp)
        good, total = heard.T
        share = np.where(total > 0, good / np.maximum(total, 1), state.rating)
        state.rating = RATING_KEEPS * state.rating + (1 - RATING_KEEPS) * share
        state.writing[:] = False
        open_posts = [post.flat for posts in state.posts for post in posts]
        state.writing.ravel()[open_posts] = True
        return done

    def _write(self, week: Week, moved: Moves, fans: Ints) -> NDArray[np.int8]:
        """Write the new state, once; give the stage in which those stood who then gave up."""
        state = self.state
        stage, age = state.stage.ravel(), state.age.ravel()
        age += (stage > UNMET) & (stage < LOST)
        np.minimum(age, OLDEST, out=age)
        begins = moved.after == STRANGER
        stage[moved.flat] = moved.after
        age[moved.flat[begins]] = 0
        gone = np.array(sorted(week.lost), np.intp)
        stood = stage[gone]
        stage[gone] = LOST
        state.fan.ravel()[fans] = True
        state.fan &= (state.stage > UNMET) & (state.stage < LOST) & week.has_page[:, None]
        state.warmth *= warming.FADES
        state.warmth += week.warmer
        np.clip(state.warmth, COLDEST, WARMEST, out=state.warmth)
        return stood

    def _account(
        self, week: Week, moved: Moves, bought: buying.Orders, ended: list[list[desk.Ended]]
    ) -> None:
        """Write down what happened, and what it came to."""
        people, shops, after = self.world.people, self.shops, self.stages()
        shop = moved.flat // people
        met = moved.before == UNMET
        place = shop[met] * len(CAUSES) + moved.cause[met]
        caused = bincount(place, minlength=shops * len(CAUSES)).reshape(shops, len(CAUSES))
        accounts = settle_up(week, bought, caused)
        self.state.cash += accounts.cash
        self.ledger.moves.append((self.week, moved, _causes(moved)))
        self.ledger.orders.append((self.week, bought))
        self.ledger.acts.append(tuple(week.acts))
        count = bincount(bought.flat // people, minlength=shops)
        lost = bincount(moved.flat[moved.after == LOST] // people, minlength=shops)
        for k in range(shops):
            self.ledger.posts += ended[k]
            self.ledger.weeks.append(
                {
                    "week": self.week,
                    "shop": k,
                    **dict(zip(ALL_STAGES, after[k].tolist(), strict=True)),
                    "met": int(caused[k].sum()),
                    "lost_now": int(lost[k]),
                    "fans": int(np.count_nonzero(self.state.fan[k])),
                    "orders": int(count[k]),
                    "needs": bought.needs,
                    "elsewhere": bought.elsewhere,
                    "answered": sum(one.answered for one in ended[k]),
                    "gave_up": sum(not one.answered for one in ended[k]),
                    "open": len(self.state.posts[k]),
                    **{part: int(getattr(accounts, part)[k]) for part in PARTS},
                    "cash": int(self.state.cash[k]),
                }
            )


def _with_those_who_gave_up(week: Week, moved: Moves, stood: NDArray[np.int8]) -> Moves:
    """Add those who gave up to the other moves; who was lost by then is not lost twice."""
    flat = np.array(sorted(week.lost), np.intp)
    real = stood != LOST
    flat, stood = flat[real], stood[real]
    if not len(flat):
        return moved
    last = np.full(len(flat), LOST, np.int8)
    cause = np.array([ALL_CAUSES.index(week.lost[one]) for one in flat.tolist()], np.int8)
    return Moves.joined([moved, Moves(flat, stood, last, np.ones(len(flat)), cause)])


def _causes(moved: Moves) -> NDArray[np.int8]:
    """Say the cause of each move, a position in `ALL_CAUSES`."""
    deepened, fell, lost, again = (
        ALL_CAUSES.index(name) for name in ("deepened", "fell back", "lost", "came again")
    )
    cause = np.where(moved.after > moved.before, deepened, fell)
    cause = np.where(moved.after == LOST, lost, cause)
    cause = np.where(moved.before == LOST, again, cause)
    return np.where(moved.cause >= 0, moved.cause, cause).astype(np.int8)
