#!/usr/bin/env python3
"""Most memory of processes that run, until they end or Ctrl-C: benchmarks/sample_memory.py PID...

For the services beside ./salient services: benchmarks/sample_memory.py $(pgrep -f quarkus-run.jar). Linux alone: it reads
/proc/PID/status four times a second. "own" is anonymous memory (heap, LibTorch, buffers), which a limit counts and nobody can take
back; "files" are pages of mapped files (weights, matrices, libraries), which the kernel drops when room is needed. In MiB.
"""

import sys
import time
from pathlib import Path

SAMPLE_SECONDS = 0.25
FIELDS = {"RssAnon": "own", "RssFile": "files", "VmRSS": "resident"}


def sample(pid):
    """MiB by column; None once the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return None
    values = dict(line.split(":", 1) for line in lines)
    if not FIELDS.keys() <= values.keys():
        return None  # a zombie has no memory
    return {column: int(values[field].split()[0]) // 1024 for field, column in FIELDS.items()}


def name(pid):
    """Its folder and jar, which tell services apart."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except FileNotFoundError:
        sys.exit(f"no process {pid}: give the ids of processes that run")
    jars = [word for word in words if word.endswith(".jar")]
    return "/".join(Path(jars[-1]).parts[-4:]) if jars else words[0]


def main(pids):
    names = {pid: name(pid) for pid in pids}
    most = {pid: dict.fromkeys(FIELDS.values(), 0) for pid in pids}
    together = 0
    try:
        while True:
            now = {pid: sample(pid) for pid in pids}
            alive = {pid: values for pid, values in now.items() if values}
            if not alive:
                break
            for pid, values in alive.items():
                most[pid] = {column: max(most[pid][column], values[column]) for column in values}
            together = max(together, sum(values["own"] for values in alive.values()))
            time.sleep(SAMPLE_SECONDS)
    except KeyboardInterrupt:
        pass
    print(f"{'own':>8}{'files':>8}{'resident':>10}  process")
    for pid, values in most.items():
        print(f"{values['own']:8}{values['files']:8}{values['resident']:10}  {pid} {names[pid]}")
    print(f"{together:8}  own memory of all at the same time, at most")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
