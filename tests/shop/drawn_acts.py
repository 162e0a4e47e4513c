"""Acts drawn at random, for properties."""

import dataclasses

from hypothesis import strategies as st

from frontporch.shop.acts import Acts


def one_act(field):
    allowed = field.metadata["allowed"]
    if allowed is None:
        return st.booleans()
    if isinstance(allowed[0], str):
        return st.sampled_from(allowed)
    if isinstance(field.default, int):
        return st.integers(*map(int, allowed))
    return st.floats(*allowed, allow_nan=False)


@st.composite
def some_acts(draw):
    """Any acts at all that go together."""
    chosen = {one.name: draw(one_act(one)) for one in dataclasses.fields(Acts)}
    if chosen["data"] == "none":
        chosen |= {"targeted": False, "suggest": "none"}
    return Acts(**chosen)
