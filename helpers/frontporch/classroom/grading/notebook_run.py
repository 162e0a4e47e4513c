"""Run one handed-in notebook in a process of its own, and say what it handed in.

Started by `isolation`. The notebook comes in on standard input; out go lines of JSON: the
kernel's number, then after each cell what has been handed in so far, so that whatever a later
cell does, the answers before it are kept.
"""

from __future__ import annotations

import ast
import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from ...groups import needs
from ...rounding import as_given

LONGEST = 200  # characters of a name, an answer or a message
MOST = 200  # answers and problems of one notebook
_HANDED_IN = (
    "__import__('json').dumps(__import__('importlib').import_module("
    "'frontporch.classroom.checking.checks').handed_in(), default=repr)"
)


def main(told: dict[str, Any]) -> None:
    """Go behind the wall, then run the notebook.

    Parameters
    ----------
    told : dict
        `folder`, the private one; `readable`, paths; `seconds`; `memory` in bytes; `walled`.
    """
    if told["walled"]:
        from . import wall

        wall.drop_powers()
        wall.hold_files(map(Path, told["readable"]), [Path(told["folder"]), Path("/dev/null")])
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (told["memory"],) * 2)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**28,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    book, problem = read(sys.stdin.buffer.read())
    if problem:
        say(problem=problem, graded=False)
        return
    asyncio.run(run(book, told))


def read(raw: bytes) -> tuple[Any, str]:
    """Give the notebook, or None and why it is none.

    Examples
    --------
    >>> read(b'{"cells": [')[1]
    'It is cut off in the middle: the file ends before the notebook does.'
    >>> read(b'["a", "b"]')[1]
    'It is not a notebook, although its name ends in .ipynb.'
    """
    with needs("Grading"):
        import nbformat

    if not raw.strip():
        return None, "It is empty."
    try:
        text = raw.decode("utf-8-sig")
        whole = json.loads(text)
    except UnicodeDecodeError:
        return None, "It is not a notebook: it is not even text."
    except RecursionError:
        return None, "It is not a notebook, although its name ends in .ipynb."
    except json.JSONDecodeError as error:
        if not text.lstrip().startswith("{"):
            return None, "It is not a notebook, although its name ends in .ipynb."
        if error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated"):
            return None, "It is cut off in the middle: the file ends before the notebook does."
        return None, f"It is damaged in line {error.lineno}: {error.msg}."
    if not isinstance(whole, dict) or not ("cells" in whole or "worksheets" in whole):
        return None, "It is not a notebook, although its name ends in .ipynb."
    try:
        book = nbformat.reads(text, as_version=4)
        sound = all(isinstance(c.source, str) and isinstance(c.cell_type, str) for c in book.cells)
        sound = sound and isinstance(book.metadata, dict)
    except Exception as error:
        return None, f"It is not a sound notebook: {short(error)}."
    return (book, "") if sound else (None, "It is not a sound notebook: a cell has no text.")


async def run(book: Any, told: dict[str, Any]) -> None:
    """Run the cells one by one until the end or until time is up."""
    with needs("Grading"):
        from nbclient.exceptions import DeadKernelError

    client, cells, replies = _client(book, told), [], []
    # A reply is never lost, as a message that is shown can be in a flood of them.
    client.on_cell_executed = lambda execute_reply, **_cell: replies.append(execute_reply)
    lesson = book.metadata.get("frontporch", {})
    say(lesson=short(lesson.get("lesson", "")) if isinstance(lesson, dict) else "", graded=True)
    quiet = {"stdout": -3, "stderr": -3}  # subprocess.DEVNULL
    async with client.async_setup_kernel(cwd=told["folder"], cleanup_kc=False, **quiet):
        # Time counts from here: the start of the kernel is not the student's.
        end = time.monotonic() + told["seconds"]
        client.timeout_func = lambda _cell: max(end - time.monotonic(), 0.1)
        say(kernel=client.km.provisioner.pid)
        for index, cell in enumerate(book.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            cells.append(cell)
            replies.clear()
            try:
                await client.async_execute_cell(cell, index)
                say(handed_in=await _handed_in(client))
            except DeadKernelError:
                say(problem=f"{_named(cells)} ended the kernel.")
                break
            if time.monotonic() >= end:
                say(
                    problem=f"{_named(cells)} was still running after "
                    f"{as_given(told['seconds'])} seconds: it was stopped there."
                )
                break
            for reply in replies:
                if reply["content"].get("status") == "error":
                    say(problem=_failed(cells, reply["content"], told["memory"]))
        say(done=True)
        sys.stdout.flush()
        os._exit(0)  # whoever started this process ends the kernel


def say(**told: Any) -> None:
    """Send one line to whoever started this process."""
    print(json.dumps(told), flush=True)


def short(value: Any) -> str:
    """Give a text on one line, cut to a length that fits a table.

    Examples
    --------
    >>> short("two  lines\\nof text")
    'two lines of text'
    """
    text = str(value)[: 20 * LONGEST]
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _client(book: Any, told: dict[str, Any]) -> Any:
    with needs("Grading"):
        from jupyter_client.manager import AsyncKernelManager
        from nbclient import NotebookClient

    class Client(NotebookClient):
        """Keeps no output: a cell that prints for ever fills no memory here."""

        def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
            if msg["msg_type"] in ("status", "execute_input"):
                return super().process_message(msg, cell, cell_index)
            return None

    folder = Path(told["folder"])
    specification = folder / "jupyter" / "kernels" / "handed-in"
    specification.mkdir(parents=True)
    mode = "walled" if told["walled"] else "open"
    start = [sys.executable, "-P", "-m", "frontporch.classroom.grading.walled_kernel", mode]
    (specification / "kernel.json").write_text(
        json.dumps(
            {"argv": [*start, "-f", "{connection_file}"], "display_name": "", "language": "python"}
        ),
        encoding="utf-8",
    )
    manager = AsyncKernelManager(kernel_name="handed-in")
    if sys.platform != "win32":
        manager.transport, manager.ip = "ipc", str(folder / "k")
    return Client(
        book,
        km=manager,
        allow_errors=True,
        interrupt_on_timeout=True,
        startup_timeout=120,
        store_widget_state=False,
    )


async def _handed_in(client: Any) -> dict[str, Any]:
    """What the notebook has handed in so far; asked without its own variables or print."""
    reply = await client.kc.execute(
        "", silent=True, user_expressions={"said": _HANDED_IN}, reply=True, timeout=20
    )
    try:
        text = reply["content"]["user_expressions"]["said"]["data"]["text/plain"]
        told = json.loads(ast.literal_eval(text[: 2**20]))
        answers = {short(name): _plain(one) for name, one in list(told["answers"].items())[:MOST]}
        team = told.get("team")
        team = None if team is None else str(team)[:LONGEST]
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, RecursionError):
        return {}
    return {"team": team, "answers": answers}


def _plain(answer: Any) -> Any:
    if answer is None or isinstance(answer, (bool, float)):
        return answer
    if isinstance(answer, int):
        return answer if abs(answer) < 2**53 else float("inf")
    return short(answer)


def _named(cells: list[Any]) -> str:
    begin = short(cells[-1].source.strip().splitlines()[0])
    begin = begin if len(begin) <= 40 else begin[:39] + "…"
    return f"Code cell {len(cells)} ({begin})"


def _failed(cells: list[Any], reply: dict[str, Any], memory: int) -> str:
    name = short(reply.get("ename", ""))
    if name in ("MemoryError", "_ArrayMemoryError"):
        return f"{_named(cells)} used up the {as_given(memory / 1e9)} GB of memory."
    return short(f"{_named(cells)} fails: {name}: {reply.get('evalue', '')}") + "."


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
