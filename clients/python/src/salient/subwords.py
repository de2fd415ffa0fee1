"""Words to subwords, as the extractor has them: never guessed from the text.

Every word is tokenised as it stands after a blank, the first of a sentence too: byte-level BPE gets
``add_prefix_space``; where another split comes first (Llama 3, Qwen) or blanks are only replaced
(Gemma), a blank is put before each word; Metaspace and WordPiece need nothing. Nothing is cut.
"""

from __future__ import annotations

import json
from typing import Any

from tokenizers import Tokenizer

from salient.windows import Subwords


class WordTokenizer:
    """A model's own tokenizer, fed with words."""

    def __init__(self, tokenizer: Any) -> None:
        """Take the fast tokenizer of Transformers, or one of the tokenizers library.

        Raises:
            ValueError: it is a tokenizer in Python alone.

        """
        backend = getattr(tokenizer, "backend_tokenizer", tokenizer)
        if not hasattr(backend, "to_str"):
            raise ValueError(
                f"{type(tokenizer).__name__} is no fast tokenizer, so that it does not tell which "
                "subword is of which word: load it with use_fast=True, or give tokenizer= one that "
                "has a tokenizer.json"
            )
        content = json.loads(backend.to_str())
        self._blank = _require_blank(content)
        self._tokenizer = Tokenizer.from_str(json.dumps(content))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def tokenize(self, words: list[str]) -> Subwords:
        """The subwords of a sentence, however many."""
        given = [f" {word}" if self._blank and not word.startswith(" ") else word for word in words]
        encoding = self._tokenizer.encode(given, is_pretokenized=True)
        word_of = encoding.word_ids
        own = [(at, word) for at, word in enumerate(word_of) if word is not None]
        begin, end = (own[0][0], own[-1][0] + 1) if own else (len(word_of), len(word_of))
        first = [-1] * len(words)
        last = [-1] * len(words)
        for at, word in own:
            first[word] = at - begin if first[word] < 0 else first[word]
            last[word] = at - begin
        ids = encoding.ids
        return Subwords(ids[:begin], ids[begin:end], ids[end:], encoding.type_ids, first, last)


def _require_blank(content: dict[str, Any]) -> bool:
    """Set ``add_prefix_space`` where that is all it takes; else tell whether a blank is due."""
    splits = _flat(content.get("pre_tokenizer"), "pretokenizers")
    if splits and splits[0].get("type") == "ByteLevel":
        splits[0]["add_prefix_space"] = True
        return False
    for split in splits:
        if split.get("type") == "ByteLevel":
            return not split.get("add_prefix_space", True)
        if split.get("type") == "Metaspace":
            if "prepend_scheme" in split:
                return bool(split["prepend_scheme"] == "never")
            return not split.get("add_prefix_space", True)
    normalizers = _flat(content.get("normalizer"), "normalizers")
    prepends = any(each.get("type") == "Prepend" for each in normalizers)
    return not prepends and any(_marks_blanks(each) for each in normalizers)


def _marks_blanks(normalizer: dict[str, Any]) -> bool:
    pattern = normalizer.get("pattern")
    return (
        normalizer.get("type") == "Replace"
        and isinstance(pattern, dict)
        and pattern.get("String") == " "
        and bool(str(normalizer.get("content", "")).strip())
    )


def _flat(node: dict[str, Any] | None, parts: str) -> list[dict[str, Any]]:
    if not node:
        return []
    if node.get("type") != "Sequence":
        return [node]
    return [leaf for part in node.get(parts, []) for leaf in _flat(part, parts)]
