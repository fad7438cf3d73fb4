"""What can be put on paper: registers, documents with their blocks, stamps. Plain data, no office behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bmnn.law import Stamp

Align = Literal["left", "center", "right"]
Style = Literal["state", "party"]


class PrintError(ValueError):
    """What was given cannot be printed. The text is Vietnamese and says what to do."""


@dataclass(frozen=True)
class Column:
    """A column: its heading as in the form, its share of the width, how its cells stand.

    `by_hand`: stays empty on paper for a signature, whatever the rows hold. `struck`: is struck through in a voided
    row; the column that says why it is void must stay readable.
    """

    heading: str
    width: float = 1.0
    align: Align = "left"
    by_hand: bool = False
    struck: bool = True


@dataclass(frozen=True)
class Cover:
    """The six notes of a register's cover (forms.md 4): upper agency, agency, year, days, numbers, volume.

    What is None or empty is left as dots to be filled in by hand.
    """

    agency: str
    year: str
    parent: str = ""
    from_day: date | None = None
    to_day: date | None = None
    first: int | None = None
    last: int | None = None
    volume: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Checkpoint:
    """What binds a printed page to the log: size, fingerprint in groups (at least 128 bits), the whole note for
    the QR code."""

    size: int
    fingerprint: str
    note: str


@dataclass(frozen=True)
class Register:
    """A book or list to print.

    `rows` hold one string per column (new lines allowed). `voided` are indices of rows to strike through.
    `blank_rows` empty lines follow the last row. `closing` is the sentence under the last line, `signatures` the
    titles that sign below it. `trace` says who printed, when, which copy. `mark` stands on every page ("MẪU –
    SỐ LIỆU BỊA"); `stamp` the stamp of its level where the list itself is secret. `form` names the official form.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    agency: str = ""
    cover: Cover | None = None
    landscape: bool = False
    form: str = ""
    closing: str = ""
    signatures: Sequence[str] = ()
    blank_rows: int = 0
    voided: frozenset[int] = frozenset()
    checkpoint: Checkpoint | None = None
    trace: str = ""
    mark: str = ""
    stamp: Stamp | None = None
    size_pt: float = 10.0


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading inside the body: level 1 ("I. …", bold) or 2 ("1. …", bold italic)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Facts:
    """Lines "label: value"; an empty value is left as dots for the pen."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Items:
    """Dash items."""

    texts: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A table with repeated heads."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    caption: str = ""


Block = Paragraph | Heading | Facts | Items | Table


@dataclass(frozen=True)
class Signature:
    """One who signs: "TM. ỦY BAN NHÂN DÂN" (or ""), "CHỦ TỊCH", the name (or "" for the pen), a line in italics."""

    role: str
    name: str = ""
    authority: str = ""
    note: str = ""


@dataclass(frozen=True)
class Head:
    """The head of a document. `number` and `symbol` ("BB-UBND"): an empty number is left as dots.

    State style: Nghị định 30/2020/NĐ-CP, Phụ lục I. Party style: Hướng dẫn 05-HD/VPTW (no Quốc hiệu, "Số 05-BB/ĐU",
    star under the issuer).
    """

    agency: str
    parent: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    day: date | None = None
    style: Style = "state"


@dataclass(frozen=True)
class Document:
    """A letter, minutes, plan or report.

    `kind` is the type name in capitals ("BIÊN BẢN"); a letter has kind "" and its `subject` stands under the
    number. `end` closes the last paragraph ("./." for the State, "." for the Party) unless False. `stamp` is the
    level's stamp for place 10a. `limits` are lines such as "XEM XONG TRẢ LẠI".
    """

    head: Head
    kind: str
    subject: str
    body: Sequence[Block]
    to: Sequence[str] = ()
    signatures: Sequence[Signature] = ()
    recipients: Sequence[str] = ()
    basis: Sequence[str] = ()
    stamp: Stamp | None = None
    urgency: str = ""
    limits: Sequence[str] = ()
    drafter: str = ""
    end: bool = True
    landscape: bool = False
    mark: str = ""
    trace: str = ""
    checkpoint: Checkpoint | None = None
    annexes: Sequence[Table] = field(default=())
