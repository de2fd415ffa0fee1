"""Activations of the live model, written at each save: see :class:`SalientActivations`."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from salient.corpus import read_words
from salient.live_model import HiddenStates, backbone, evaluating, positions
from salient.neurox_file import NeuroxFile
from salient.subwords import WordTokenizer
from salient.trainer import TrainerCallback
from salient.vectors import word_vectors
from salient.windows import Window, batches, windows

LOG = logging.getLogger("salient")
FILE = "activations.hdf5"
_AGGREGATIONS = ("last", "first", "average")
_AT_ONCE = 1000


class SalientActivations(TrainerCallback):  # type: ignore[misc]
    """Runs the probe corpus through the live model at each save, on its device and in its dtype.

    It writes ``activations.hdf5`` into the checkpoint's folder, as ``./salient extract`` writes it
    of the same checkpoint, and the extractor takes that file and does not read the model: so any
    model with hidden states and a fast tokenizer can be watched, on any device. The model's modes
    and gradients are left as they were; memory beside it is that of one batch.

    It never fails a training. In a distributed one rank 0 alone works; a model that FSDP or
    DeepSpeed's ZeRO 3 parts among processes is refused.
    """

    def __init__(
        self,
        *corpus: str | os.PathLike[str],
        tokenizer: Any = None,
        aggregation: str = "last",
        layers: Sequence[int] | None = None,
        max_positions: int | None = None,
        batch_tokens: int = 2048,
    ) -> None:
        """Read the corpus, so that a wrong one is told before the training.

        Args:
            corpus: file of the probe corpus that Salient is given; of one in three files train, dev
                and test, in this order.
            tokenizer: by default the Trainer's ``processing_class``.
            aggregation: how the vectors of a word's subwords become one: last, first or average.
            layers: layers to write; 0 is the embeddings, -1 the last. By default all.
            max_positions: longest sentence in subwords; by default what the model says.
            batch_tokens: subwords that go through the model at once, padding included.

        Raises:
            CorpusError: the corpus cannot be read.
            ValueError: another argument is not one of those named here.

        """
        if not corpus:
            raise ValueError("no corpus: give the file that Salient gets by --corpus")
        if aggregation not in _AGGREGATIONS:
            raise ValueError(f"aggregation={aggregation!r}: give one of {', '.join(_AGGREGATIONS)}")
        self._sentences = [sentence for file in corpus for sentence in read_words(file)]
        self._tokenizer = tokenizer
        self._aggregation = aggregation
        self._layers = layers
        self._max_positions = max_positions
        self._batch_tokens = batch_tokens

    def on_save(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Write the activations of the step that was just saved."""
        if not state.is_world_process_zero:
            return
        step = int(state.global_step)
        try:
            _require_whole(args)
            output = Path(args.output_dir, f"checkpoint-{step}", FILE)
            self(kwargs["model"], output, kwargs.get("processing_class"))
        except Exception as error:  # whatever it is: a training must not end for it
            LOG.warning(
                "activations of step %s were not written, the training goes on: %r", step, error
            )

    def __call__(self, model: Any, output: str | os.PathLike[str], tokenizer: Any = None) -> None:
        """Write the activations of a model.

        Args:
            model: of Transformers, or one that takes ``input_ids``, ``attention_mask`` and
                ``output_hidden_states`` and answers with ``hidden_states``.
            output: the file, such as ``activations.hdf5``; replaced when it is there.
            tokenizer: of the model, where none was given before.

        Raises:
            ValueError: model, tokenizer and corpus do not go together; the message says why.
            OSError: the file cannot be written.

        """
        chosen = self._tokenizer or tokenizer
        if chosen is None:
            raise ValueError(
                "no tokenizer: give SalientActivations(tokenizer=), or the Trainer its "
                "processing_class"
            )
        inner = backbone(model)
        with NeuroxFile(output, self._sentences) as file, evaluating(model):
            plan = self._batches(WordTokenizer(chosen), self._max_positions or positions(inner))
            written = self._write(plan, HiddenStates(inner), file)
            words = sum(map(len, self._sentences))
            if not written:
                raise ValueError(
                    f"none of the {words} words gets a vector: is the tokenizer the model's, and "
                    "max_positions large enough?"
                )
            file.finish()
        LOG.info("%s: %d words, %d of them without a vector", output, words, words - written)

    def _batches(self, tokenizer: WordTokenizer, limit: int) -> Iterator[list[Window]]:
        """Sentences are tokenised when it is their turn: a plan of all would be large."""
        for start in range(0, len(self._sentences), _AT_ONCE):
            plan: list[Window] = []
            for at, words in enumerate(self._sentences[start : start + _AT_ONCE], start):
                plan += windows(at, tokenizer.tokenize(words), limit)
            yield from batches(plan, self._batch_tokens)

    def _write(self, plan: Iterator[list[Window]], states: HiddenStates, file: NeuroxFile) -> int:
        """Write all batches; how many words have a vector."""
        written = 0
        for batch in plan:
            _require_embedded(batch, states.vocabulary)
            hidden = states.of([w.ids for w in batch], [w.types for w in batch])
            numbers = _numbers(self._layers, len(hidden))
            chosen = [hidden[number] for number in numbers]
            del hidden
            vectors = word_vectors(chosen, batch, self._aggregation)
            if not written:
                named = None if self._layers is None else numbers
                file.lay_out(len(numbers), vectors.shape[2], named)
            self._put(file, batch, vectors)
            written += vectors.shape[1]
        return written

    def _put(self, file: NeuroxFile, batch: list[Window], vectors: Any) -> None:
        at = 0
        for window in batch:
            own = vectors[:, at : at + len(window.words)]
            finite = np.isfinite(own).all(axis=(0, 2))
            if not finite.all():
                word = self._sentences[window.sentence][window.words[int(finite.argmin())]]
                raise ValueError(
                    f"sentence {window.sentence}, word {word!r}: the model gives a value that is "
                    "no finite number: has the training diverged?"
                )
            file.put(window.sentence, window.words, own)
            at += len(window.words)


def _require_whole(args: Any) -> None:
    from transformers.integrations import is_deepspeed_zero3_enabled

    if getattr(args, "fsdp", None) or is_deepspeed_zero3_enabled():
        raise ValueError(
            "FSDP or ZeRO 3 parts the model, and one process alone cannot run it: save whole "
            "weights and let the extractor read them"
        )


def _require_embedded(batch: list[Window], vocabulary: int | None) -> None:
    """Before a graphics card fails for it, and cannot be used any more."""
    largest = max(max(window.ids) for window in batch)
    if vocabulary is not None and largest >= vocabulary:
        raise ValueError(
            f"the tokenizer has subword {largest}, but the model embeds {vocabulary}: "
            "resize_token_embeddings(len(tokenizer)), or give the model's own tokenizer"
        )


def _numbers(asked: Sequence[int] | None, count: int) -> list[int]:
    """The model's own numbers of the layers asked for, ascending."""
    if asked is None:
        return list(range(count))
    numbers = sorted({layer + count if layer < 0 else layer for layer in asked})
    if not numbers or numbers[0] < 0 or numbers[-1] >= count:
        raise ValueError(f"layers={list(asked)}: the model has layers 0 to {count - 1}")
    return numbers
