"""Writes NeuroX's HDF5 as ``./salient extract`` does: see ``docs/neurox.md``."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import h5py
import numpy as np


class NeuroxFile:
    """A file of activations that appears under its name when it is whole.

    A dataset ``"0"``, ``"1"``, .. per sentence, layers x words x H in float32, zeros where a word
    has no vector; ``sentence_to_index`` with the texts; the attribute ``salient_layers`` where not
    all layers are stored. Rows may come in any order; memory does not grow with their number.

    Until then it is called ``<name>.part``, from the beginning, which tells the extractor to wait.
    """

    def __init__(self, path: str | os.PathLike[str], sentences: Sequence[Sequence[str]]) -> None:
        """Begin a file, of sentences in words.

        Raises:
            OSError: it cannot be written.

        """
        self._path = Path(path)
        self._part = self._path.with_name(self._path.name + ".part")
        self._sentences = sentences
        self._file: Any = h5py.File(self._part, "w")

    def __enter__(self) -> NeuroxFile:
        """Return itself."""
        return self

    def lay_out(self, layers: int, hidden: int, numbers: Sequence[int] | None) -> None:
        """Make room for all sentences.

        Args:
            layers: how many are stored of every word.
            hidden: units per layer H.
            numbers: the model's own numbers of these layers; None for all from 0 on.

        """
        if numbers is not None:
            self._file.attrs["salient_layers"] = np.asarray(numbers, dtype="<i4")
        early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)  # a sentence of zeros has its place, too
        for index, words in enumerate(self._sentences):
            shape = (layers, len(words), hidden)
            self._file.create_dataset(str(index), shape, dtype="<f4", dcpl=early.copy())

    def put(self, sentence: int, words: Sequence[int], vectors: Any) -> None:
        """Write vectors of words of a sentence, ascending: an array of layers x words x H."""
        dataset = self._file[str(sentence)]
        start = 0
        for end in range(1, len(words) + 1):
            if end == len(words) or words[end] != words[end - 1] + 1:
                dataset[:, words[start] : words[end - 1] + 1, :] = vectors[:, start:end, :]
                start = end

    def finish(self) -> None:
        """Write the texts and give the file its name."""
        text = h5py.string_dtype("utf-8")
        index = self._file.create_dataset("sentence_to_index", (1,), dtype=text)
        index[0] = json.dumps(_keys(self._sentences))
        self._file.close()
        os.replace(self._part, self._path)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nothing behind but a finished file."""
        self._file.close()
        self._part.unlink(missing_ok=True)


def _keys(sentences: Sequence[Sequence[str]]) -> dict[str, str]:
    """From text to index, in the order of the corpus; a text that comes again is numbered."""
    keys: dict[str, str] = {}
    occurrences: dict[str, int] = {}
    for index, words in enumerate(sentences):
        key = text = " ".join(words)
        while key in keys:
            occurrences[text] = occurrences.get(text, 1) + 1
            key = f"{text} (Occurrence {occurrences[text]})"
        keys[key] = str(index)
    return keys
