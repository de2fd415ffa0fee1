"""JSON sent by HTTP, and what came of it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Answer:
    """What a server said: HTTP status, and the body as text."""

    status: int
    body: str

    @property
    def detail(self) -> str:
        """The reason in a problem+json body, else the body itself, shortened."""
        try:
            problem = json.loads(self.body)
        except ValueError:
            return self.body.strip()[:300]
        if isinstance(problem, dict):
            return str(problem.get("detail") or problem.get("title") or problem)
        return str(problem)[:300]


def base_address(address: str) -> str:
    """An address without a slash at its end.

    Raises:
        ValueError: it is not an http or https address.

    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(
            f"address {address!r} is not an http address: give one such as http://127.0.0.1:8080"
        )
    return address.rstrip("/")


def opener(address: str) -> urllib.request.OpenerDirector:
    """Open URLs as the environment says, but loopback never by a proxy."""
    if urlsplit(address).hostname in _LOOPBACK:
        return urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener()


def request(url: str, *, body: object = None, accept: str, timeout: float) -> Answer:
    """Send a GET, or a POST of JSON where there is a body.

    Args:
        url: whole address.
        body: what becomes JSON; None for a GET.
        accept: media type that is asked for.
        timeout: seconds that each step of the connection may take.

    Raises:
        OSError: nothing answers, or not in time.

    """
    headers = {"Accept": accept}
    data = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    asked = urllib.request.Request(url, data=data, headers=headers)
    try:
        with opener(url).open(asked, timeout=timeout) as response:
            return Answer(response.status, response.read().decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read().decode("utf-8", "replace"))
