"""Salient's REST API, as far as notebooks need it: answers as plain lists and dictionaries."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import quote

from salient.post import base_address, given_token, request


class SalientError(Exception):
    """A server that does not answer, or not with results; the message says what to change."""


class RestApi:
    """Reads results of one server; ``docs/openapi.yaml`` describes every answer."""

    def __init__(self, address: str, *, timeout: float = 30.0, token: str | None = None) -> None:
        """Read from a server.

        Args:
            address: such as ``http://127.0.0.1:8080``.
            timeout: seconds that it has to answer.
            token: shown to it; by default that of the environment, ``SALIENT_TOKEN``.

        Raises:
            ValueError: the address is none, or the token.

        """
        self._base = base_address(address)
        self._timeout = timeout
        self._token = given_token(token)

    def runs(self) -> list[dict[str, Any]]:
        """Every run with its checkpoints: ``RunView``."""
        found: list[dict[str, Any]] = self._get("/api/runs")
        return found

    def concept(self, run: str, concept: str) -> dict[str, Any]:
        """One concept over the steps of a run: ``ConceptView``."""
        found: dict[str, Any] = self._get(f"/api/runs/{_part(run)}/concepts/{_part(concept)}")
        return found

    def step(self, run: str, concept: str, step: int, top: int) -> dict[str, Any]:
        """One concept at one checkpoint: ``StepView``, with the first ``top`` neurons."""
        found: dict[str, Any] = self._get(
            f"/api/runs/{_part(run)}/concepts/{_part(concept)}/steps/{step}?top={top}"
        )
        return found

    def _get(self, path: str) -> Any:
        url = self._base + path
        try:
            answer = request(
                url, accept="application/json", timeout=self._timeout, token=self._token
            )
        except (OSError, http.client.HTTPException) as error:
            raise SalientError(
                f"nothing answers at {url} ({error}): start ./salient watch, or give the address "
                "of the ranking service"
            ) from error
        if answer.status in (401, 403):
            raise SalientError(
                f"{url} answers {answer.status}: {answer.detail} (token=, SALIENT_TOKEN)"
            )
        if answer.status != 200:
            raise SalientError(f"{url} answers {answer.status}: {answer.detail}")
        try:
            return json.loads(answer.body)
        except ValueError as error:
            raise SalientError(
                f"{url} does not answer with JSON: is it the address of Salient?"
            ) from error


def _part(text: str) -> str:
    """A part of a path, whatever letters it holds."""
    return quote(text, safe="")
