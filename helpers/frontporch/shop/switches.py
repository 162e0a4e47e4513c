"""Claims that can be true or false in a town, and the act that each of them recommends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Switch:
    """What a claim changes in a town, and what it tells a shop to do.

    Parameters
    ----------
    says : str
        The claim in a few words.
    true, false : str
        What is so in a town where it holds, and where it does not.
    act : dict
        The act that it recommends, as changes of the usual shop.
    instead : dict
        What a shop does that does not follow it, as changes of the usual shop.
    """

    says: str
    true: str
    false: str
    act: dict[str, Any]
    instead: dict[str, Any]


SWITCHES = {
    "0.3": Switch(
        "Online contact replaces talk with neighbors.",
        "People online hear half as many words on the street.",
        "They hear all of them.",
        {"join_hours": 5.0},
        {},
    ),
    "0.4": Switch(
        "Older people come online fastest.",
        "Half of the older people who are offline come online during the year.",
        "They stay offline.",
        {"web": "both"},
        {},
    ),
    "0.5": Switch(
        "A credible stranger online is believed more than family and friends.",
        "A word online counts several times.",
        "It counts once.",
        {"letters": "open"},
        {},
    ),
    "0.6": Switch(
        "Customers' letters on a site turn testimonials into word of mouth.",
        "Picked letters speed up every step.",
        "They put a few people off.",
        {"letters": "picked"},
        {},
    ),
    "0.7": Switch(
        "Firms that learn early to talk to strangers online gain an advantage.",
        "Every week of joining in makes the next replies better.",
        "Practice changes nothing.",
        {"join_hours": 5.0},
        {},
    ),
    "1.1": Switch(
        "Most consumers want a closer relationship.",
        "Three in four people want a closer relationship.",
        "One in four does.",
        {"messages": 1.0},
        {},
    ),
    "1.2": Switch(
        "Take part in the community and do not push.",
        "People welcome replies at once, and paid views do half as much.",
        "A reply takes more than twice the time.",
        {"join_hours": 5.0},
        {"boost": 60.0},
    ),
    "1.3": Switch(
        "Respond to everything that customers write.",
        "Answers to praise warm as well.",
        "They warm nobody.",
        {"answer": "all", "desk_hours": 8.0},
        {},
    ),
    "1.4": Switch(
        "Make people fans and they become customers.",
        "A fan chooses the shop more often because of being a fan.",
        "Being a fan changes nothing.",
        {"fan_drive": True},
        {},
    ),
    "2.2": Switch(
        "Online, people enter deeper stages faster.",
        "Each step is faster online.",
        "It is as fast as offline.",
        {"web": "both"},
        {"web": "none"},
    ),
    "2.3": Switch(
        "The same customer comes closer earlier online than offline.",
        "Where 2.2 holds, having a page or site makes people's steps faster.",
        "People who are online are faster anyway, with or without a page.",
        {"web": "both"},
        {"web": "none"},
    ),
    "2.4": Switch(
        "A shop that waits with its offer loses customers to shops that do not.",
        "An offer in the first week already keeps people.",
        "An offer keeps nobody, and an early one annoys.",
        {"offer_week": 0},
        {},
    ),
    "2.5": Switch(
        "Ways to engage from the first visit make the business do well.",
        "An ask-us box speeds up the first steps.",
        "It only costs answers.",
        {"help": "ask"},
        {"help": "faq"},
    ),
    "2.6": Switch(
        "Loyal customers become evangelists.",
        "Friends of a shop talk twice as much.",
        "They talk as others do.",
        {"loyalty": 0.02},
        {},
    ),
    "3.1": Switch(
        "Listening is not enough: reach out first.",
        "A letter by post warms, and messages count half as much again.",
        "A letter by post does nothing.",
        {"post": True},
        {},
    ),
    "3.2": Switch(
        "Personal recommendations build relationships.",
        "A fitting suggestion brings orders.",
        "It does not.",
        {"data": "ask", "suggest": "similar"},
        {"data": "ask"},
    ),
    "3.3": Switch(
        "Customers do not become loyal merely because a company knows their interests.",
        "Being known changes nothing by itself.",
        "Whoever is known comes a little closer every week.",
        {"data": "none"},
        {"data": "ask"},
    ),
    "3.4": Switch(
        "Letting people talk among themselves is most powerful.",
        "Every word counts several times.",
        "It counts once.",
        {"referral": 5.0},
        {},
    ),
    "3.5": Switch(
        "People share the story of a brand that talks like a friend.",
        "A personal firm is talked about more.",
        "It is not.",
        {"personal_voice": True},
        {},
    ),
    "3.6": Switch(
        "Events make loyal customers spread the company's stories.",
        "Loyal guests tell many people.",
        "They tell few; new guests tell more.",
        {"event": "loyal"},
        {"event": "new"},
    ),
    "3.7": Switch(
        "A short comment read before buying is powerful.",
        "Good open reviews bring orders, and bad ones cost them.",
        "Nobody goes by them.",
        {"letters": "open"},
        {},
    ),
    "4.1": Switch(
        "Networking replaces the personal touch.",
        "A friendlier counter does less where the shop is online.",
        "It does more there.",
        {"counter_hours": 0.0},
        {"counter_hours": 4.0},
    ),
    "4.4": Switch(
        "Customers now give far more personal information.",
        "Half as many again agree when asked.",
        "Fewer agree.",
        {"data": "ask", "targeted": True},
        {},
    ),
    "4.5": Switch(
        "Customers have little patience.",
        "People give up waiting twice as fast.",
        "They wait as usual.",
        {"desk_hours": 8.0},
        {"desk_hours": 4.0},
    ),
    "4.6": Switch(
        "Target messages; do not send them to the masses.",
        "A message made for the person counts about twice.",
        "It counts as any other.",
        {"data": "ask", "targeted": True},
        {"data": "ask"},
    ),
    "access": Switch(
        "Whoever has access to people's data owes them respect.",
        "People who notice that data were taken lose some trust, once, and have them deleted.",
        "People shrug it off.",
        {"data": "ask", "targeted": True},
        {"data": "take", "targeted": True},
    ),
    "tuning": Switch(
        "Let customers tune the company.",
        "People whose vote won come closer.",
        "They do not.",
        {"vote": True},
        {},
    ),
}
"""By the claim's number in the data set `evidence`; two pieces of advice have no number there."""
