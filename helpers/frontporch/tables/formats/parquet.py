"""Parquet files, whose columns have types already."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from ...groups import missing
from ..sheet import Desk, Sheet


def is_one(data: bytes) -> bool:
    """Whether these are the bytes of a Parquet file."""
    return data.startswith(b"PAR1")


def read(path: Path, desk: Desk) -> Sheet:
    """Read a Parquet file; rows are counted from 0.

    Raises
    ------
    MissingPackage
        If pyarrow is not installed.
    TableError
        If the file is damaged, or has no rows.
    """
    try:
        frame = pd.read_parquet(path)
    except ImportError:
        raise missing("A Parquet file", "pyarrow", instead="give CSV") from None
    except (OSError, ValueError) as error:
        desk.refuse("is a damaged Parquet file", f"Write it anew; its reader says: {error}.")
    return of_frame(frame, desk)


def of_frame(frame: pd.DataFrame, desk: Desk) -> Sheet:
    """Give a frame as cells whose rows are counted from 0."""
    desk.findings.place = "row"
    if not len(frame):
        desk.findings.one(None, None, None, "has no rows", "Check what should have filled it.")
    columns = [frame.iloc[:, k].reset_index(drop=True) for k in range(frame.shape[1])]
    return Sheet(
        [str(one) for one in frame.columns],
        columns,
        np.arange(len(frame)),
        text=False,
        place="row",
        header_line=None,
    )
