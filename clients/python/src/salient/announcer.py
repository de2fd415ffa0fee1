"""Announcements that wait for their server in a thread of their own."""

from __future__ import annotations

import atexit
import http.client
import logging
import threading
import time
from collections import deque
from collections.abc import Mapping

from salient.post import Answer, base_address, given_token, request

LOG = logging.getLogger("salient")


class Announcer:
    """Posts announcements in their order, each until a server has taken or refused it.

    ``announce`` returns at once. A thread, started with the first announcement, does the rest:
    where nothing answers, or the answer is 5xx, it tries again after 1, 2, 4 .. ``longest_pause``
    seconds and says so once; a refusal (4xx) is told and not tried again. What is still waiting
    when the process ends is lost; the end waits ``linger`` seconds at most, and not where nothing
    answers.
    """

    def __init__(
        self,
        address: str,
        *,
        timeout: float = 10.0,
        first_pause: float = 1.0,
        longest_pause: float = 30.0,
        linger: float = 3.0,
        token: str | None = None,
    ) -> None:
        """Announce to a server.

        Args:
            address: such as ``http://127.0.0.1:8080``.
            timeout: seconds that a server has to answer.
            first_pause: seconds before the second try.
            longest_pause: seconds between later tries, at most.
            linger: seconds that the end of the process waits, at most.
            token: shown to it; by default that of the environment, ``SALIENT_TOKEN``.

        Raises:
            ValueError: the address is none, or the token.

        """
        self._url = base_address(address) + "/checkpoints"
        self._timeout = timeout
        self._token = given_token(token)
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._linger = linger
        self._waiting: deque[Mapping[str, object]] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._silent = False

    def announce(self, checkpoint: Mapping[str, object]) -> None:
        """Announce a checkpoint, a body of ``POST /checkpoints``. Never blocks, never raises."""
        with self._changed:
            self._waiting.append(dict(checkpoint))
            self._changed.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="salient-announcer", daemon=True
                )
                self._thread.start()
                atexit.register(self._at_end)

    @property
    def waiting(self) -> int:
        """How many announcements no server has taken or refused yet."""
        with self._changed:
            return len(self._waiting)

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is waiting. True when that is so, False when the time was up."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, seconds)

    def _at_end(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting or self._silent, self._linger)

    def _run(self) -> None:
        pause = self._first_pause
        while True:
            with self._changed:
                while not self._waiting:
                    self._changed.wait()
                checkpoint = self._waiting[0]
            ended = self._post(checkpoint)
            with self._changed:
                if ended:
                    self._waiting.popleft()
                self._changed.notify_all()
            if ended:
                pause = self._first_pause
            else:
                time.sleep(pause)
                pause = min(2 * pause, self._longest_pause)

    def _post(self, checkpoint: Mapping[str, object]) -> bool:
        """Try once; True when there is nothing more to try."""
        try:
            answer = request(
                self._url,
                body=checkpoint,
                accept="application/json",
                timeout=self._timeout,
                token=self._token,
            )
        except (OSError, http.client.HTTPException) as error:
            self._unanswered(str(error))
            return False
        except Exception as error:  # a body that is no JSON: a training goes on whatever it is
            LOG.warning("step %s was not announced: %r", checkpoint.get("step"), error)
            return True
        return self._answered(checkpoint, answer)

    def _answered(self, checkpoint: Mapping[str, object], answer: Answer) -> bool:
        if answer.status >= 500:
            self._unanswered(f"{answer.status}, {answer.detail}")
            return False
        if self._silent:
            LOG.warning("%s answers again", self._url)
        self._silent = False
        if not 200 <= answer.status < 300:
            LOG.warning(
                "step %s was refused by %s: %s, %s. The training goes on; %s",
                checkpoint.get("step"),
                self._url,
                answer.status,
                answer.detail,
                "give a token that may announce it (token=, SALIENT_TOKEN)"
                if answer.status in (401, 403)
                else "where the path is not in salient.extractor.roots, start the extractor with "
                "the run's folder there",
            )
        return True

    def _unanswered(self, why: str) -> None:
        if not self._silent:
            LOG.warning(
                "nothing takes checkpoints at %s (%s): the training goes on, and they are "
                "announced as soon as something does. Start ./salient watch, or change address=",
                self._url,
                why,
            )
        self._silent = True
