"""Every remedy that an error prints is done as it is printed, and works."""

import ast
import csv
import gzip
import io
import re
import zipfile
from dataclasses import fields

import pandas as pd
import pytest

from frontporch import community, fans, tables
from frontporch.deepening import logs
from frontporch.fans.growth import read_counts
from frontporch.tables import TableError

OPTIONS = [one.name for one in fields(tables.Reading)]
OPTIONS += ["directed", "repeats", "of", "counted", "text_counts", "may_fall", "returns"]
OPTION = re.compile(rf"\b({'|'.join(OPTIONS)})=")

READERS = {
    **{
        name: lambda file, contract=name, **told: tables.read(file, contract, **told)
        for name in ("ties", "orders", "spells", "snapshots", "customers", "interactions")
    },
    "log": lambda file, **told: logs.read(file, **told),
    "community": community.from_table,
    "rfm": lambda file, **told: fans.rfm_summary(file, **told),
    "growth": read_counts,
}


def zipped(**inside):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in inside.items():
            archive.writestr(f"{name}.csv", text)
    return stream.getvalue()


TIES = "source,target,strength\n"
LOG = "start,source,target,channel\n"
ORDERS = "customer,time,value\n"
SPELLS = "pair,channel,stage,entered,left,next_stage\n"
BAD = [
    ("ties", "Source,Target,Weight\na,b,5\n"),
    ("ties", "Source;Target;Weight\na;b;3,5\nb;c;7,25\n"),
    ("ties", TIES + "a,b,NA\nb,c,3\n"),
    ("ties", TIES + "a,b,-\nb,c,3\nc,,4\n"),
    ("ties", "source,target,since\na,b,01/02/2024\n"),
    ("ties", "source,target,since\na,b,20240131\n"),
    ("ties", "source,target,since\na,b,2024-01-31T09:30\n"),
    ("ties", "source,target,since\na,b,45322\n"),
    ("ties", "source,target,since\na,b,1780-01-01\nc,d,2999-01-01\n"),
    ("ties", TIES + "a,b,7 kg\n"),
    ("ties", TIES + "a,b,1 200\nc,d,3\n"),
    ("ties", TIES + 'a,b,"1,200"\nc,d,3.5\n'),
    ("ties", TIES + "a,b, 3\n"),
    ("ties", TIES + "a,b,-3\n"),
    ("ties", TIES + "a,a,3\n"),
    ("ties", TIES + "a,b,3\na,b,4\n"),
    ("ties", "ann,bob,3\nbob,cas,4\n"),
    ("ties", "a,b\n1,2\n"),
    ("ties", "Source,Target,Weight,Type\n1,2,n/a,Directed\n2,3,1.5,Directed\n"),
    ("ties", "source\ttarget\tsince\na\tb\t2024-01-01T10:00:00Z\n"),
    ("ties", "source,target,since\na,b,31.12.2023\nb,c,?\n"),
    ("ties", "source,target,since\na,b,12/31/2023\nb,c,31/12/2023\n"),
    ("ties", "source,target,strength\na,b,1e400\nb,c,99999999999999999999\n"),
    ("ties", "source,target\n\na,b\n\nb,c\n"),
    ("ties", 'source,target\n"a,b\nb,c\n'),
    ("ties", "source,target,target\na,b,c\n"),
    ("ties", "source,target,\na,b,c\n"),
    ("ties", "source,target\na\nb,c\n"),
    ("ties", "source,target\na,b,c\n"),
    ("ties", "source|target\na|b\n".replace("|", "^")),
    ("ties", "source,target\na,Zo\xeb\u0142\n".encode("utf-8") + b"b,\xe9\n"),
    ("ties", "source,target\nZoë,b\n".encode("utf-16-le")),
    ("ties", zipped(one="source,target\na,b\n", two="source,target\nc,d\n")),
    ("ties", gzip.compress(b"from,to\na,b\n", mtime=0)),
    ("orders", "CustomerID;InvoiceDate;Amount\n17850;13/12/2010 08:26;15,30\n1;1/2/2011;2,5\n"),
    ("orders", ORDERS + "ann,1706659200000,3\n"),
    ("orders", ORDERS + "ann,28444320,3\n"),
    ("orders", ORDERS + "ann,12,3\nann,13,4\n"),
    ("orders", ORDERS + ",2024-01-01,3\nann,2024-01-02,4\n"),
    ("orders", ORDERS + "NA,2024-01-01,NA\nann,NA,4\nbob,2024-01-02,4\n"),
    ("orders", ORDERS + "ann,2024-01-01T09:00:00Z,3\nbob,2024-01-01T09:00:00,3\n"),
    ("orders", ORDERS + "ann,2024-02-30,3\nbob,2024-01-01,3\n"),
    ("orders", ORDERS + "ann,2024-01-31 9:30,3\n"),
    ("spells", SPELLS + "1,x,stranger,0,5,\n1,x,friend,3,9,\n"),
    ("spells", SPELLS + "1,x,stranger,5,0,\n"),
    ("spells", SPELLS + "1,x,stranger,0,soon,\n"),
    ("spells", "id,medium,state,start,end,next\n1,x,stranger,0,5,\n"),
    ("snapshots", "id,wave,state\n1,0,a\n1,1,b\n"),
    ("customers", "x,t_x,T\n2,3.5,9\n"),
    ("customers", "frequency,recency,age\n2.5,3,9\n1e3,2,9\n"),
    ("customers", "frequency,recency,age\n2,12,9\n"),
    ("interactions", LOG + "2024-03-01,a,b,m\n2024-03-02 10:00,b,a,m\n"),
    ("interactions", "start,source,target\n2024-03-01,a,b\n"),
    ("interactions", LOG + "2024-03-01T09:00:00.1234567,a,b,m\n"),
    ("log", "1 2 1082040961\n3 4 1082155839\n"),
    ("log", "timestamp,from,to\n1709283600,a,b\n1709283700,b,a\n"),
    ("log", "start,source,target\nNA,a,b\n1709283700,b,a\n"),
    ("community", "from,to\na,b\nb,a\n"),
    ("community", TIES + "a,b,1\na,b,2\nb,a,3\n"),
    ("community", TIES + "a,b,1\nb,a,2\n"),
    ("community", "Source;Target;Weight\na;b;1,5\nb;a;2\n"),
    ("community", "from,to,n\na,b,NA\na,b,3\n"),
    ("rfm", "order_id,customer_id,created_at,total\n1,a,1704067200,3\n2,a,1705067200,4\n"),
    ("rfm", "customer,time\nann,01/02/2024\nann,03/04/2024\n"),
    ("rfm", "customer,time\nann,45322\nann,45329.5\n"),
    ("rfm", "cust;date;sales\n1;13/01/1997;29,33\n1;20/01/1997;29,33\n"),
    ("rfm", "id,when\n1,1997-01-01\n1,NA\n1,1997-02-01\n"),
    ("growth", "date,fans\n2019-01-01,100\n2019-07-01,300\n2020-01-01,700\n"),
    ("growth", "date,users\n2019-01-01,7M\n2019-07-01,8M\n2020-01-01,9M\n"),
    ("growth", "page,2019,2020,2021\na,1,2,3\nb,1,2,3\n"),
    ("growth", "country,2019,2020,2021\na,3,2,1\n"),
    ("growth", "2019,100\n2020,300\n2021,700\n"),
    ("growth", "date,users\n2019-01-01,100\n2019-07-01,30\n2020-01-01,700\n"),
    ("growth", "Month;Page A;Page B\n2019-01;1;2\n2019-02;3;4\n2019-03;5;6\n"),
    ("growth", "year,sales\n2019,5\n2020,7\n2021,6\n"),
    ("growth", "date,fans\n01/02/2019,100\n01/03/2019,300\n01/04/2019,700\n"),
    ("growth", "date,fans\n20190101,100\n20190701,300\n20200101,NA\n20200701,900\n"),
    ("growth", "date,fans\n2019-01-01,100\n2019-07-01,1 300\n2020-01-01,1 700\n"),
    (
        "growth",
        "date,platform,users\n"
        + "".join(f"20{y}-01-01,{p},{y * 10}\n" for p in "ab" for y in (19, 20, 21)),
    ),
    ("growth", "Date;Followers\n13/01/2019;100\n13/07/2019;300\n13/01/2020;700\n"),
]


def printed_options(text):
    """Give each option that a text prints, with its value: the longest literal that follows."""
    found = []
    for match in OPTION.finditer(text):
        rest = text[match.end() :]
        for end in range(len(rest), 0, -1):
            if rest[end - 1] in ", ":
                continue
            try:
                found.append((match[1], ast.literal_eval(rest[:end])))
            except (ValueError, SyntaxError, TypeError):
                continue
            break
    return found


def together(options):
    """Put printed options together as they follow each other; alternatives stay apart."""
    sets = [{}]
    for name, value in options:
        if name in sets[-1]:
            sets.append({})
        sets[-1][name] = value
    return [one for one in sets if one]


def tried(reader, file, told):
    try:
        READERS[reader](file, **told)
    except TableError as error:
        return error
    return None


def where(error):
    return set() if error is None else {(f.row, f.value, f.problem) for f in error.faults}


@pytest.mark.parametrize(("reader", "content"), BAD)
def test_remedies_work_as_they_are_printed(saved, reader, content):
    file = saved(content)
    told = {"channel": "m"} if reader == "log" else {}
    error = tried(reader, file, told)
    assert error is not None or reader in ("ties", "interactions")
    if error is None:
        return
    last = str(error).splitlines()[-1]
    if error.options:
        assert dict(printed_options(last)) == error.options
        after = tried(reader, file, told | error.options)
        # What is left has to be mended in the file: it was said before, and nothing is offered.
        assert after is None or not after.options, str(after)
        assert where(after) <= where(error), str(after)
    for fault in error.faults:
        for options in together(printed_options(fault.remedy)):
            after = tried(reader, file, told | error.options | options)
            assert (fault.row, fault.value, fault.problem) not in where(after), (options, after)
        written(reader, file, told, fault, error)


WRITE = re.compile(r"(?:Write (?:[^:]*: )?)(\S+?)(?: if |\.?$|\.? )")


def written(reader, file, told, fault, error):
    """Write into the cell what the remedy says, where it says so, and read again."""
    found = WRITE.match(fault.remedy)
    if found is None or not isinstance(fault.row, int) or not any(map(str.isdigit, found[1])):
        return
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    names = error.options.get("columns", {})
    header = [names.get(name, name) for name in rows[0]]
    if fault.column not in (*header, *rows[0]):
        return
    at = header.index(fault.column) if fault.column in header else rows[0].index(fault.column)
    rows[fault.row - 1][at] = found[1].rstrip(".")
    with file.with_name("mended.csv").open("w", encoding="utf-8", newline="") as mended:
        csv.writer(mended).writerows(rows)
    after = tried(reader, file.with_name("mended.csv"), told)
    same = {(f.row, f.column) for f in after.faults} if after else set()
    assert (fault.row, fault.column) not in same, (found[1], str(after))


def test_options_are_found_in_words():
    text = 'Say times="dd/mm/yyyy" or times="mm/dd/yyyy", and columns={"a": "b"}, zone="UTC".'
    assert together(printed_options(text)) == [
        {"times": "dd/mm/yyyy"},
        {"times": "mm/dd/yyyy", "columns": {"a": "b"}, "zone": "UTC"},
    ]


def test_what_is_noticed_works_as_it_is_printed(saved):
    text = "source,target,Weight,age\nCas,Bob,5,20\nCas ,NA,6,NA\nANN,Bob,7,30\nAnn,Cas,7,30\n"
    file = saved(text)
    notes = tables.noticed(tables.read(file, "ties"))
    assert len(notes) >= 4
    for what, done in notes[["what", "done"]].to_numpy():
        for options in together(printed_options(done)):
            error = tried("ties", file, options)  # a name that means nothing leaves a gap
            options |= error.options if error else {}
            after = tables.noticed(tables.read(file, "ties", **options))
            left = after[(after.what == what) & (after.done == done)]
            assert left.empty, (options, after.to_string())
    numbers = tables.read(file, "ties", missing=["NA"], incomplete="leave out")
    assert numbers.age.tolist() == [20, 30, 30] and isinstance(numbers, pd.DataFrame)
