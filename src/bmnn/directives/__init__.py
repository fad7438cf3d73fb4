"""Directives: text of a directive → issuer, number, dates, citations, tasks, deadlines, reporting lines.

    from bmnn import directives
    result = directives.read(Path("chi-thi.txt"))      # or read("text …"); the object of `bmnn directive read --json`

No value is invented: what the text does not say is null, what an OCR spoilt is marked, and every value has
its place in the file.
"""

from bmnn.directives.reader import read
from bmnn.directives.source import Source, UnreadableFile, load

__all__ = ["Source", "UnreadableFile", "load", "read"]
