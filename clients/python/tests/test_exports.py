"""Figures that a real watch writes for TensorBoard and sends to MLflow, read back by TensorBoard
itself and from a real MLflow server.

Skipped, and said so, where one of them, torch or Transformers is missing.
"""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

from test_training import LAUNCHER, MISSING, free_port, sentences, train, write_corpus

NO_EXPORTS = MISSING + [
    name for name in ("tensorboard", "mlflow") if importlib.util.find_spec(name) is None
]
SECONDS = 120


@unittest.skipIf(NO_EXPORTS, f"SKIPPED: {', '.join(NO_EXPORTS)} not installed")
@unittest.skipUnless(LAUNCHER.exists(), f"SKIPPED: there is no {LAUNCHER}")
class ExportsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.run_folder = cls.folder / "genre"
        cls.run_folder.mkdir()
        cls.corpus = cls.folder / "corpus.conllu"
        all_sentences = list(sentences(300))
        write_corpus(cls.corpus, all_sentences)
        train(cls.run_folder, [], all_sentences)
        cls.server = f"http://127.0.0.1:{free_port()}"
        cls.start_mlflow()
        cls.watch()
        cls.watch()  # after a restart all is read again, and nothing is to be written twice

    @classmethod
    def start_mlflow(cls):
        log = (cls.folder / "mlflow.log").open("w")
        cls.addClassCleanup(log.close)
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "mlflow", "server"),
                *("--host", "127.0.0.1", "--port", cls.server.rsplit(":", 1)[1]),
                *("--workers", "1"),
                *("--backend-store-uri", f"sqlite:///{cls.folder}/mlflow.db"),
                *("--artifacts-destination", str(cls.folder / "artifacts")),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=cls.folder,
        )
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(os.killpg, server.pid, signal.SIGTERM)
        end = time.monotonic() + SECONDS
        while True:
            try:
                with urllib.request.urlopen(cls.server + "/health", timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError):
                if server.poll() is not None or time.monotonic() > end:
                    raise AssertionError((cls.folder / "mlflow.log").read_text()) from None
                time.sleep(0.5)

    @classmethod
    def watch(cls):
        done = subprocess.run(
            [
                *(str(LAUNCHER), "watch", str(cls.run_folder), "--once", "--quiet"),
                *("--corpus", str(cls.corpus), "--concepts", "upos", "--port", "0"),
                *("--state-dir", str(cls.folder / "state")),
                *("--tensorboard", str(cls.folder / "logs"), "--mlflow", cls.server),
            ],
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)

    def post(self, path, body):
        request = urllib.request.Request(
            f"{self.server}/api/2.0/mlflow/{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def get(self, path):
        with urllib.request.urlopen(f"{self.server}/api/2.0/mlflow/{path}", timeout=30) as answer:
            return json.load(answer)

    def test_should_be_read_by_tensorboard_each_figure_once(self):
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

        events = EventAccumulator(str(self.folder / "logs/genre"), size_guidance={"tensors": 0})
        events.Reload()

        accuracy = events.Scalars("accuracy/upos")
        self.assertEqual([5, 10], [event.step for event in accuracy])
        self.assertTrue(all(0 < event.value <= 1 for event in accuracy))
        self.assertEqual([5, 10], [event.step for event in events.Scalars("mean_layer/upos")])
        self.assertEqual([10], [event.step for event in events.Scalars("rho/upos")])
        verdicts = events.Tensors("verdict/upos")
        self.assertEqual([10], [event.step for event in verdicts])
        self.assertRegex(verdicts[0].tensor_proto.string_val[0].decode(), "^[a-z-]+$")

    def test_should_be_kept_by_mlflow_each_figure_once(self):
        experiment = self.get("experiments/get-by-name?experiment_name=salient")["experiment"]
        runs = self.post("runs/search", {"experiment_ids": [experiment["experiment_id"]]})["runs"]
        self.assertEqual(["genre"], [run["info"]["run_name"] for run in runs])

        tags = {tag["key"]: tag["value"] for tag in runs[0]["data"]["tags"]}
        self.assertRegex(tags["upos.verdict"], "^[a-z-]+ at step 10$")
        run = runs[0]["info"]["run_id"]
        history = self.get(f"metrics/get-history?run_id={run}&metric_key=upos/accuracy")["metrics"]
        self.assertEqual([5, 10], sorted(int(metric["step"]) for metric in history))


if __name__ == "__main__":
    unittest.main()
