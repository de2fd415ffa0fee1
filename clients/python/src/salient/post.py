"""JSON sent by HTTP, and what came of it."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

TOKEN = "SALIENT_TOKEN"
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


class _NoTokenElsewhere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect with a token: that is for the server that was named, and no other."""

    def redirect_request(
        self, req: urllib.request.Request, *redirect: Any
    ) -> urllib.request.Request | None:
        if req.has_header("Authorization"):
            return None
        return super().redirect_request(req, *redirect)


def opener(address: str) -> urllib.request.OpenerDirector:
    """Open URLs as the environment says, but loopback never by a proxy."""
    if urlsplit(address).hostname in _LOOPBACK:
        return urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoTokenElsewhere)
    return urllib.request.build_opener(_NoTokenElsewhere)


def given_token(token: str | None) -> str | None:
    """The token that was given, else that of the environment, else none.

    Raises:
        ValueError: no header can hold it; the message does not repeat it.

    """
    found = token if token is not None else os.environ.get(TOKEN)
    if found is None or not found.strip():
        return None
    found = found.strip()
    if not (found.isascii() and found.isprintable()) or " " in found:
        raise ValueError(f"the token (token=, {TOKEN}) holds a letter that no token has")
    return found


def request(
    url: str, *, body: object = None, accept: str, timeout: float, token: str | None = None
) -> Answer:
    """Send a GET, or a POST of JSON where there is a body.

    Args:
        url: whole address.
        body: what becomes JSON; None for a GET.
        accept: media type that is asked for.
        timeout: seconds that each step of the connection may take.
        token: shown to the server; None to show none.

    Raises:
        OSError: nothing answers, or not in time.

    """
    headers = {"Accept": accept}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
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
