"""Small untidy files of many kinds, made anew: what people have on their disks."""

import gzip
import io
import itertools
import zipfile

import pandas as pd

MOMENTS = pd.to_datetime(
    ["2024-03-01 09:00:00", "2024-03-01 09:05:00", "2024-03-13 10:00:00", "2024-03-20 11:00:00"]
)
PEOPLE = ["ann", "Zoë", "ann", "Zoë"]
OTHERS = ["Zoë", "ann", "Zoë", "ann"]
TIDY = pd.DataFrame({"start": MOMENTS, "source": PEOPLE, "target": OTHERS, "channel": "message"})

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
# How the same moments are written, and whether the rows decide how they are to be read.
SINCE = (MOMENTS - pd.Timestamp(0)) // pd.Timedelta(seconds=1)
TIMES = {
    "iso": MOMENTS.strftime("%Y-%m-%dT%H:%M:%S"),
    "no seconds": MOMENTS.strftime("%Y-%m-%d %H:%M"),
    "seconds": SINCE.astype(str),
    "milliseconds": (SINCE * 1000).astype(str),
    "minutes": (SINCE // 60).astype(str),
    "day first": MOMENTS.strftime("%d/%m/%Y %H:%M"),
    "month first": MOMENTS.strftime("%m/%d/%Y %H:%M"),
    "points, two digits": MOMENTS.strftime("%d.%m.%y %H:%M:%S"),
    "twelve hours": MOMENTS.strftime("%m/%d/%Y %I:%M %p"),
    "excel": [
        f"{45352 + k:.10f}" for k in (MOMENTS - MOMENTS[0].normalize()) / pd.Timedelta(days=1)
    ],
}
NAMES = {
    "ours": ("start", "source", "target", "channel"),
    "mail": ("Sent at", "Sender", "Recipient", "channel"),
    "phone": ("timestamp", "caller", "callee", "Medium"),
    "graph": ("Time", "from", "to", "channel"),
    "none": None,
}


def written(times="iso", names="ours", separator=",", encoding="utf-8"):
    """Write the tidy log in an untidy way."""
    rows = [
        [time, *row] for time, row in zip(TIMES[times], TIDY.iloc[:, 1:].to_numpy(), strict=True)
    ]
    header = [] if NAMES[names] is None else [NAMES[names]]
    text = "\n".join(separator.join(row) for row in [*header, *rows]) + "\n"
    return text.encode(encoding)


def zipped(data):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("log.csv", data)
    return stream.getvalue()


def corpus():
    """Yield the name and bytes of each file."""
    for (called, separator), encoding in itertools.product(SEPARATORS.items(), ENCODINGS):
        yield f"{called}_{encoding}.csv", written(separator=separator, encoding=encoding)
    for times, names in itertools.product(TIMES, NAMES):
        yield f"{times}_{names}.csv".replace(" ", "_"), written(times, names)
    for times in ("seconds", "day first"):
        yield f"{times}.csv.gz".replace(" ", "_"), gzip.compress(written(times, "none", "\t"))
        yield f"{times}.zip".replace(" ", "_"), zipped(written(times, "mail", ";", "cp1252"))
