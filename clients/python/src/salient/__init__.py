"""Salient beside a training, and in a notebook.

``SalientCallback`` announces checkpoints and needs the standard library alone;
``SalientActivations`` writes the activations of the live model (extra ``activations``);
``results`` reads what Salient found into pandas (extra ``results``). Each is imported when it is
first asked for, so that none needs what another needs.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from salient.activations import SalientActivations
    from salient.announce import SalientCallback
    from salient.frames import Results, results
    from salient.rest import SalientError

_HOMES = {
    "SalientActivations": "salient.activations",
    "SalientCallback": "salient.announce",
    "Results": "salient.frames",
    "results": "salient.frames",
    "SalientError": "salient.rest",
}

__all__ = ["Results", "SalientActivations", "SalientCallback", "SalientError", "results"]


def __getattr__(name: str) -> Any:
    """Import a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module 'salient' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
