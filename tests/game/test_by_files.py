"""A game by files: what a team gets, and the command that an instructor types."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from frontporch.cli import commands
from frontporch.game import load


def porch(*words):
    return CliRunner().invoke(commands.porch, ["game", *map(str, words)])


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "game"
    told = porch("new", place, "--teams", "Ada,Bo,Cy", "--rounds", 2, "--policy", "Cy=usual")
    assert told.exit_code == 0, told.output
    assert f"porch game round {place}" in told.output
    return place


def hand_in(folder, team, number, **parts):
    """Copy the decision that the team got, as how_to_play.md says, and change values."""
    own = folder / (f"{team}_start" if number == 1 else f"{team}_after_round_{number - 1}")
    plain = json.loads((own / f"decision_round_{number}.json").read_text(encoding="utf-8"))
    plain["acts"] |= parts.pop("acts", {})
    file = folder / f"round_{number:02d}" / f"{team}.json"
    file.write_text(json.dumps(plain | parts), encoding="utf-8")


def test_a_game_from_beginning_to_end(folder):
    research = [{"kind": "ab_test", "act": "join_hours", "value": 5}, {"kind": "survey"}]
    hand_in(folder, "Ada", 1, research=research, prediction=9_500, memo="We look first.")
    assert "- Ada: handed in" in porch("status", folder).output
    assert "- Bo: Nothing was handed in." in porch("status", folder).output
    told = porch("round", folder)
    assert told.exit_code == 0, told.output
    own = folder / "Ada_after_round_1"
    names = {file.name for file in own.iterdir()}
    assert names == {
        "told.csv",
        "standings.csv",
        "weeks.csv",
        "flows.csv",
        "orders.csv",
        "posts.csv",
        "research_ab_test_join_hours_steps.csv",
        "research_ab_test_join_hours_stays.csv",
        "research_ab_test_join_hours_money.csv",
        "research_survey_answers.csv",
        "research_survey_ties.csv",
        "what_happened.md",
        "how_to_play.md",
        "decision_round_2.json",
        "form_round_2.csv",
    }
    text = (own / "what_happened.md").read_text(encoding="utf-8")
    assert "You expected 9,500 dollars." in text and "Research came back: ab_test" in text
    assert "Your decision did not count" in (
        folder / "Bo_after_round_1" / "what_happened.md"
    ).read_text(encoding="utf-8")
    assert not (folder / "Cy_after_round_1").exists()
    hand_in(folder, "Ada", 2, acts={"newsletter": True})
    hand_in(folder, "Bo", 2)
    told = porch("round", folder)
    assert "1. " in told.output and "Luck alone" in told.output
    played = load(folder).play()
    assert played.over and played.decisions[1]["Ada"].acts.newsletter
    assert "All 2 rounds" in porch("round", folder).output
    assert "All 2 rounds" in porch("status", folder).output


def test_nothing_of_others_or_of_the_hidden_claims_is_in_a_teams_folder(folder):
    hand_in(folder, "Ada", 1, memo="Our secret plan.", acts={"join_hours": 7})
    porch("round", folder)
    whole = "".join(
        file.read_text(encoding="utf-8")
        for file in (folder / "Bo_after_round_1").iterdir()
        if file.name != "standings.csv"
    )
    assert "Ada" not in whole and "secret" not in whole
    told = pd.read_csv(folder / "Bo_after_round_1" / "told.csv", dtype=str)
    hidden = told[told["here"] == "find out"]
    assert len(hidden) == 5 and hidden["so"].isna().all()


def test_a_round_is_not_resolved_by_mistake(folder):
    told = porch("round", folder)
    assert told.exit_code == 1 and "--anyway" in told.output
    assert porch("round", folder, "--anyway").exit_code == 0
    # Killed before all folders were there: the same round is finished, and no other begun.
    done = folder / "Ada_after_round_1" / "what_happened.md"
    before = done.read_text(encoding="utf-8")
    for file in done.parent.iterdir():
        file.unlink()
    done.parent.rmdir()
    told = porch("round", folder)
    assert "not all folders were written" in told.output
    assert load(folder).resolved == 1 and done.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new", "x", "--teams", "Ada"), "2 to 8"),
        (("new", "x", "--teams", "Ada,Bo", "--rounds", "99"), "from 1 to 12"),
        (("new", "x", "--teams", "Ada,Bo", "--policy", "Boo=usual"), "Did you mean 'Bo'"),
        (("round", "nowhere"), "porch game new nowhere --teams Ada,Bo"),
        (("status", "nowhere"), "porch game new nowhere --teams Ada,Bo"),
    ],
)
def test_what_cannot_be_done_says_what_can(tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    told = porch(*words)
    assert told.exit_code == 1 and said in told.output


def test_changed_files_and_bad_ones_are_told(folder):
    (folder / "round_01" / "Ada.json").write_text('{"acts": {"boost": "60"}}', encoding="utf-8")
    assert "acts.boost is" in porch("status", folder).output
    porch("round", folder)
    (folder / "round_01" / "Ada.json").write_text("{}", encoding="utf-8")
    assert "Ada.json was changed after round 1" in porch("status", folder).output


def test_the_decision_on_the_page_is_one():
    """The page prints a decision, which is taken as it stands, and a refusal in its words."""
    from pathlib import Path

    from frontporch.game import Game
    from frontporch.game.decision import DecisionError

    page = (Path(__file__).parents[2] / "docs" / "game.md").read_text(encoding="utf-8")
    printed = page.partition("```json\n")[2].partition("```")[0]
    game = Game(teams=("Ada", "Bo"))
    decision = game.read_decision("Ada", 1, json.loads(printed))
    assert decision.acts.join_hours == 5 and decision.research[0].value == 1
    with pytest.raises(DecisionError) as refused:
        game.read_decision("Ada", 2, {"acts": {"join_hours": 50}})
    assert f"\n{refused.value}\n" in page
    for kind, price in game.prices.items():
        assert f"| `{kind}` | {price:.0f} dollars |" in page
