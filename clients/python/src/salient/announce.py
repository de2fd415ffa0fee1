"""A Transformers callback that announces checkpoints to Salient. Standard library only."""

from __future__ import annotations

import logging
import os
from typing import Any

from salient.announcer import Announcer
from salient.names import run_name
from salient.trainer import TrainerCallback

LOG = logging.getLogger("salient")


class SalientCallback(TrainerCallback):  # type: ignore[misc]
    """Announces each checkpoint that a Trainer saves by ``POST /checkpoints``.

    It never blocks and never fails a training: see :class:`salient.announcer.Announcer`. In a
    distributed training only the process of rank 0 announces.

    The extractor reads the folder itself: it must see it under the same path, or under the one that
    ``seen_as`` gives, and have it in ``salient.extractor.roots``, as the watched folder is.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8080",
        *,
        run: str | None = None,
        baseline_step: int | None = None,
        seen_as: str | None = None,
        token: str | None = None,
        announcer: Announcer | None = None,
    ) -> None:
        """Announce to a server.

        Args:
            address: of the extractor, or of ``./salient watch``.
            run: name of the run; by default the output folder's, as ``./salient watch`` has it.
            baseline_step: step that drift is measured against; by default the lowest.
            seen_as: path of the output folder on the server's machine; by default the same.
            token: shown to the server; by default that of the environment, ``SALIENT_TOKEN``.
            announcer: another way to send; by default one to the address.

        Raises:
            ValueError: the address is none, or the token.

        """
        self._announcer = announcer or Announcer(address, token=token)
        self._run = run
        self._baseline_step = baseline_step
        self._seen_as = seen_as

    def on_save(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Announce ``checkpoint-<step>`` of the output folder."""
        if not state.is_world_process_zero:
            return
        try:
            self._announcer.announce(self._checkpoint(args.output_dir, int(state.global_step)))
        except Exception as error:  # whatever it is: a training must not end for it
            LOG.warning("step %s was not announced: %r", state.global_step, error)

    def _checkpoint(self, output: str, step: int) -> dict[str, object]:
        folder = os.path.abspath(output)
        name = f"checkpoint-{step}"
        uri = os.path.join(self._seen_as or folder, name)
        return {
            "run": self._run or run_name(os.path.basename(folder)),
            "step": step,
            "uri": uri,
            "baseline": step == self._baseline_step,
        }
