"""What a shop does in a week, with what it costs and what is known of it."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..names import pick
from ..rounding import as_given
from .parameters import Changeable

WEB = ("none", "page", "site", "both")
HELP = ("none", "faq", "ask")
ANSWER = ("none", "complaints", "all")
LETTERS = ("none", "picked", "open")
DATA = ("none", "ask", "take")
SUGGEST = ("none", "popular", "similar")
EVENT = ("none", "loyal", "new")

NO_STUDY = "none found"


def act(
    default: Any,
    what: str,
    cost: str,
    mechanism: str,
    evidence: str,
    allowed: tuple[str, ...] | tuple[float, float] | None = None,
) -> Any:
    """Declare one act of a shop.

    Parameters
    ----------
    default : object
        What the usual shop does.
    what : str
        The act in a few words, with its unit.
    cost : str
        What it costs.
    mechanism : str
        What it can change in the town.
    evidence : str
        Studies, and what was read of them; or that none was found.
    allowed : tuple, optional
        The words that there are, or the lowest and the highest number. None for yes or no.

    Returns
    -------
    dataclasses.Field
    """
    return dataclasses.field(
        default=default,
        metadata={
            "what": what,
            "cost": cost,
            "mechanism": mechanism,
            "evidence": evidence,
            "allowed": allowed,
        },
    )


@dataclass(frozen=True)
class Acts(Changeable):
    """What one shop does, week after week, until it changes its mind.

    `Acts()` is the usual shop; `table()` lists every act with its cost, what it can change, and
    what studies say.

    Raises
    ------
    ValueError, UnknownName
        If a number is out of range, a word is unknown, or two acts do not go together; the
        message says what does.

    Examples
    --------
    >>> Acts().but(join_hours=5).join_hours
    5
    >>> Acts(targeted=True)
    Traceback (most recent call last):
    ValueError: targeted needs data about people: add data="ask" (or data="take").
    """

    counter_hours: float = act(
        0.0,
        "friendlier counter, extra hours a week",
        "hours × wage",
        "warmth of whoever buys",
        f"{NO_STUDY} with sales; near it 3.6, McAlexander et al. 2002 (abstract)",
        (0.0, 40.0),
    )
    loyalty: float = act(
        0.0,
        "loyalty scheme, share off for buyers and friends",
        "the discount",
        "choice, fewer losses",
        "2.6; Leenheer et al. 2007: a seventh of the naive; Liu 2007: light buyers (abstracts)",
        (0.0, 0.15),
    )
    event: str = act(
        "none",
        "customer event every eight weeks, for whom",
        "5 h and 3 dollars a guest",
        "warmth of guests, who then talk",
        "3.6; Godes & Mayzlin 2009; Zarantonello & Schmitt 2013: no sales measured (abstracts)",
        EVENT,
    )
    post: bool = act(
        False,
        "personal promotion by post every six weeks",
        "60 cents a letter, to all but friends",
        "warmth",
        "4.6; Zhang & Wedel 2009: small gain, above all in shops (abstract)",
    )
    private_sale: bool = act(
        False,
        "private sale every 13 weeks, 10 % off for friends",
        "the discount and 6 h",
        "choice of friends; buyers who are left out cool",
        "4.6; Newman et al. 2019: those left out mean to come less (abstract)",
    )
    newsletter: bool = act(
        False,
        "newsletter every four weeks",
        "8 h a month",
        "fewer losses of readers",
        "3.1; Zhang, Kumar & Cosguner 2017: seven e-mails are best (abstract)",
    )
    trade_shows: int = act(
        0,
        "trade shows a year",
        "1,400 dollars and 16 h each",
        "many first meetings at once",
        "4.1; Gopalakrishna & Lilien 1995; no comparison with steady contact (abstract)",
        (0, 13),
    )
    web: str = act(
        "page",
        "a page on a platform, a site of one's own, both or neither",
        "3 h a week each; a site 25 dollars a week besides",
        "who can be met and come closer online; a page can be taken away",
        "1.5; Calzada & Gil 2018; Athey et al. 2021: platforms take visits away (abstracts)",
        WEB,
    )
    posts: float = act(
        2.0,
        "posts a week",
        "15 min each",
        "meeting people online, within bounds",
        "1.5; Social@Ogilvy 2014: unpaid reach 12 to 6 % (first page)",
        (0.0, 14.0),
    )
    useful: float = act(
        0.5,
        "share of posts that are useful and not about products",
        "twice the time of others",
        "useful posts are passed on, product posts bring orders",
        f"{NO_STUDY}; near it 1.2, Lee, Hosanagar & Nair 2018: prices, fewer likes (abstract)",
        (0.0, 1.0),
    )
    help: str = act(
        "none",
        "FAQ, or a box to ask us",
        "FAQ 15 min a week; a box 1 h and as many answers as it takes",
        "a FAQ answers most questions at once, and some give up; a box invites more",
        "2.5: none found",
        HELP,
    )
    easy: bool = act(
        False,
        "ordering online takes one step",
        "1 h a week",
        "choice of people online, while the shop is there",
        NO_STUDY,
    )
    personal_voice: bool = act(
        False,
        "people behind the shop show themselves",
        "2 h a week",
        "more talk",
        "3.5; Lee, Hosanagar & Nair 2018: humor and emotion go with more shares (abstract)",
    )
    fan_drive: bool = act(
        False,
        "every customer is asked to become a fan",
        "2 h and 10 dollars a week",
        "three times as many become fans",
        "1.4; John et al. 2017: liking does not cause loving (abstract)",
    )
    offer_week: int = act(
        4,
        "weeks after the first meeting with the first offer",
        "nothing",
        "contact begins then",
        "2.4; Godfrey et al. 2011; vendors' figures (abstracts)",
        (0, 52),
    )
    messages: float = act(
        0.5,
        "messages a week to each person known",
        "2 cents each",
        "choice and steps up to an ideal amount, losses beyond",
        "3.1; Godfrey, Seiders & Voss 2011: an ideal volume (abstract)",
        (0.0, 7.0),
    )
    answer: str = act(
        "complaints",
        "what is answered",
        "the desk's hours",
        "warmth, and fewer who give up",
        "1.3; Wang & Chaudhry 2018: criticism yes, praise no; Proserpio & Zervas 2017 (abstracts)",
        ANSWER,
    )
    desk_hours: float = act(
        6.0,
        "hours a week at the desk",
        "hours × wage",
        "how long posts wait",
        "4.5; Lu et al. 2013; Allon et al. 2011: queues cost sales (abstracts)",
        (0.0, 60.0),
    )
    join_hours: float = act(
        0.0,
        "joining in talks, hours a week",
        "hours × wage",
        "warmth of those replied to; strangers are met",
        "1.2; Goh et al. 2013 (abstract)",
        (0.0, 40.0),
    )
    boost: float = act(
        0.0,
        "paid views, dollars a week",
        "8 dollars a thousand views",
        "strangers are met",
        "1.2; Mochon et al. 2017: pages work as paid advertising (abstract)",
        (0.0, 2_000.0),
    )
    letters: str = act(
        "none",
        "picked letters or open reviews",
        "picked 1 h, open 2.5 h a week",
        "steps; open reviews help or harm by their rating",
        "0.6, 3.7; Chevalier & Mayzlin 2006; Babić Rosario et al. 2016 (abstracts)",
        LETTERS,
    )
    data: str = act(
        "none",
        "data about people: with consent, or taken",
        "1 h a week",
        "who can be targeted",
        "4.4; Tucker 2014: control nearly doubles clicks; Goldfarb & Tucker 2011 (abstracts)",
        DATA,
    )
    targeted: bool = act(
        False,
        "messages made for the person",
        "2 h a week",
        "messages count more",
        "4.6; Lambrecht & Tucker 2013: worse on average; Sahni et al. 2018: better (abstracts)",
    )
    suggest: str = act(
        "none",
        "suggest what is popular, or what similar buyers bought",
        "3 h a week",
        "choice, where the suggestion fits",
        "3.2; Lee & Hosanagar 2017: less diverse; films: +35 % bought (abstracts)",
        SUGGEST,
    )
    referral: float = act(
        0.0,
        "dollars for whoever brings somebody new",
        "the dollars, when it happens",
        "more talk",
        "2.6, 3.4; Garnefeld et al. 2013; Van den Bulte et al. 2018 (abstracts)",
        (0.0, 50.0),
    )
    vote: bool = act(
        False,
        "customers vote on the assortment every eight weeks",
        "400 dollars a vote",
        "the assortment follows the votes",
        "1.2; Fuchs et al. 2010; Nishikawa et al. 2013: voters want the products more (abstracts)",
    )
    spare_hours: float = act(
        0.0,
        "hours a week in which nothing is done",
        "hours × wage",
        "nothing",
        "no study needed: it shows what luck is",
        (0.0, 40.0),
    )

    def __post_init__(self) -> None:
        """Check each act by itself, then those that need each other."""
        for one in dataclasses.fields(self):
            _checked(one, getattr(self, one.name))
        for name, asked in (("targeted", self.targeted), ("suggest", self.suggest != "none")):
            if asked and self.data == "none":
                raise ValueError(
                    f'{name} needs data about people: add data="ask" (or data="take").'
                )

    @classmethod
    def idle(cls) -> Acts:
        """Give a shop that does nothing but stand there."""
        return cls(web="none", posts=0.0, messages=0.0, answer="none", desk_hours=0.0)

    def table(self) -> pd.DataFrame:
        """List every act: what the shop does, cost, what it can change, and what studies say."""
        rows = [
            (
                one.name,
                getattr(self, one.name),
                one.metadata["what"],
                one.metadata["cost"],
                one.metadata["mechanism"],
                one.metadata["evidence"],
            )
            for one in dataclasses.fields(self)
        ]
        return pd.DataFrame(rows, columns=["act", "value", "what", "cost", "mechanism", "evidence"])


def _checked(one: dataclasses.Field[Any], value: Any) -> None:
    allowed, name = one.metadata["allowed"], one.name
    if allowed is None:
        if not isinstance(value, bool):
            raise ValueError(f"{name} is {value!r}, but must be True or False.")
    elif isinstance(allowed[0], str):
        pick(value, allowed, f"way of {name}")
    else:
        whole = isinstance(one.default, int)
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
        good = good and math.isfinite(value) and allowed[0] <= value <= allowed[1]
        if not good or (whole and value != int(value)):
            kind = "whole number" if whole else "number"
            low, high = map(as_given, allowed)
            raise ValueError(
                f"{name} is {value!r} ({one.metadata['what']}), but must be a {kind} from {low} to "
                f"{high}."
            )
