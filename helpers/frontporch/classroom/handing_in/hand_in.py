"""The button that hands in, and the same as a typed call."""

from __future__ import annotations

import base64
import html
from pathlib import Path
from typing import Any

from ...groups import needs
from ...names import UnknownName, nearest
from .. import spoken_names
from ..course_package import course
from ..on_page import on_page
from ..record import kept
from ..record.entry import RecordError
from . import contents, hand_in_file
from .hand_in_file import HandIn, HandInError


class HandingIn:
    """A button that writes the file of a lesson; made by `hand_in`."""

    def __init__(self, lesson: str) -> None:
        self.lesson = lesson
        self._said: Any = None

    def write(self) -> Written:
        """Write the file, as a click on the button does, and say what is in it.

        Returns
        -------
        Written
            Shows what is in the file, what is missing, and a link to download it.
        """
        made = _written(self.lesson)
        if self._said is not None:
            self._said.value = made._repr_html_()
        return made

    def __repr__(self) -> str:
        """Say what to type."""
        return (
            f"Hand in lesson {self.lesson}: hand_in({self.lesson}).write() writes your answers, "
            "predictions, decision and memo into one file."
        )

    def _ipython_display_(self) -> None:
        """Say what the button does, also where there is none, and show it."""
        with needs("A button"):
            import ipywidgets
            from IPython.display import HTML, display

        display(HTML(_INTRODUCTION.format(self.lesson)))
        button = ipywidgets.Button(
            description=f"Hand in lesson {self.lesson}",
            button_style="primary",
            tooltip=f"Write the file of lesson {self.lesson} to hand in",
            layout={"width": "auto"},
        )
        self._said = ipywidgets.HTML(
            value=_before(self.lesson), layout={"width": "38em", "max_width": "100%"}
        )
        button.on_click(lambda _button: self.write())
        spoken_names.show(ipywidgets.VBox([button, self._said]))


_INTRODUCTION = (
    "<p>Click <b>Hand in lesson {0}</b>. It writes your answers, predictions, decision and memo of "
    "this lesson into one small file. Upload that file where your instructor asks for it.</p>"
)


_LINK = "color:var(--jp-content-link-color,#0b57a4);text-decoration:underline;font-weight:600"
_NEXT = "Upload it where your instructor asks for it."
_NEXT_ON_PAGE = (
    "Download it now, and upload it where your instructor asks for it. This page forgets your "
    "answers when you close it."
)


class Written:
    """What became of a click on *Hand in*.

    Parameters
    ----------
    sentences : list of str
        What is in the file, or why there is none.
    missing : list of str
        What it lacks.
    made : HandIn, optional
        What is in the file.
    path : pathlib.Path, optional
        Where it was written.
    """

    def __init__(
        self,
        sentences: list[str],
        missing: list[str] | None = None,
        made: HandIn | None = None,
        path: Path | None = None,
    ) -> None:
        self.sentences, self.missing, self.made, self.path = sentences, missing or [], made, path

    def __repr__(self) -> str:
        """Say it in lines."""
        lacks = ["Still missing:", *(f"- {one}" for one in self.missing)] if self.missing else []
        return "\n".join([*self.sentences, *lacks])

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{html.escape(one)}</p>" for one in self.sentences)
        if self.missing:
            listed = "".join(f"<li>{html.escape(one)}</li>" for one in self.missing)
            said += (
                f"<p>Still missing (you can hand in again: the newest file counts):</p>"
                f"<ul>{listed}</ul>"
            )
        if self.made is not None:
            held = base64.b64encode(self.made.content()).decode("ascii")
            name = html.escape(self.made.name)
            said += (
                f'<p><a download="{name}" style="{_LINK}" '
                f'href="data:application/json;base64,{held}">Download {name}</a></p>'
            )
        return f'<div role="status">{said}</div>'


def hand_in(lesson: int | str) -> HandingIn:
    """Hand in a lesson: a button that writes one small file, which you upload.

    Parameters
    ----------
    lesson : int or str
        Number of the lesson.

    Returns
    -------
    HandingIn
        Shown where it is the last line of a cell; ``hand_in(5).write()`` does what the button
        does. The file lies beside your answers, and a link downloads it.

    Raises
    ------
    UnknownName
        If the course has no such lesson; the message names those there are.

    Examples
    --------
    >>> hand_in(5)
    Hand in lesson 5: hand_in(5).write() writes your answers, predictions, decision and memo \
into one file.
    """
    wanted, known = str(lesson).strip(), [str(one) for one in course().numbers()]
    if wanted not in known:
        raise UnknownName(f"There is no lesson {lesson!r}. {nearest(wanted, known)}")
    return HandingIn(wanted)


def _written(lesson: str) -> Written:
    try:
        made = hand_in_file.made(lesson, kept.entries())
    except (RecordError, OSError) as error:
        return Written([f"Nothing was handed in: {error}"])
    if contents.is_empty(made):
        return Written(
            [
                f"There is nothing to hand in yet: no answer of lesson {lesson} is recorded in "
                f"{kept.kept_in().name}. Answer an exercise above, and click again."
            ]
        )
    path: Path | None = kept.kept_in().with_name(made.name)
    lacks = contents.missing(made)
    try:
        kept.replaced(kept.kept_in().with_name(made.name), made.content())
        where = "ready" if on_page() else f"written, into the folder {_folder()}"
        told = f"{made.name} is {where}. {contents.holds(made)}"
    except OSError as error:
        path = None
        told = f"The file could not be written here ({error.strerror}). Download it below."
    whose = ", ".join(one for one in (made.team, made.person) if one) or "nobody: no name was typed"
    return Written(
        [told, f"It is handed in by {whose}.", _NEXT_ON_PAGE if on_page() else _NEXT],
        lacks,
        made,
        path,
    )


def _before(lesson: str) -> str:
    """Say whether a file was written before, and whether it is still up to date."""
    try:
        now = hand_in_file.made(lesson, kept.entries())
        path = kept.kept_in().with_name(now.name)
        if contents.is_empty(now) or not path.is_file():
            return ""
        before = hand_in_file.read(path.read_bytes())
    except (RecordError, HandInError, OSError):
        return ""
    if before.entries == now.entries:
        return f"<p>{html.escape(now.name)} is written and up to date.</p>"
    return (
        f"<p>{html.escape(now.name)} is older than your last entries. "
        "Click the button to write it again.</p>"
    )


def _folder() -> str:
    return kept.kept_in().resolve().parent.name
