"""docs/fairness.md, made from the tables of `fairness.py`."""

import pathlib

import fairness
import numpy as np

from frontporch import shop, stats
from frontporch.rounding import number
from frontporch.shop.claims import mean_interval

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "fairness.md"
HEAD = """# How fair and balanced the shop is

Everything here is synthetic. A town is drawn at random: each number of `shop.World` evenly from its
range, each claim by a coin. Four shops compete for a year among {people:,} people. Dollars are
those of one shop and year.

`python tests/shop/fairness.py` plays all parts anew (about {minutes} minutes on one processor), and
`python tests/shop/fairness.py page` makes this page from the tables in
`tests/shop/fairness_tables`. No part uses a town of another. The tests in
`tests/shop/test_fairness.py` hold the tables to the limits that are named here, and play a few
towns themselves.
"""


def dollars(value):
    """Dollars to the nearest hundred."""
    return f"{int(round(value, -2)):,}".replace("-", "−")


def percent(share):
    """A share in whole percent."""
    return f"{round(100 * share)} %"


def table(head, rows):
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, cells)) + " |" for cells in lines)


def share_of(events, people):
    """A share with its 95 % interval."""
    share, lower, upper = stats.wilson(int(events), int(people))
    return f"{percent(share)} ({round(100 * lower)} to {percent(upper)})"


def with_limits(values):
    """A mean with its 95 % interval."""
    mean, lower, upper = mean_interval(values)
    return f"{dollars(mean)} ({dollars(lower)} to {dollars(upper)})"


def beside_town(seats):
    """Cash of each seat beside the mean of its town: a column a seat."""
    cash = seats.pivot(index="world", columns="seat", values="cash")
    return cash.sub(cash.mean(axis=1), axis=0)


def luck_of(seats):
    """Standard deviation among equal shops in the same town."""
    apart = beside_town(seats)
    return float(np.sqrt((apart**2).to_numpy().sum() / (len(apart) * (apart.shape[1] - 1))))


def decisions_of(policies, luck):
    """Standard deviation among policies in the same town, luck taken out."""
    spread = policies.groupby("world")["cash"].var().mean()
    return float(np.sqrt(max(spread - luck**2, 0.0)))


def seats_part(seats):
    """Section 1."""
    apart = beside_town(seats)
    rows = [[seat + 1, with_limits(apart[seat])] for seat in apart]
    return f"""## 1. No seat is better

Four shops that all do as the usual one, in {len(apart)} towns. Mean cash beside the town's mean,
with 95 % limits:

{table(["seat", "dollars"], rows)}

Luck alone spreads these equal shops by a standard deviation of {dollars(luck_of(seats))}
dollars."""


def weight_part(seats, policies):
    """Section 2."""
    luck = luck_of(seats)
    skill = decisions_of(policies, luck)
    return f"""## 2. Decisions weigh more than luck

Within a town the cash of twelve policies has a standard deviation of {dollars(skill)} dollars, luck
taken out. That is {number(skill / luck, 2)} times the luck of section 1; the least is twice."""


def found_part(policies):
    """Section 3."""
    top = policies.loc[policies.groupby("world")["cash"].idxmax(), "policy"].value_counts()
    worlds, rows = policies["world"].nunique(), []
    order = policies.groupby("policy")["cash"].mean().sort_values(ascending=False)
    for name, mean in order.items():
        mine = policies[policies["policy"] == name]
        rows.append(
            [
                name,
                share_of(top.get(name, 0), worlds),
                percent(mine["first"].mean()),
                dollars(mean),
                percent((mine["cash"] < 0).mean()),
            ]
        )
    found, usual = fairness.best_found(), shop.Acts()
    differs = {name: getattr(found, name) for name in fairness.CHOICES}
    words = ", ".join(
        f"`{name}={value!r}`" for name, value in differs.items() if value != getattr(usual, name)
    )
    head = ["policy", "most cash of twelve", "first at its table", "mean cash", "loses money"]
    return f"""## 3. No fixed policy wins nearly always

Two searches each drew {fairness.TRIED} policies over all acts and improved the best of them. The
first ended with the usual shop, changed by {words}. It is *best found* below; *found second* is the
end of the other search, and *asks* is a shop that asks for data and uses them.

In {worlds} towns that no search has seen, they played against the named policies, four at a table
by lot. The limit is 40 % of towns; by chance alone each would win 8 %.
The limits are those of 95 % intervals.

{table(head, rows)}"""


def acts_part(acts):
    """Section 4."""
    rows = []
    for name, of_act in acts.groupby("act", sort=False):
        gain, claim = of_act["gain"], of_act["claim"].iloc[0]
        by = of_act.groupby(of_act["holds"].astype(str))["gain"].mean()
        split = f"{claim}: {dollars(by['True'])}, {dollars(by['False'])}" if claim else ""
        rows.append(
            [
                name,
                percent((gain > 0).mean()),
                dollars(gain.mean()),
                f"{dollars(gain.quantile(0.05))} to {dollars(gain.quantile(0.95))}",
                split,
            ]
        )
    worlds = acts["world"].nunique()
    head = ["act", "pays in", "mean", "5 to 95 % of towns", "its claim: mean if true, if false"]
    return f"""## 4. No act is useless, and none a free lunch

A shop changes one act of the usual shop, against three usual rivals, on the same luck, in {worlds}
towns. An act is useless if no setting of it ever pays, and a free lunch if a setting pays in nine
towns of ten. No answers, no web, few messages and a late offer are ends of a scale and seldom pay.

{table(head, rows)}"""


def learning_part(learning):
    """Section 5."""
    rows = []
    for claim, of_claim in learning.groupby("claim", sort=False):
        found = [fairness.d_prime(of_claim[of_claim["weeks"] == weeks]) for weeks in (4, 12)]
        rows.append([claim, fairness.TRIED_OUT[claim][0], *(number(one, 2) for one in found)])
    worlds = learning["world"].nunique()
    head = ["claim", "research", "d′ after 4 weeks", "d′ after 12 weeks"]
    return f"""## 5. What research can find out

d′ is the difference between towns in which a claim holds and in which it does not, in standard
deviations over towns, everything else drawn at random ({worlds} towns). With a d′ of 1 you read
69 % of towns right, with 2 you read 84 %, and with 3 you read 93 %.

{table(head, rows)}"""


def asking_part(asking):
    """Section 6."""
    rows = []
    for price in fairness.PRICES:
        gain = asking["gain"] - price * asking["turnover"]
        error = gain.std(ddof=1) / np.sqrt(len(gain))
        rows.append(
            [
                percent(price),
                dollars((price * asking["turnover"]).mean()),
                f"{dollars(gain.mean())} ± {dollars(error)}",
                percent((gain > 0).mean()),
            ]
        )
    right = asking["right"].mean() / len(fairness.ANSWERED)
    head = ["price, share of the round's turnover", "dollars", "gain ± standard error", "pays in"]
    return f"""## 6. Asking pays

A shop begins as the best fixed policy of section 3. For one round of four weeks it asks
{fairness.SURVEYED} people, makes half of its people the offer at once, and compares what joining in
and paid views bring. Then it settles messages, offer, joining in and views, and keeps to them.

Its gain is measured against the same shop that asks nothing, on the same luck, in {len(asking)}
towns. It was right about {percent(right)} of the claims.

{table(head, rows)}"""


def text():
    """The whole page."""
    kept = {name: fairness.kept(name) for name in fairness.PARTS if name != "found"}
    parts = [
        HEAD.format(people=fairness.PEOPLE, minutes=fairness.MINUTES).strip(),
        seats_part(kept["seats"]),
        weight_part(kept["seats"], kept["policies"]),
        found_part(kept["policies"]),
        acts_part(kept["acts"]),
        learning_part(kept["learning"]),
        asking_part(kept["asking"]),
    ]
    return "\n\n".join(parts) + "\n"


def write():
    """Write the page."""
    PAGE.write_text(text(), encoding="utf-8")
