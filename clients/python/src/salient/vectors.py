"""Vectors of subwords to vectors of words."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from salient.windows import Window


def word_vectors(layers: list[torch.Tensor], batch: list[Window], aggregation: str) -> Any:
    """One vector per word and layer.

    Args:
        layers: hidden states, batch x length x H each, on any device and in any dtype. The list is
            emptied, so that no layer is kept longer than it is needed.
        batch: the windows that they are of, in order.
        aggregation: last, first or average (in float32) over the subwords of a word.

    Returns:
        float32 array of layers x words x H, words in the order of the windows.

    Raises:
        ValueError: the layers have different widths.

    """
    rows = torch.tensor([row for row, window in enumerate(batch) for _ in window.words])
    first = torch.tensor([at for window in batch for at in window.first])
    last = torch.tensor([at for window in batch for at in window.last])
    hidden = layers[0].shape[2]
    vectors = np.empty((len(layers), len(rows), hidden), dtype=np.float32)
    for number in range(len(layers)):
        state = layers.pop(0)
        if state.shape[2] != hidden:
            raise ValueError(
                f"layer {number} has {state.shape[2]} units, the first has {hidden}: name "
                "layers of one width by layers="
            )
        places = [each.to(state.device) for each in (rows, first, last)]
        vectors[number] = _aggregated(state, aggregation, *places).cpu().numpy()
    return vectors


def _aggregated(
    state: torch.Tensor,
    aggregation: str,
    rows: torch.Tensor,
    first: torch.Tensor,
    last: torch.Tensor,
) -> torch.Tensor:
    if aggregation != "average":
        return state[rows, first if aggregation == "first" else last].float()
    total = state[rows, first].float()
    for offset in range(1, int((last - first).max()) + 1):
        more = first + offset <= last
        total[more] += state[rows[more], first[more] + offset].float()
    return total / (last - first + 1).unsqueeze(1)
