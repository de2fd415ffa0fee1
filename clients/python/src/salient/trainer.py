"""What callbacks are made of: Transformers' ``TrainerCallback`` where it is installed."""

from __future__ import annotations

__all__ = ["TrainerCallback"]

try:
    from transformers.trainer_callback import TrainerCallback
except ImportError:  # another training loop, which calls on_save itself

    class TrainerCallback:  # type: ignore[no-redef]
        """Stands in for Transformers' class, whose events all do nothing."""
