"""Prints the memory that SalientActivations needs beside a model.

Usage: python measure_memory.py MODEL_DIR CORPUS [DEVICE]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import torch
import transformers

from salient import SalientActivations

MB = 1e6


def resident():
    """Bytes of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def main(folder, corpus, device="cpu"):
    model = transformers.AutoModel.from_pretrained(folder).to(device)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    sizes = [p.numel() * p.element_size() for p in model.parameters()]
    with tempfile.TemporaryDirectory() as temp:
        warm, output = Path(temp, "warm.txt"), Path(temp, "activations.hdf5")
        warm.write_text("Kernels are loaded once .\n", encoding="utf-8")
        SalientActivations(warm, tokenizer=tokenizer)(model, output)
        before = resident()
        activations = SalientActivations(corpus, tokenizer=tokenizer)
        start = time.monotonic()
        activations(model, output)
        seconds = time.monotonic() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(f"model {sum(sizes) / MB:.0f} MB, file {output.stat().st_size / MB:.0f} MB")
    print(f"{seconds:.0f} s, at most {(peak - before) / MB:.0f} MB of memory beside the model")
    if device != "cpu":
        beside = torch.cuda.max_memory_allocated() - sum(sizes)
        print(f"{beside / MB:.0f} MB on {torch.cuda.get_device_name()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
