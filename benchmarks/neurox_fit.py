"""NeuroX's probes on rows that NeuroxBenchmark wrote: seconds of each, and the elastic net's objective where it ends.

Usage: neurox_fit.py FOLDER L1 L2    FOLDER has rows.f32 (train words x neurons) and CONCEPT.classes (one number a word, -1 without a label).
"""
import contextlib
import io
import pathlib
import sys
import time

import numpy as np
import torch
from neurox.interpretation.linear_probe import train_logistic_regression_probe

BATCH = 512  # NeuroX's default of 32 takes far longer on a CPU


def objective(probe, x, y, l1, l2):
    """Mean cross-entropy + l1 |W|_1 + l2 |W|^2, in double precision over blocks of words."""
    weights, bias = (p.detach().double() for p in probe.parameters())
    loss = 0.0
    for i in range(0, len(y), 2048):
        scores = torch.from_numpy(x[i : i + 2048]).double() @ weights.T + bias
        loss += torch.nn.functional.cross_entropy(scores, torch.from_numpy(y[i : i + 2048]), reduction="sum").item()
    return loss / len(y) + l1 * weights.abs().sum().item() + l2 * weights.square().sum().item()


def main():
    folder, l1, l2 = pathlib.Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    files = sorted(folder.glob("*.classes"))
    words = len(files[0].read_text().split())
    rows = np.fromfile(folder / "rows.f32", dtype=np.float32).reshape(words, -1)
    for file in files:
        codes = np.array(file.read_text().split(), dtype=np.int64)
        labelled = codes >= 0
        y = np.unique(codes[labelled], return_inverse=True)[1]
        x = rows if labelled.all() else rows[labelled]
        torch.manual_seed(0)
        np.random.seed(0)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            start = time.perf_counter()
            probe = train_logistic_regression_probe(x, y, lambda_l1=l1, lambda_l2=l2, batch_size=BATCH)
            seconds = time.perf_counter() - start
        print(f"NeuroX, {file.stem} alone {seconds:27.2f} s  {file.stem} {objective(probe, x, y, l1, l2):.5f}", flush=True)


main()
