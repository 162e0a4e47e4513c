"""The panel beside R's msm: what its published numbers do not say.

The numbers themselves are cases of `frontporch.published.r_data`. Where FRONTPORCH_R_DATA names no
folder with `cav.csv` this test is skipped, as docs/published_and_ours.md says.
"""

import pytest

from frontporch.published import r_data


def test_the_effect_without_a_top_goes_beyond_where_msm_ends_and_costs_no_other_interval():
    if r_data.file_of("cav") is None:
        pytest.skip("R's cav.csv is not here")
    found = r_data.heart("sex")
    # The effect on mild to dead has no top: msm's search ends 4e-4 short of the limit.
    assert -2 * found.log_likelihood < 3954.77700438268
    rows = found.summary().iloc[len(r_data.HEART_STEPS) :].reset_index(drop=True)
    assert rows["lower"].drop(4).notna().all()
    assert rows["note"][4]
