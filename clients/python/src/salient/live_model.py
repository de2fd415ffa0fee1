"""A model in the middle of its training, asked for hidden states and left as it was."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

_LIMITS = ("n_positions", "max_position_embeddings")
_RELATIVE = {"t5": 512, "mt5": 512, "umt5": 512}
_ELSE = 1024


def backbone(model: Any) -> Any:
    """The part that computes hidden states, without wrappers, head and decoder.

    Wrappers of DDP, of compile and of PEFT are taken off; a LoRA adapter stays in its layers.
    """
    while (inner := getattr(model, "_orig_mod", getattr(model, "module", None))) is not None:
        model = inner
    if hasattr(model, "get_base_model"):
        model = model.get_base_model()
    model = getattr(model, "base_model", model)
    if getattr(getattr(model, "config", None), "is_encoder_decoder", False):
        model = model.get_encoder()
    return model


def positions(model: Any) -> int:
    """Longest sentence in subwords, special ones included, as ``docs/models.md`` lists it."""
    for name, module in model.named_modules():
        padding = getattr(module, "padding_idx", None)
        if name.endswith("position_embeddings") and padding is not None:
            return int(module.num_embeddings) - int(padding) - 1  # as RoBERTa counts
    config = getattr(model, "config", None)
    family = getattr(config, "model_type", "")
    limits = (getattr(config, field, None) for field in _LIMITS)
    found = (limit for limit in limits if isinstance(limit, int) and limit > 0)
    return next(found, _RELATIVE.get(family, _ELSE)) if family != "xlnet" else _ELSE


class HiddenStates:
    """Calls a backbone with batches of subwords, padded behind."""

    def __init__(self, model: Any) -> None:
        """Call a backbone; the padding subword takes no part in anything."""
        self._model = model
        padding = getattr(getattr(model, "config", None), "pad_token_id", None)
        self._padding = padding if isinstance(padding, int) and padding >= 0 else 0
        self._accepts = set(inspect.signature(model.forward).parameters)

    @property
    def vocabulary(self) -> int | None:
        """Subwords that the model embeds; None where it does not say."""
        embedding = getattr(self._model, "get_input_embeddings", lambda: None)()
        count = getattr(embedding, "num_embeddings", None)
        return int(count) if count else None

    def of(self, ids: list[list[int]], types: list[list[int]]) -> list[torch.Tensor]:
        """The hidden states of a batch: one tensor of batch x length x H for each layer.

        Raises:
            ValueError: the model gives none.

        """
        inputs: dict[str, Any] = {
            "input_ids": self._padded(ids, self._padding),
            "attention_mask": self._padded([[1] * len(each) for each in ids], 0),
        }
        if "token_type_ids" in self._accepts and any(map(any, types)):
            inputs["token_type_ids"] = self._padded(types, 0)
        for cache in {"use_cache", "use_mems"} & self._accepts:
            inputs[cache] = False
        output = self._model(**inputs, output_hidden_states=True, return_dict=True)
        states = getattr(output, "hidden_states", None)
        if states is None:
            raise ValueError(
                f"{type(self._model).__name__} gives no hidden states: it must take "
                "output_hidden_states=True and answer with hidden_states, one per layer"
            )
        return list(states)

    def _padded(self, rows: list[list[int]], padding: int) -> torch.Tensor:
        length = max(map(len, rows))
        filled = [row + [padding] * (length - len(row)) for row in rows]
        device = next(self._model.parameters()).device
        # What is offloaded has no device; its hooks move what comes in.
        return torch.tensor(filled, device="cpu" if device.type == "meta" else device)


@contextmanager
def evaluating(model: Any) -> Iterator[None]:
    """Evaluation without gradients; then every module's mode is as before."""
    training = [module for module in model.modules() if module.training]
    model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for module in training:
            module.training = True
