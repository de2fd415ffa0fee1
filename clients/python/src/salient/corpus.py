"""The words of a probe corpus, sentence by sentence, as the extractor reads them.

Formats as in ``docs/corpus.md``: CoNLL-U and CoNLL-U Plus, columns separated by tabs, or by blanks
as in CoNLL-2003's files, and plain text with one sentence a line. Labels are not looked at, and
what the extractor refuses anyway is not checked again.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

Sentences = list[list[str]]

# Java's white space, which leaves out what does not part words.
_WHITE = "".join(
    c for c in map(chr, range(0x3001)) if c.isspace() and c not in "\x85\xa0\u2007\u202f"
)
_NO_WORD = re.compile(r"[0-9]+[-.][0-9]+")
_DECLARATION = re.compile(r"#\s*global\.columns\b\s*[=:]?(.*)", re.IGNORECASE)
_SPAN = re.compile(r"O|[BIESLUM]-\S+", re.ASCII)
_HEADER = "#columns:"
_DOCUMENT = "-DOCSTART-"
_CONLLU = 10


class CorpusError(ValueError):
    """A corpus that cannot be read; the message names file and line."""


def read_words(path: str | os.PathLike[str]) -> Sentences:
    """Read the words of a corpus.

    Raises:
        CorpusError: it is not there, not UTF-8, or not in its format.

    """
    file = Path(path)
    lines = _lines(file)
    kind = _format(file, lines)
    words = {"conllu": _conllu, "columns": _columns, "text": _text}[kind](file, lines)
    sentences = _grouped(words)
    if not sentences:
        raise CorpusError(f"{file} holds no words: give the corpus that the extractor reads")
    return sentences


def _grouped(words: Iterable[str | None]) -> Sentences:
    """Sentences, out of words and the None that ends one."""
    sentences: Sentences = [[]]
    for word in words:
        if word is not None:
            sentences[-1].append(sys.intern(word))
        elif sentences[-1]:
            sentences.append([])
    return sentences if sentences[-1] else sentences[:-1]


def _lines(file: Path) -> list[str]:
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as error:
        raise CorpusError(f"{file} cannot be read ({error}): give a file") from error
    if not lines[-1]:
        lines.pop()
    return [_line(file, number, line) for number, line in enumerate(lines, 1)]


def _line(file: Path, number: int, line: bytes) -> str:
    try:
        text = line.removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{file}:{number}: not UTF-8: convert the file, as by iconv -f LATIN1 -t UTF-8"
        ) from error
    marked = text.startswith("\ufeff")  # at the start of the file, or of one that was put behind
    return text[1:] if marked and (number == 1 or text[1:2].strip(_WHITE)) else text


def _format(file: Path, lines: list[str]) -> str:
    if file.name.lower().endswith((".conllu", ".conllup")):
        return "conllu"
    if (lines and lines[0].startswith(_HEADER)) or _by_blanks(lines):
        return "columns"
    for line in lines:
        if line.strip(_WHITE) and not line.startswith("#"):
            break
        if _DECLARATION.fullmatch(line):
            return "conllu"
    content = (line for line in lines if line.strip(_WHITE) and not line.startswith("#"))
    marked = (line for line in lines if line.find("\t") > 0)
    count = len(next(content, next(marked, "")).split("\t"))
    if count == _CONLLU:
        return "conllu"
    return "columns" if count > 1 else "text"


def _by_blanks(lines: list[str]) -> bool:
    """Tell CoNLL-2003's layout: no tab, a document's mark in front, or spans in the last column."""
    count = 0
    for line in lines:
        if "\t" in line:
            return False
        if line.strip(_WHITE):
            parts = _parts(line)
            if not count and parts[0] == _DOCUMENT:
                return True
            if len(parts) < 2 or (count and len(parts) != count) or not _SPAN.fullmatch(parts[-1]):
                return False
            count = len(parts)
    return count > 0


def _parts(line: str) -> list[str]:
    return re.split(" +", line.strip(" "))


def _cells(line: str) -> list[str]:
    return [cell.strip(" ") for cell in line.split("\t")]


def _is_blank(line: str) -> bool:
    return not line.strip(_WHITE) and "\t" not in line


def _text(file: Path, lines: list[str]) -> Iterator[str | None]:
    for line in lines:
        if line.strip(_WHITE):
            yield from re.split("[ \t]+", line.strip(_WHITE))
            yield None


def _conllu(file: Path, lines: list[str]) -> Iterator[str | None]:
    names = next(
        (m.group(1).upper().split() for m in map(_DECLARATION.fullmatch, lines) if m), None
    )
    names = names or ["ID", "FORM", *map(str, range(2, _CONLLU))]
    if "FORM" not in names:
        raise CorpusError(f"{file}: # global.columns names no column FORM, which holds the words")
    form = names.index("FORM")
    number = names.index("ID") if "ID" in names else None
    for at, line in enumerate(lines, 1):
        if _is_blank(line):
            yield None
        elif not line.startswith("#"):
            cells = _cells(line)
            if len(cells) != len(names):
                raise CorpusError(f"{file}:{at}: {len(cells)} columns, {len(names)} are due")
            if number is None or not _NO_WORD.fullmatch(cells[number]):
                yield cells[form]


def _columns(file: Path, lines: list[str]) -> Iterator[str | None]:
    cells = _parts if _by_blanks(lines) else _cells
    for at, line in enumerate(lines):
        if _is_blank(line):
            yield None
        elif not (line.startswith("# ") and "\t" not in line) and (at or line[:9] != _HEADER):
            word = cells(line)[0]
            yield None if word == _DOCUMENT else word
