"""Writes what NeuroX answers on small random input, for NeuroxParityTest.

Needs NeuroX and its torch and numpy; run in this folder:
    pip install --no-deps neurox==1.0.9 && pip install torch numpy scikit-learn imbalanced-learn tqdm
    python neurox_fixture.py > ../resources/neurox/parity.tsv

One line per value: a name, a tab, numbers separated by blanks. Numbers are the shortest decimals
that read back to the same float32.
"""

import contextlib
import io
import importlib.metadata
import sys
import types

import numpy as np
import torch

# Only pages of plots need these; the functions asked here do not.
for name in ("svgwrite", "seaborn", "matplotlib", "matplotlib.pyplot"):
    sys.modules.setdefault(name, types.ModuleType(name))

from neurox.interpretation import linear_probe, probeless

LABELS = 5
NEURONS = 60
WORDS = 90


def line(name, values):
    print(name + "\t" + " ".join(str(v) for v in values))


def main():
    random = np.random.default_rng(20230511)
    weights = random.laplace(size=(LABELS, NEURONS)).astype(np.float32)
    weights[random.random(weights.shape) < 0.2] = 0
    weights[:, [7, 30]] = 0  # neurons that no label uses
    x = random.normal(size=(WORDS, NEURONS)).astype(np.float32)
    y = np.arange(WORDS) % LABELS
    x[np.arange(WORDS), 3 + 4 * y] += 2

    probe = linear_probe.LinearProbe(NEURONS, LABELS)
    with torch.no_grad():
        probe.linear.weight.copy_(torch.from_numpy(weights))
    classes = {c: c for c in range(LABELS)}

    versions = [
        package + " " + importlib.metadata.version(package)
        for package in ("neurox", "torch", "numpy")
    ]
    print("# " + ", ".join(versions) + ", seed 20230511")
    for c in range(LABELS):
        line(f"weights/{c}", weights[c])
    for share in (0.1, 0.25, 0.5, 0.9):
        union, per_label = linear_probe.get_top_neurons(probe, share, classes)
        line(f"top/{share}", sorted(union))
        for c in range(LABELS):
            line(f"top/{share}/{c}", per_label[c])
        union, per_label = linear_probe.get_bottom_neurons(probe, share, classes)
        line(f"bottom/{share}", sorted(union))
    for divisor in (2, 5):
        union, _ = linear_probe.get_top_neurons_hard_threshold(probe, divisor, classes)
        line(f"threshold/{divisor}", sorted(union))
    with contextlib.redirect_stdout(io.StringIO()):
        ordering, cutoffs = linear_probe.get_neuron_ordering(probe, classes)
    line("ordering", ordering)
    line("cutoffs", cutoffs)
    line("labels", y)
    for i in range(WORDS):
        line(f"word/{i}", x[i])
    line("probeless", probeless.get_neuron_ordering(x, y))
    for c in range(LABELS):
        line(f"probeless/{c}", probeless.get_neuron_ordering_for_tag(x, y, classes, c))


if __name__ == "__main__":
    main()
