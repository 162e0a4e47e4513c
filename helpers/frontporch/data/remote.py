"""Data that the kit may not carry: what they are is said first, then the user fetches them."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from ..groups import needs
from ..names import pick


@dataclass(frozen=True)
class Remote:
    """A published data set that lies elsewhere.

    Parameters
    ----------
    name, title : str
        What it is called.
    address : str
        Where the file lies.
    page : str
        Where it is described.
    sha256 : str
        Hash of the unpacked file, as it was when the kit looked at it.
    rows : int
        How many rows the table has.
    licence, citation, notes : str
        Under what terms it may be used, how to cite it, and what to know before.
    read : callable
        From the unpacked bytes to an interactions table.
    """

    name: str
    title: str
    address: str
    page: str
    sha256: str
    rows: int
    licence: str
    citation: str
    notes: str
    read: Callable[[bytes], pd.DataFrame]

    def __str__(self) -> str:
        """Say what would be downloaded, and under what terms."""
        return "\n".join(
            [
                f"{self.title} ({self.name})",
                f"Address: {self.address}",
                f"Page: {self.page}",
                f"SHA-256 of the unpacked file: {self.sha256}",
                f"Licence: {self.licence}",
                f"Cite as: {self.citation}",
                f"Know before: {self.notes}",
            ]
        )


def _college_messages(text: bytes) -> pd.DataFrame:
    numbers = np.array(text.split(), dtype=np.int64).reshape(-1, 3)
    return pd.DataFrame(
        {
            "start": pd.to_datetime(numbers[:, 2], unit="s", utc=True),
            "source": numbers[:, 0].astype(str),
            "target": numbers[:, 1].astype(str),
            "channel": "online message",
        }
    )


BY_HAND = (
    'deepening.logs.read("{path}", names=["source", "target", "start"], times="seconds", '
    'zone="UTC", channel="online message")'
)
"""The line that reads the file of messages, where somebody fetched it by hand."""

REMOTE = {
    "students_online": Remote(
        name="students_online",
        title="Messages of a new online community of students, 2004",
        address="https://snap.stanford.edu/data/CollegeMsg.txt.gz",
        page="https://snap.stanford.edu/data/CollegeMsg.html",
        sha256="e00ba2415373dee52c00616065bcceaa4750e78de60d1855c76470600f10740f",
        rows=59_835,
        licence=(
            "none is stated for the data at this address; the same messages are in the R package "
            "tnet under GPL-3. Read the page and decide whether your use is allowed."
        ),
        citation=(
            "Panzarasa, Opsahl & Carley (2009), Patterns and dynamics of users' behavior and "
            "interaction: Network analysis of an online community, Journal of the American Society "
            "for Information Science and Technology 60(5):911–932."
        ),
        notes=(
            "private messages without their text, people as numbers: do not try to find out who "
            "they are. Times are UTC, seven hours later than in the R package. Observed from the "
            "launch of the community. The hash was computed from the messages of the R package, "
            "written in this file's form; the file itself packs them, and its packed bytes may "
            "change."
        ),
        read=_college_messages,
    ),
}


def fetch(
    name: str, *, agree: bool = False, folder: str | os.PathLike[str] | None = None
) -> pd.DataFrame | Remote:
    """Say what a data set is that lies elsewhere, and download it if the user agrees.

    Parameters
    ----------
    name : str
        Name of the data set: "students_online".
    agree : bool
        False shows address, hash, licence and citation, and downloads nothing. True says that
        you have read them and want the file.
    folder : path, optional
        Where the file is kept; by default the user's cache folder. A second call reads it
        from there.

    Returns
    -------
    Remote or pandas.DataFrame
        What it is, or its interactions table, with `attrs["observed_from_start"]`.

    Raises
    ------
    UnknownName
        If there is no such data set; the text names the nearest.
    MissingPackage
        If pooch, which downloads, is not installed.
    ValueError
        If the file is not the one that the kit knows.

    Examples
    --------
    >>> about = fetch("students_online")
    Messages of a new online community of students, 2004 (students_online)
    ...
    Nothing was downloaded. After reading this: fetch("students_online", agree=True)
    >>> about.rows
    59835
    """
    remote = REMOTE[pick(name, REMOTE, "data set to fetch")]
    if agree is not True:
        print(remote)
        print(f'Nothing was downloaded. After reading this: fetch("{name}", agree=True)')
        return remote
    print(remote)
    return unpacked(remote, _downloaded(remote, folder))


def unpacked(remote: Remote, path: Path) -> pd.DataFrame:
    """Read a downloaded file, if it is the one that the kit knows.

    Parameters
    ----------
    remote : Remote
        What it should be.
    path : pathlib.Path
        The file, packed by gzip or not.

    Returns
    -------
    pandas.DataFrame
        The interactions table.

    Raises
    ------
    ValueError
        If its hash is another. The file stays where it is.
    """
    content = path.read_bytes()
    if content[:2] == b"\x1f\x8b":
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError) as error:
            raise ValueError(f"{path} is damaged ({error}): delete it and fetch it anew.") from None
    found = hashlib.sha256(content).hexdigest()
    if found != remote.sha256:
        raise ValueError(
            f"{path} has the SHA-256 {found}, but {remote.sha256} was expected: it was changed at "
            f"{remote.address}, or damaged on its way. Look at the page ({remote.page}); if the "
            f"file is right, read it with {BY_HAND.format(path=path)}."
        )
    table = remote.read(content)
    if len(table) != remote.rows:
        raise ValueError(f"{path} has {len(table)} rows, but {remote.rows} were expected.")
    table.attrs |= {"observed_from_start": True, "citation": remote.citation}
    return table


def _downloaded(remote: Remote, folder: str | os.PathLike[str] | None) -> Path:
    by_hand = (
        f"fetch the file {remote.address} yourself and read it with "
        f"{BY_HAND.format(path=remote.address.rpartition('/')[2])}"
    )
    with needs("A download", instead=by_hand):
        import pooch
    place = pooch.os_cache("frontporch") if folder is None else Path(folder)
    # The hash of the unpacked file is checked afterwards: packing may change, content may not.
    return Path(
        pooch.retrieve(
            remote.address, known_hash=None, fname=remote.address.rsplit("/", 1)[-1], path=place
        )
    )
