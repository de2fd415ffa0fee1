"""Two processes of one training, as torchrun starts them: rank 0 alone tells and writes.

Needs torch, Transformers and h5py: skipped, and said so, where one is missing.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from test_training import MISSING, sentences, tiny_tokenizer, train, write_corpus

PROCESSES = 2


class Server(HTTPServer):
    """Takes announcements, as the extractor does, and keeps them."""

    def __init__(self):
        self.announced = []
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.announced.append(json.loads(body))
        self.send_response(202)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


@unittest.skipIf(MISSING, f"SKIPPED: {', '.join(MISSING)} not installed")
class DistributedTest(unittest.TestCase):
    def test_should_announce_each_checkpoint_once_and_write_by_rank_zero(self):
        server = Server()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        with tempfile.TemporaryDirectory() as temp:
            folder = Path(temp)
            # when
            done = subprocess.run(
                [
                    *(sys.executable, "-m", "torch.distributed.run"),
                    *("--standalone", "--nproc_per_node", str(PROCESSES)),
                    *(__file__, temp, f"http://127.0.0.1:{server.server_port}"),
                ],
                capture_output=True,
                text=True,
                env={**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
            )
            self.assertEqual(0, done.returncode, done.stdout + done.stderr)
            # then
            ranks = {file.read_text() for file in folder.glob("rank-*")}
            self.assertEqual({f"of {PROCESSES}, seen 2 saves, gloo"}, ranks)
            self.assertEqual(PROCESSES, len(list(folder.glob("rank-*"))))
            run = folder / "run"
            told = [(each["step"], each["uri"]) for each in server.announced]
            wanted = [(step, str(run / f"checkpoint-{step}")) for step in (5, 10)]
            self.assertEqual(wanted, told)
            for step in (5, 10):
                names = [file.name for file in (run / f"checkpoint-{step}").iterdir()]
                self.assertEqual(1, names.count("activations.hdf5"))
                self.assertFalse(
                    [name for name in names if "activations" in name and "tmp" in name]
                )


def one_process(folder, address):
    """What each process runs."""
    import torch.distributed
    from transformers import TrainerCallback

    from salient import SalientActivations, SalientCallback

    saves = []

    class Seen(TrainerCallback):
        def on_save(self, args, state, control, **kwargs):
            saves.append(state.global_step)

    all_sentences = list(sentences(60))
    rank = os.environ["RANK"]
    own = folder / rank
    own.mkdir()
    corpus = own / "corpus.conllu"
    write_corpus(corpus, all_sentences)
    callbacks = [SalientActivations(corpus), SalientCallback(address), Seen()]
    train(folder / "run", callbacks, all_sentences, tiny_tokenizer(own))
    size, by = torch.distributed.get_world_size(), torch.distributed.get_backend()
    (folder / f"rank-{rank}").write_text(f"of {size}, seen {len(saves)} saves, {by}")
    torch.distributed.destroy_process_group()


if __name__ == "__main__":
    one_process(Path(sys.argv[1]), sys.argv[2])
