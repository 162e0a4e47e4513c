"""What a machine can hold of plain English: each rule gives what it found, in words.

A rule takes text (Markdown, or what a cell shows) and yields a sentence a fault. What is code, a
link's address, a formula or a table's row is no prose.
"""

import re

LONGEST, PAUSED = 25, 40
"""Words from one pause (full stop, colon, semicolon) to the next; words of a whole sentence."""

BRITISH = {
    r"(?:neighb|col|behavi|fav|hon|lab|rum|flav|endeav|vap)"
    r"our(?:s|ed|ing|hoods?|ly|ite|ites|able)?": "or, as in neighbor",
    r"(?:recogn|random|organ|real|summar|optim|minim|maxim|special|general|emphas|priorit|"
    r"normal|standard|penal|character|categor|item|util|symbol|critic|apolog|final)is(?:e[ds]?|ing|"
    r"ations?|ers?)": "ize, as in recognize",
    r"(?:anal|paral)ys(?:e[ds]?|ing)": "yze, as in analyze",
    r"(?:cent|theat|met|lit|fib)res?": "er, as in center",
    r"programmes?": "program",
    r"licences?": "license",
    r"defences?": "defense",
    r"(?:un)?(?:model|label|cancel|travel|level|signal|total)l(?:ed|ing|ers?)": "one l: modeled",
    r"judgements?": "judgment",
    r"grey(?:s|ed|er)?": "gray",
    r"whilst|amongst": "while, among",
    r"learnt|spelt|burnt": "learned, spelled, burned",
    r"towards": "toward",
    r"ageing": "aging",
    r"cheques?": "check",
    r"catalogues?": "catalog",
    r"jewellery": "jewelry",
}
BANNED = {
    r"\bturn the wheels\b": "try it yourself",
    r"\b[Bb]elow (?:it|the \w+|them) stands?\b": "below it you see",
    r"\bsays its data card\b": "the data card describes",
    r"\b(?:are|is) no (?:stranger|route|customer|friend|exercise|claim|fan|result)s?\b": "are not",
    r"\bon the day on which\b": "if, or when",
    r"\bcan be had\b": "there are, or you get",
    r"\bby how many \w+ is the \w+ too\b": "by how much does … overestimate",
    r"\b(?:online by offline|offline by online)\b": "online divided by offline",
    r"\bthe coin (?:speaks|says|gave|knows|tells)\b": "the experiment covers, or chance gave",
    r"\bhalf as (?:often|much) again as before\b": "1.5 times",
    r"\bhow good it is what\b": "how positive it is",
    r"\brank the other way\b": "the order is the reverse of",
    r"\bcost there was none\b": "there were no costs",
    r"\bcarry the rate so far\b": "extrapolate the past rate",
    r"\bchanged the mind\b": "changed their mind",
    r"\b[Rr]epeat it if you can\b": "repeat it",
    r"\bas many times as (?:high|large|much) as\b": "times higher",
    r"\bwhat a customer is worth who\b": "what a newly won customer is worth",
    r"\bmean interval score\b": "say how often a range was right",
    r"\b(?:notes to you|nothing of this)\b": "your notes, none of this",
    r"\bThe number names a claim\b": "make the two numbers look different",
    r"\bthat it does not\b\?": "ask it the other way",
}
ORDINARY = {"reach": r"(?:the|whose|its) reach", "tie": r"(?:a|each|every) tie"}
"""Field words that are ordinary words as well: what is meant by the field word."""
MARK = re.compile(r"`[^`]*`|\$[^$]+\$|<[^>]+>|\]\([^)]*\)|https?://\S+")
FENCE = re.compile(r"(?ms)^ *```.*?^ *```|^---\n.*?^---\n")
END = re.compile(r"(?<=[.!?:;])[\"”’)*_]*\s+(?=[\"“(*_]*[A-Z0-9√])")


def prose(markdown):
    """Leave out of Markdown what is not read as sentences; give its blocks."""
    text = FENCE.sub("", markdown.replace("\r", ""))
    blocks, now = [], []
    for line in [*text.splitlines(), ""]:
        stripped = line.strip().lstrip("> ").strip()
        begins = re.match(r"([-*+]|\d+\.)\s+", stripped)
        table = stripped.startswith("|")
        if (not stripped or begins or table or stripped.startswith("#")) and now:
            blocks.append(" ".join(now))
            now = []
        if table or not stripped:
            continue
        stripped = stripped.lstrip("#● ○").strip() if stripped.startswith("#") else stripped
        now.append(stripped[begins.end() :] if begins else stripped)
    return [MARK.sub(" X ", block).replace("[", "") for block in blocks]


def sentences(markdown):
    return [one.strip() for block in prose(markdown) for one in END.split(block) if one.strip()]


def words_in(sentence):
    """Count words; what a sign joins, and what stands in parentheses or quotes, counts as one."""
    short = re.sub(r"\([^)]*\)|“[^”]*”|\"[^\"]*\"|\*[^*]+\*", " X ", sentence)
    return len(re.findall(r"[\w’'-]*[A-Za-z][\w’'-]*|\d[\d,.]*", short))


def too_long(markdown):
    for one in sentences(markdown):
        many = max(words_in(part) for part in re.split(r"[:;](?=\s)", one))
        if many > LONGEST:
            yield f"{many} words without a pause, {LONGEST} at most: {one!r}"
        elif (whole := words_in(one)) > PAUSED:
            yield f"{whole} words, {PAUSED} at most: {one!r}"


def british(markdown):
    text = " ".join(prose(markdown))
    for pattern, better in BRITISH.items():
        for found in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            yield f"{found.group()!r} is British: write {better}"


def banned(markdown):
    text = " ".join(prose(markdown))
    for pattern, better in BANNED.items():
        for found in re.finditer(pattern, text):
            yield f"{found.group()!r}: write {better}"


def formula(markdown):
    """Signs that are taken for the ends of a formula, so that the text between is garbled."""
    for found in re.finditer(r".{,20}(?<!\\)\$.{,20}", re.sub(r"`[^`]*`", "", markdown)):
        yield f"a bare dollar sign in {found.group()!r}: write dollars"


def python_shown(text):
    """What Python prints and nobody says: in the output of a cell."""
    for pattern, what in (
        (r"\bdtype: ?\w+|\bdtype=", "a dtype"),
        (r"\{'[^'\n]+': |\{\d+: ", "a dictionary"),
        (
            r"(?m)^\s*(?:True|False|None|nan|NaN)\s*$|<td>\s*(?:True|False|None|NaN|nan)\s*</td>",
            "a bare value",
        ),
        (r"\bnp\.(?:float|int|str|bool)\w*\(", "numpy's type"),
        (r"(?m)^array\(|^<[\w.]+ object at 0x", "an object"),
    ):
        for found in re.finditer(pattern, text):
            yield f"shows {what}: {found.group().strip()!r}"


def index_column(page):
    """A table whose rows begin with 0, 1, 2, which say nothing to a reader."""
    for table in re.findall(r"(?s)<table.*?</table>", page):
        firsts = re.findall(r"(?s)<tr[^>]*>\s*<th[^>]*>\s*([^<]*?)\s*</th>\s*<td", table)
        if firsts and firsts == [str(k) for k in range(len(firsts))]:
            yield f"shows an index column: {', '.join(firsts[:3])}"


def two_units(texts):
    """One quantity in two units within a lesson: shares as 0.28 beside 28 %, or two currencies."""
    whole = "\n".join(texts)
    signs = [one for one in ("€", "£", "euros", "pounds") if one in whole]
    if signs:
        yield f"money is in dollars, and here it is in {signs[0]}"
    if re.search(r"\d ?%|per cent", whole):
        for found in re.finditer(
            r"(?i)\b(share|probability|chance)s?(?: of [a-z ]{1,30})?(?: is|:) 0?\.\d+", whole
        ):
            yield f"shares are in per cent, and here one is a decimal: {found.group()!r}"
        for table in re.findall(r"(?s)<table.*?</table>", whole):
            yield from _share_columns(table)


def _share_columns(table):
    heads = re.findall(r"<th[^>]*>\s*([^<]*?)\s*</th>", table.partition("</thead>")[0])
    rows = re.findall(r"(?s)<tr[^>]*>(.*?)</tr>", table.partition("</thead>")[2])
    cells = [re.findall(r"(?s)<t[dh][^>]*>\s*([^<]*?)\s*</t[dh]>", row) for row in rows]
    for k, head in enumerate(heads):
        column = [row[k] for row in cells if k < len(row)]
        small = [one for one in column if re.fullmatch(r"0?\.\d+", one)]
        if re.search(r"(?i)\bshare\b|\bprobability\b", head) and len(small) > len(column) / 2:
            yield f"the column {head!r} has decimals such as {small[0]} beside per cent"


def unexplained(word, texts):
    """Whether the first use of a field word comes without a gloss or a link to the glossary.

    Explained is a word in bold or italics, one that a link carries, or one that is followed or led
    in by its meaning: a parenthesis, a dash, a colon, "means", "is the", "that is".
    """
    forms = ORDINARY.get(word, rf"{re.escape(word)}(?:e?s|ed|d)?")
    stem = rf"\b(?:{forms})\b"
    marked = rf"\*[^*\n]*\b{re.escape(word)}(?:e?s)?\b[^*\n]*\*"
    for text in texts:
        text = re.sub(r"(?m)^#.*$|`[^`]*`", "", text)
        found = re.search(stem, text, re.IGNORECASE)
        if re.search(marked, text[: found.end() + 200] if found else text, re.IGNORECASE):
            return None
        if not found:
            continue
        before, after = text[max(0, found.start() - 3) : found.start()], text[found.end() :][:60]
        whole = text[: found.end() + 200]
        if re.search(r"[*\[]$|\*\*\w*$", before) or re.match(r"\*|\]\(", after):
            return None
        if re.match(
            r"[\"”’']?\s*(?:\(|[:–—]|,? (?:which|that) (?:is|means)|,? (?:means|is the|is a)\b)",
            after,
        ):
            return None
        if "glossary" in whole:
            return None
        seen = text[max(0, found.start() - 50) : found.end() + 40]
        return f"{word!r} is used and not explained: {seen!r}"
    return None
