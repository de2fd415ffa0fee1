"""Results as pandas DataFrames: one row per run, concept and step, or per what the frame says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pandas as pd

from salient.rest import RestApi, SalientError

_KEYS = ["run", "concept", "step"]


def results(
    address: str, *, run: str | None = None, top: int = 50, token: str | None = None
) -> Results:
    """What a server knows now.

    Args:
        address: of the ranking service or of ``./salient watch``, such as
            ``http://127.0.0.1:8080``.
        run: only this run; by default all.
        top: neurons of each ranking, from 1 on.
        token: shown to it; by default that of the environment, ``SALIENT_TOKEN``.

    Raises:
        SalientError: nothing answers, or there is no such run.
        ValueError: the address is none, or the token.

    """
    api = RestApi(address, token=token)
    runs = [view for view in api.runs() if run is None or view["run"] == run]
    if run is not None and not runs:
        raise SalientError(f"{address} knows no run {run!r}: see results(address).runs")
    return Results(api, runs, top)


class Results:
    """Frames of one server, each read when it is first asked for and then kept.

    Accuracies, shares and similarities go from 0 to 1; a value that is not known is missing. The
    fields are those of ``docs/results.md``, in snake case.
    """

    def __init__(self, api: RestApi, runs: list[dict[str, Any]], top: int) -> None:
        """Read from an API; the runs are its ``RunView``."""
        self._api = api
        self._runs = runs
        self._top = top

    @cached_property
    def runs(self) -> pd.DataFrame:
        """Checkpoints: run, step, checkpoint, stage, baseline (drift is measured against it)."""
        rows = [
            {
                "run": run["run"],
                "step": step["step"],
                "checkpoint": step.get("checkpointId"),
                "stage": step.get("stage"),
                "baseline": step["step"] == run.get("baselineStep"),
            }
            for run in self._runs
            for step in run["steps"]
        ]
        return _frame(rows, ["run", "step", "checkpoint", "stage", "baseline"])

    @cached_property
    def accuracy(self) -> pd.DataFrame:
        """Accuracies on test words by run, concept and step.

        ``accuracy`` of the probe, ``macro_f1``, ``majority`` (share of the most frequent train
        label), ``transfer_accuracy`` (the baseline's probe unchanged), ``control`` and
        ``selectivity`` (of control tasks), ``mean_layer``, ``reproducibility`` of the ranking.
        """
        control = {key: _given(view["ranking"].get("selectivity")) for key, view in self._steps}
        rows = [
            {
                **key,
                "final": step.get("final"),
                "accuracy": step.get("accuracy"),
                "macro_f1": step.get("macroF1"),
                "majority": step.get("majority"),
                "transfer_accuracy": step.get("transferAccuracy"),
                "control": _given(control.get(_key(key))).get("control"),
                "selectivity": _given(control.get(_key(key))).get("mean"),
                "mean_layer": step.get("meanLayer"),
                "reproducibility": step.get("reproducibility"),
                "method": step.get("method"),
            }
            for key, step in self._series()
        ]
        return _frame(rows, _KEYS)

    @cached_property
    def drift(self) -> pd.DataFrame:
        """Drift by run, concept and step, from the baseline and from the step before (``against``).

        ``jaccard``, ``rbo`` and ``spearman`` compare the full rankings; ``rho`` with ``lower`` and
        ``upper`` beside the noise; ``lost`` is the share of knowledge that was lost.
        """
        rows = []
        for key, step in self._series():
            for against in ("baseline", "previous"):
                drift = step.get("drift" + against.capitalize())
                if drift:
                    rows.append({**key, "against": against, **_drift(drift)})
        return _frame(rows, [*_KEYS, "against", *_drift({})])

    @cached_property
    def rankings(self) -> pd.DataFrame:
        """The first neurons over all labels: ``rank`` from 1, ``layer`` (0: embeddings), ``unit``,
        ``score``.
        """
        rows = [
            {**_named(key), **neuron}
            for key, view in self._steps
            for neuron in view["ranking"]["ranking"]
        ]
        return _frame(rows, [*_KEYS, "rank", "layer", "unit", "score"])

    @cached_property
    def layers(self) -> pd.DataFrame:
        """Where the first neurons lie: ``neurons`` of the histogram in each ``layer``."""
        rows = []
        for key, view in self._steps:
            counts = view["ranking"].get("layerHistogram") or []
            numbers = view.get("layerNumbers") or range(len(counts))
            for layer, neurons in zip(numbers, counts, strict=True):
                rows.append({**_named(key), "layer": layer, "neurons": neurons})
        return _frame(rows, [*_KEYS, "layer", "neurons"])

    @cached_property
    def ablation(self) -> pd.DataFrame:
        """Accuracy when only some neurons of the probe are kept.

        ``kept`` is their share, ``rule`` what ranks them (``ranking``, or ``lca``, the paper's);
        accuracies with the first (``top``), ``random`` ones and the last (``bottom``).
        """
        rows = []
        for key, view in self._steps:
            for rule, field in (("ranking", "ablation"), ("lca", "lcaAblation")):
                for kept in view["ranking"].get(field) or []:
                    rows.append({**_named(key), "rule": rule, **kept})
        return _frame(rows, [*_KEYS, "rule", "kept", "neurons", "top", "random", "bottom"])

    @cached_property
    def labels(self) -> pd.DataFrame:
        """Labels: train words, precision, recall and F1, and ``half_mass_neurons``: how many hold
        half of the label's weight mass.
        """
        rows = [
            {
                **_named(key),
                "label": label["label"],
                "words": label.get("count"),
                "below_minimum": label.get("belowMinimum"),
                "half_mass_neurons": label.get("massSetSize"),
                "precision": label.get("precision"),
                "recall": label.get("recall"),
                "f1": label.get("f1"),
            }
            for key, view in self._steps
            for label in view["ranking"].get("perLabel") or []
        ]
        return _frame(rows, [*_KEYS, "label"])

    def _series(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        for view in self._concepts:
            for step in view["steps"]:
                yield (
                    dict(zip(_KEYS, (view["run"], view["concept"], step["step"]), strict=True)),
                    step,
                )

    @cached_property
    def _concepts(self) -> list[dict[str, Any]]:
        return [
            self._api.concept(run["run"], concept)
            for run in self._runs
            for concept in run["concepts"]
        ]

    @cached_property
    def _steps(self) -> list[tuple[tuple[str, str, int], dict[str, Any]]]:
        return [
            (_key(key), self._api.step(key["run"], key["concept"], key["step"], self._top))
            for key, _ in self._series()
        ]


def _drift(drift: dict[str, Any]) -> dict[str, Any]:
    judged = _given(drift.get("judgement"))
    lost = _given(_given(drift.get("knowledge")).get("lost"))
    return {
        "other_step": drift.get("otherStep"),
        "verdict": drift.get("verdict"),
        "verdict_reason": drift.get("verdictReason"),
        "jaccard": drift.get("jaccard"),
        "rbo": drift.get("rbo"),
        "spearman": drift.get("spearman"),
        "mean_layer_shift": drift.get("meanLayerShift"),
        "wasserstein": drift.get("wasserstein"),
        "rho": judged.get("rho"),
        "lower": judged.get("lower"),
        "upper": judged.get("upper"),
        "lost": lost.get("ratio"),
    }


def _given(part: dict[str, Any] | None) -> dict[str, Any]:
    """A part of an answer; empty where the answer has none."""
    return part or {}


def _named(key: tuple[str, str, int]) -> dict[str, Any]:
    return dict(zip(_KEYS, key, strict=True))


def _key(key: dict[str, Any]) -> tuple[str, str, int]:
    return key["run"], key["concept"], key["step"]


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    """A frame that has its columns when it has no row, too."""
    frame: pd.DataFrame = pd.DataFrame(rows) if rows else pd.DataFrame(columns=columns)
    return frame
