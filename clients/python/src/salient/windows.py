"""Fits sentences into the positions of a model, by the extractor's rules (``docs/words.md``).

With C positions beside the special subwords, a longer sentence goes in overlapping windows of whole
words: the next begins C/2 subwords or more behind the beginning of this one, the last reaches back
as far as it has room. A word takes its vector from the window in which min(subwords before it,
subwords after it) is largest, of equal ones from the first. A word of more than C subwords has no
vector and parts the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True)
class Subwords:
    """A sentence in subwords, however long.

    Attributes:
        before: ids of the special subwords in front, such as ``[CLS]``.
        ids: ids of the words' own subwords.
        after: ids of the special subwords behind.
        types: segment of each subword, special ones included.
        first: by word, the position of its first subword in ``ids``; -1 when it has none.
        last: by word, the position of its last subword; -1 when it has none.

    """

    before: list[int]
    ids: list[int]
    after: list[int]
    types: list[int]
    first: list[int]
    last: list[int]

    @property
    def specials(self) -> int:
        """Number of special subwords."""
        return len(self.before) + len(self.after)


@dataclass(frozen=True)
class Window:
    """What goes through a model as one sentence: a sentence or a part of it.

    Attributes:
        sentence: index of its sentence in the corpus.
        ids: subword ids, special ones included.
        types: segment of each.
        words: index within the sentence of each word whose vector is taken from here, ascending.
        first: position in ``ids`` of the first subword of each of them.
        last: position of the last.

    """

    sentence: int
    ids: list[int]
    types: list[int]
    words: list[int]
    first: list[int]
    last: list[int]


def windows(sentence: int, subwords: Subwords, positions: int) -> list[Window]:
    """The windows of a sentence, each word in at most one of them.

    Args:
        sentence: its index in the corpus.
        subwords: the whole sentence.
        positions: subwords that the model takes, special ones included.

    """
    return _Fitted(subwords, positions - subwords.specials).windows(sentence)


class _Fitted:
    """The words of a sentence that have a subword, by their places among them."""

    def __init__(self, subwords: Subwords, capacity: int) -> None:
        self._subwords = subwords
        self._capacity = capacity
        self._words = [word for word, at in enumerate(subwords.first) if at >= 0]

    def windows(self, sentence: int) -> list[Window]:
        count = len(self._words)
        if len(self._subwords.ids) <= self._capacity:
            parts = [[(0, count)]]
        else:
            parts = [list(self._spans(begin, end)) for begin, end in self._parts()]
        return [
            self._window(sentence, span, own)
            for spans in parts
            for span, own in zip(spans, self._chosen(spans), strict=True)
            if own
        ]

    def _parts(self) -> Iterator[Span]:
        """What lies between words that fit nowhere."""
        begin = 0
        for at in range(len(self._words) + 1):
            if at == len(self._words) or self._length(at, at + 1) > self._capacity:
                yield begin, at
                begin = at + 1

    def _spans(self, begin: int, to: int) -> Iterator[Span]:
        start = begin
        while start < to:
            end = self._end(start, to)
            if end == to:
                yield self._first_before(begin, end), end
                return
            yield start, end
            start = self._next(start, end)

    def _end(self, start: int, to: int) -> int:
        """The word after the last that fits."""
        end = start
        while end < to and self._length(start, end + 1) <= self._capacity:
            end += 1
        return end

    def _first_before(self, begin: int, end: int) -> int:
        """The first word of a window that ends before a word."""
        first = end - 1
        while first > begin and self._length(first - 1, end) <= self._capacity:
            first -= 1
        return first

    def _next(self, start: int, end: int) -> int:
        following = start + 1
        while following < end - 1 and 2 * self._length(start, following) < self._capacity:
            following += 1
        return max(following, self._first_before(start, end + 1))

    def _length(self, begin: int, end: int) -> int:
        """Subwords of the words from one to before another."""
        if begin == end:
            return 0
        words = self._words
        return self._subwords.last[words[end - 1]] - self._subwords.first[words[begin]] + 1

    def _chosen(self, spans: list[Span]) -> list[list[int]]:
        """The words that each span gives a vector, by their places."""
        best: dict[int, tuple[int, int]] = {}
        for number, (begin, end) in enumerate(spans):
            for at in range(begin, end):
                context = min(self._length(begin, at), self._length(at + 1, end))
                if at not in best or context > best[at][0]:
                    best[at] = context, number
        return [
            [at for at in range(begin, end) if best[at][1] == number]
            for number, (begin, end) in enumerate(spans)
        ]

    def _window(self, sentence: int, span: Span, own: list[int]) -> Window:
        subwords = self._subwords
        before = len(subwords.before)
        start = subwords.first[self._words[span[0]]]
        end = start + self._length(*span)
        words = [self._words[at] for at in own]
        types = subwords.types
        return Window(
            sentence,
            [*subwords.before, *subwords.ids[start:end], *subwords.after],
            [*types[:before], *types[before + start : before + end], *_tail(types, subwords.after)],
            words,
            [subwords.first[word] - start + before for word in words],
            [subwords.last[word] - start + before for word in words],
        )


def _tail(types: list[int], after: list[int]) -> list[int]:
    return types[len(types) - len(after) :]


def batches(all_windows: list[Window], batch_tokens: int) -> list[list[Window]]:
    """Windows of like length together, the longest first, so that memory is short at once or never.

    Args:
        all_windows: of some sentences.
        batch_tokens: most subwords of a batch, padding included; a longer window goes alone.

    """
    planned: list[list[Window]] = []
    for window in sorted(all_windows, key=lambda each: -len(each.ids)):
        if planned and (len(planned[-1]) + 1) * len(planned[-1][0].ids) <= batch_tokens:
            planned[-1].append(window)
        else:
            planned.append([window])
    return planned
