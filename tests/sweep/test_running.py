"""A sweep gives the same rows on every engine, in any order, however often it is interrupted."""

import functools
import json
import multiprocessing
import os
import queue
import re
import sqlite3
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community, sweep
from frontporch.sweep import batches, engines, processes, worker
from frontporch.sweep.engines import Cores, Here
from frontporch.sweep.store import Store, StoreError, this_process
from frontporch.sweep.study import Study

GRID = {"steps": [10, 1_000], "luck": [0.5, 0.9]}


def walk(steps, seed, luck=0.5):
    if seed.random() > luck:
        raise ValueError(f"no luck at {steps}")
    return {"end": int(seed.choice([-1, 1], steps).sum())}


def adder(more):
    def add(people):
        return people + more

    return add


def both(study):
    return study.table.to_csv(), study.failures.to_csv()


@pytest.fixture(scope="module")
def here():
    return sweep.run(walk, GRID, 25, seed=7)


def test_a_row_a_run_in_the_order_of_the_design(here):
    table, failures = here.table, here.failures
    assert list(table.columns) == ["steps", "luck", "replicate", "end"]
    assert len(table) + len(failures) == 100
    assert list(dict.fromkeys(table["steps"])) == [10, 1_000]
    assert set(failures["stage"]) == {"walk, line 3"}
    assert set(failures["message"]) == {"ValueError: no luck at 10", "ValueError: no luck at 1000"}
    assert "no luck" in here.traceback(steps=10)
    assert str(here.status) == f"100 of 100 runs, {len(failures)} failed"


def test_processes_give_the_bits_of_this_one(here):
    assert both(sweep.run(walk, GRID, 25, seed=7, engine="cores", workers=2)) == both(here)


def test_dask_gives_the_bits_of_this_process(here):
    from distributed import Client, LocalCluster

    with (
        LocalCluster(2, processes=False, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        assert both(sweep.run(walk, GRID, 25, seed=7, engine="dask", workers=client)) == both(here)


@settings(max_examples=20)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=4), st.integers(1, 30))
def test_batches_hold_each_run_once(counts, size):
    made = sweep.running.plan(len_of, {"k": list(range(len(counts)))}, max(counts), 7)
    keys = list(made.distinct())
    there = {key: set(range(0, max(counts), count)) for key, count in zip(keys, counts)}  # noqa: B905
    waiting = batches.Batches(made, there)
    expected = {(key, k) for key in keys for k in range(max(counts)) if k not in there[key]}
    found, out = [], 0
    assert waiting.waiting == len(expected)
    while waiting.waiting:
        batch = waiting.next(2, out)
        done = worker.run_batch(made.task, batch.parts)[: max(1, min(size, batch.size))]
        found += [(one.key, one.replicate) for one in done]
        waiting.arrived(batch, done)
    assert sorted(found) == sorted(expected)


def len_of(k, seed):
    return k


def test_a_grown_design_keeps_its_rows(tmp_path, here):
    file = tmp_path / "walks.sqlite"
    sweep.run(walk, {"steps": [1_000], "luck": [0.9]}, 10, seed=7, store=file)
    before = Store(file).replicates()
    assert sum(map(len, before.values())) == 10
    grown = sweep.run(walk, GRID, 25, seed=7, store=file)
    assert both(grown) == both(here)
    assert before.keys() <= Store(file).replicates().keys()
    assert both(sweep.read(file)) == both(here)


def test_the_same_call_computes_nothing_twice(tmp_path, monkeypatch):
    file = tmp_path / "walks.sqlite"
    sweep.run(walk, GRID, 5, seed=7, store=file)
    monkeypatch.setattr(Here, "submit", None)
    assert sweep.run(walk, GRID, 5, seed=7, store=file).status.left == 0


def test_an_interrupt_loses_a_batch_at_most(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    file, calls = tmp_path / "walks.sqlite", tmp_path / "calls"

    def stops(k, seed):
        with calls.open("a") as opened:
            opened.write(".")
        if calls.stat().st_size == 30:
            raise KeyboardInterrupt
        return float(seed.random())

    with pytest.raises(KeyboardInterrupt):
        sweep.run(stops, {"k": list(range(50))}, seed=7, store=file)
    kept = sweep.read(file)
    said = f"Interrupted. {kept.status.done} of 50 runs are kept in {file}. The same call goes on."
    assert said in capsys.readouterr().err
    assert not kept.status.running
    assert 0 < len(kept.table) < 30
    before = kept.status.done
    whole = sweep.run(stops, {"k": list(range(50))}, seed=7, store=file)
    assert calls.stat().st_size == 30 + 50 - before
    assert whole.table.equals(sweep.run(stops, {"k": list(range(50))}, seed=7).table)


def test_streams_follow_the_run_and_nothing_else():
    def draws(k, seed):
        return float(seed.random())

    one = sweep.run(draws, {"k": [1, 2, 3]}, 4, seed=7).table
    other = sweep.run(draws, {"k": [3, 1]}, 9, seed=7).table
    merged = one.merge(other, on=["k", "replicate"])
    assert len(merged) == 8
    assert (merged["value_x"] == merged["value_y"]).all()
    assert one["value"].nunique() == 12
    assert not set(one["value"]) & set(sweep.run(draws, {"k": [1, 2, 3]}, 4, seed=8).table["value"])


def test_a_product_of_a_factory_is_told_apart_and_runs_in_processes(tmp_path):
    file = tmp_path / "adder.sqlite"
    table = sweep.run(adder(2), {"people": [1]}, seed=7, store=file, engine="cores", workers=1)
    assert table.table["value"].tolist() == [3]
    with pytest.raises(StoreError, match="something that the function uses, captured or calls"):
        sweep.run(adder(3), {"people": [1]}, seed=7, store=file)


def test_functions_are_parameters_by_their_names():
    def both_of(rule, people):
        return rule(people=people)

    design = {"rule": [adder(2), adder(5), functools.partial(max, 3)], "people": [4]}
    study = sweep.run(both_of, design, seed=7)
    assert study.table["rule"].tolist() == ["add(more=2)", "add(more=5)"]
    assert study.table["value"].tolist() == [6, 9]
    assert study.failures["rule"].tolist() == ["max(3)"]
    assert sweep.check(study, both_of, design=design).same
    with pytest.raises(ValueError, match="say design="):
        sweep.check(study, both_of)


def test_a_community_is_opened_and_not_sent(tmp_path):
    town = community.small_world(people=300, ties_each=6, seed=7)
    for name in ("one", "two"):
        community.save(town, tmp_path / name)
    design = {"town": [str(tmp_path / "one")], "chance": [0.05, 0.2]}

    def reach(town, chance, seed):
        assert not town.targets.flags.owndata
        rule = community.independent_cascade(chance)
        return {"reach": community.simulate(town, 0, rule, runs=5, seed=seed).mean}

    opened = {"town": community.load}
    mine = sweep.run(reach, design, 3, seed=7, opened=opened)
    moved = design | {"town": [str(tmp_path / "two")]}
    theirs = sweep.run(
        reach, moved, 3, seed=7, opened=opened, engine="cores", workers=1, store=tmp_path / "r"
    )
    assert mine.failures.empty
    assert mine.table["reach"].tolist() == theirs.table["reach"].tolist()
    assert sweep.check(tmp_path / "r", reach, opened=opened).same
    community.save(community.ring(300, 6), tmp_path / "two")
    with pytest.raises(StoreError, match="two holds something else"):
        sweep.run(reach, moved, 3, seed=7, opened=opened, store=tmp_path / "r")
    # What is heavy is refused, with what to write instead.
    heavy = functools.partial(reach, community.small_world(30_000, 10, seed=7))
    with pytest.raises(TypeError, match=r"community\.save\(town, 'town'\).*opened="):
        sweep.run(heavy, {"chance": [0.1]}, seed=7, engine="cores")


def test_a_path_that_changes_meanwhile_is_a_failure(tmp_path, monkeypatch):
    file = tmp_path / "people.txt"
    file.write_text("3")

    def read(people):
        return int(people)

    def opens(path):
        return file.read_text()

    assert sweep.run(read, {"people": [str(file)]}, seed=7, opened={"people": opens}).table[
        "value"
    ].tolist() == [3]
    with pytest.raises(FileNotFoundError, match="there is no file or folder"):
        sweep.run(read, {"people": ["nix"]}, seed=7, opened={"people": opens})
    task = sweep.running.plan(read, {"people": [str(file)]}, 1, 7, {"people": opens})
    file.write_text("4")
    monkeypatch.setattr(worker, "_opened", worker._Kept())  # as in a new process
    (outcome,) = worker.run_batch(task.task, [worker.Part("00" * 16, task.points[0].sent, [0])])
    assert (outcome.state, outcome.stage) == ("failed", "opening")
    assert "holds something else" in outcome.message


def refused(tmp_path, change):
    """Say how a store of `walk` is refused after a change of the call."""
    file = tmp_path / "walks.sqlite"
    call = {"function": walk, "design": GRID, "replications": 3, "seed": 7}
    sweep.run(**call, store=file)
    with pytest.raises(StoreError) as error:
        sweep.run(**(call | change), store=file)
    return str(error.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seed": 8}, "begun with seed 7, and this call has 8. Say the same seed"),
        (
            {"function": len_of, "design": {"k": [1]}},
            "its function is walk, and this one is len_of",
        ),
        ({"design": {"steps": [10], "luck": [0.5]}}, "3 points that this design lacks, such as"),
        ({"design": {"steps": [10]}}, "begun with parameters"),
        ({"replications": 2}, "it has 3 replications, and this call 2"),
    ],
)
def test_a_store_of_another_sweep_is_refused_and_the_difference_named(tmp_path, change, told):
    assert told in refused(tmp_path, change)


def test_changed_code_is_named_by_its_line_and_comments_do_not_count(tmp_path, saved):
    file = tmp_path / "s.sqlite"

    def begin(code):
        space = {"__name__": "__main__"}
        path = saved(code, f"m{abs(hash(code))}.py")
        exec(compile(code, str(path), "exec"), space)
        return sweep.run(space["f"], {"k": [1]}, seed=7, store=file)

    begin("def f(k):\n    return k + 1\n")
    begin("def f(k):\n    '''Add.'''\n    # one more\n    return (k + 1)\n")
    with pytest.raises(StoreError, match=r"line 2 was .*, and is 'return k \+ 2'"):
        begin("def f(k):\n    return k + 2\n")


def test_another_version_is_refused_until_it_is_accepted(tmp_path):
    file = tmp_path / "walks.sqlite"
    sweep.run(len_of, {"k": [1]}, seed=7, store=file)
    kept = Store(file, write=True)
    kept.put("versions", kept.get("versions") | {"numpy": "1.0.0"})
    with pytest.raises(StoreError, match=r"numpy 1\.0\.0, and this is numpy"):
        sweep.run(len_of, {"k": [1]}, seed=7, store=file)
    assert "numpy 1.0.0" in repr(sweep.check(file, len_of))
    sweep.read(file).accept_versions()
    sweep.run(len_of, {"k": [1]}, seed=7, store=file)


def test_a_second_writer_is_refused_and_a_dead_one_is_not(tmp_path):
    file = tmp_path / "walks.sqlite"
    sweep.run(len_of, {"k": [1]}, seed=7, store=file)
    kept = Store(file, write=True)
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        kept.put("driver", this_process() | {"pid": other.pid, "started": None, "seen": 0})
        assert Study(kept).status.running
        with pytest.raises(StoreError, match=f"process {other.pid}"):
            sweep.run(len_of, {"k": [1]}, seed=7, store=file)
    finally:
        other.communicate(b"\n")
    sweep.run(len_of, {"k": [1]}, seed=7, store=file)


def test_a_file_that_is_no_store_is_left_alone(tmp_path):
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as made:
        made.execute("create table mine(a)")
    made.close()
    text = tmp_path / "text.sqlite"
    text.write_text("no database at all, and long enough to be one" * 40)
    for file in (other, text):
        before = file.read_bytes()
        with pytest.raises(StoreError, match="is no store of a sweep"):
            sweep.run(len_of, {"k": [1]}, seed=7, store=file)
        assert file.read_bytes() == before
    with pytest.raises(FileNotFoundError, match="there is no store"):
        sweep.read(tmp_path / "nix.sqlite")


def test_a_power_cut_within_a_write_leaves_what_was_there(tmp_path):
    """The file and its journal, as they lie on the disk while a transaction is being written."""
    file, cut = tmp_path / "walks.sqlite", tmp_path / "cut.sqlite"
    sweep.run(len_of, {"k": list(range(200))}, 5, seed=7, store=file)
    before = sweep.read(file).table
    kept = Store(file, write=True)
    kept._file.execute("pragma cache_size=1")  # pages go to the disk before the end
    with pytest.raises(ZeroDivisionError), kept.writing():
        kept._file.execute("update runs set result = 'spoilt'")
        cut.write_bytes(file.read_bytes())
        journal = file.with_name("walks.sqlite-journal")
        cut.with_name("cut.sqlite-journal").write_bytes(journal.read_bytes())
        raise ZeroDivisionError
    assert b"spoilt" in cut.read_bytes()
    assert sweep.read(cut).table.equals(before)


def fails_sometimes(k, seed):
    if k % 20 == 7:
        raise ZeroDivisionError(k)
    return k


def test_of_1000_points_the_50_that_raise_are_rows(tmp_path):
    study = sweep.run(fails_sometimes, {"k": list(range(1_000))}, seed=7, store=tmp_path / "s")
    assert (len(study.table), len(study.failures)) == (950, 50)
    assert study.failures["message"].tolist() == [
        f"ZeroDivisionError: {k}" for k in range(7, 1_000, 20)
    ]
    assert study.forget_failed() == 50
    assert study.status.left == 50


def ends_its_process(k, seed):
    import os

    if k == 1:
        os._exit(3)
    return k


def test_a_batch_that_ends_workers_is_halved_until_the_run_is_known():
    made = sweep.running.plan(len_of, {"k": list(range(8))}, 1, 7)
    waiting = batches.Batches(made, {})
    waiting._most, waiting._pace, guilty = 100.0, 1e-6, made.points[5].key
    found, out, ended = [], [], 0
    while waiting.waiting or out:
        while batch := waiting.next(1, len(out)):
            out.append(batch)
        batch = out.pop(0)
        if guilty in {one.key for one in batch.parts}:
            ended += 1
            found += waiting.lost(batch)
        else:
            found += worker.run_batch(made.task, batch.parts)
    assert ended <= 1 + 3 + 3
    assert sorted(one.key for one in found) == sorted(one.key for one in made.points)
    assert [(one.key, one.stage) for one in found if one.state == "failed"] == [(guilty, "worker")]


@pytest.mark.slow
def test_a_run_that_ends_every_worker_is_a_row():
    design = {"k": [0, 1, 2]}
    study = sweep.run(ends_its_process, design, 2, seed=7, engine="cores", workers=1)
    assert study.table["value"].tolist() == [0, 0, 2, 2]
    assert study.failures["stage"].tolist() == ["worker"] * 2
    assert "ended 3 times" in study.failures["message"][0]


def test_a_long_batch_is_handed_in_before_it_is_done(monkeypatch):
    monkeypatch.setattr(worker, "LONGEST", 0.0)
    monkeypatch.setattr(batches, "GROWTH", 50)
    assert len(sweep.run(walk, GRID, 25, seed=7).table) > 50


def test_check_finds_a_function_that_draws_from_elsewhere():
    def dishonest(k, seed):
        return time.perf_counter()

    study = sweep.run(dishonest, {"k": [1, 2]}, 5, seed=7)
    found = sweep.check(study, dishonest, sample=4)
    assert not found.same
    assert repr(found) == "0 of 4 recomputed runs are the same to the last bit"
    with pytest.raises(StoreError, match="was made with another"):
        sweep.check(study, len_of)


def test_export_writes_bytes_that_do_not_depend_on_the_order(tmp_path):
    first, second = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    sweep.run(walk, GRID, 6, seed=7, store=first)
    sweep.run(walk, {"steps": [1_000], "luck": [0.9]}, 4, seed=7, store=second)
    sweep.run(walk, GRID, 6, seed=7, store=second)
    written = [sweep.read(one).export(one.with_suffix(".csv")) for one in (first, second)]
    assert written[0].read_bytes() == written[1].read_bytes()
    about = json.loads(first.with_suffix(".manifest.json").read_text(encoding="utf-8"))
    assert about["function"] == "walk"
    assert about["seed"] == 7
    assert "def walk" in about["text"]
    assert about["processor"]
    assert about["versions"]["numpy"] == np.__version__


def test_export_writes_parquet(tmp_path, here):
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    assert pd.read_parquet(here.export(tmp_path / "t.parquet")).equals(here.table)


def test_summary_gives_a_mean_and_its_error_at_each_point(here):
    told = here.summary()
    some = here.table[(here.table["steps"] == 10) & (here.table["luck"] == 0.9)]["end"]
    row = told[(told["steps"] == 10) & (told["luck"] == 0.9)].iloc[0]
    assert row["runs"] + row["failed"] == 25
    assert row["end"] == some.mean()
    assert row["end error"] == pytest.approx(some.std() / len(some) ** 0.5)


def test_a_function_that_does_not_fit_is_refused_before_the_first_run():
    def needs_two(people, chance, seed):
        return 1

    cases = {
        "needs 'chance', which the design does not give": {"people": [1]},
        "takes no 'poeple'. Did you mean 'people'?": {"poeple": [1], "chance": [1]},
        "write a list, such as [3]": {"people": 3, "chance": [1]},
        "is nan, but a finite number": {"people": [float("nan")], "chance": [1]},
        "is empty": {"people": [], "chance": [1]},
        "point 1 is the same as point 0": [{"people": 1, "chance": 2}] * 2,
        "'chance' is a parameter of some rows": [{"people": 1, "chance": 2}, {"people": 1}],
        "cannot be the name": {"people": [1], "chance": [1], "seed": [1]},
    }
    for told, design in cases.items():
        with pytest.raises((TypeError, ValueError), match=re.escape(told)):
            sweep.run(needs_two, design, seed=7)
    with pytest.raises(ValueError, match="takes no `seed`, so that all replications"):
        sweep.run(adder(1), {"people": [1]}, 2, seed=7)
    with pytest.raises(KeyError, match=r"no engine 'cors'\. Did you mean 'cores'"):
        sweep.run(len_of, {"k": [1]}, seed=7, engine="cors")
    with pytest.raises(ValueError, match="needs the address of a scheduler"):
        sweep.run(len_of, {"k": [1]}, seed=7, engine="dask")
    with pytest.raises(ValueError, match="needs a number"):
        sweep.run(len_of, {"k": [1]}, seed=7, engine="cores", workers="two")


def test_what_cannot_be_sent_is_refused_with_what_to_write(tmp_path):
    with (tmp_path / "log").open("w") as file:

        def writes(k):
            return file.write(str(k))

        with pytest.raises(TypeError, match="such as a file, is opened inside it"):
            sweep.run(writes, {"k": [1]}, seed=7, engine="cores")
    rng = np.random.default_rng(7)
    with pytest.raises(TypeError, match="take `seed`, the generator of the run, instead"):
        sweep.run(lambda k: rng.random(), {"k": [1]}, seed=7)


def test_results_that_are_no_rows_are_failures():
    gives = {
        "nothing": None,
        "set": {1},
        "list": [],
        "taken": {"what": 1},
        "several": {"a": [1, 2]},
    }
    told = {
        "nothing": "does it end with `return`?",
        "set": "return a number, or a dictionary",
        "list": "no row at all",
        "taken": "'what', which is the name of a parameter",
        "several": "several values as 'a'",
    }

    def returns(what):
        return gives[what]

    study = sweep.run(returns, {"what": list(gives)}, seed=7)
    for row in study.failures.to_dict("records"):
        assert row["stage"] == "result"
        assert told[row["what"]] in row["message"]


def test_rows_of_a_result_repeat_the_parameters():
    def weeks(people, seed):
        return [{"week": k, "fans": people * k} for k in (1, 2)]

    table = sweep.run(weeks, {"people": [3]}, 2, seed=7).table
    assert table["fans"].tolist() == [3, 6, 3, 6]
    assert table["replicate"].tolist() == [0, 0, 1, 1]


def test_the_driver_is_the_only_one_that_has_to_live(monkeypatch):
    """A process ends when the other end of its pipe has."""
    ended = []
    monkeypatch.setattr(processes.os, "_exit", ended.append)
    ours, theirs = multiprocessing.Pipe()
    ours.close()
    with pytest.raises(EOFError):
        processes._listen(theirs, queue.SimpleQueue())
    assert ended == [1]


def test_a_process_that_dies_within_its_answer_loses_its_own_batch_and_no_other():
    engine = Cores(sweep.running.plan(len_of, {"k": [1]}, 1, 7).task, 2)
    first, second = engine._processes
    ours, theirs = multiprocessing.Pipe()
    theirs.send_bytes(b"half of an answer"[:9])
    whole = os.read(ours.fileno(), 99)
    os.write(theirs.fileno(), whole[:-1])
    theirs.close()
    first.pipe = ours
    computed, waited, others = (batches.Batch(()) for _ in range(3))
    first.out.extend([computed, waited])
    second.out.append(others)
    assert engine.arrived(1) == [(computed, None), (waited, [])]
    assert engine._processes[0].lives
    assert list(second.out) == [others]
    engine.close(kill=True)


def test_workers_are_counted_by_the_processors_that_may_be_used():
    assert worker.cores() >= 1
    task = sweep.running.plan(len_of, {"k": [1]}, 1, 7).task
    engine = Cores(task)
    assert engine.workers == worker.cores()
    assert engine.room() == engines.AHEAD * worker.cores()


def test_other_pools_of_joblib_stay_as_they_are():
    import joblib

    call = {"design": {"k": [1]}, "seed": 7, "engine": "cores", "workers": 1}
    before = sweep.run(len_of, **call).table
    assert joblib.Parallel(n_jobs=2)(joblib.delayed(abs)(-k) for k in range(3)) == [0, 1, 2]
    assert sweep.run(len_of, **call).table.equals(before)
