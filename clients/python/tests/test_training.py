"""A real Trainer with both callbacks beside a real Salient: what it saves is announced, ranked by
the activations of the live model, and read as frames.

Needs Transformers, torch, h5py and pandas, and the ``salient`` launcher of this repository with its
JDK: skipped, and said so, where one is missing.
"""

import contextlib
import importlib.util
import os
import random
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path
from unittest.mock import patch

from salient import SalientCallback, SalientError

LAUNCHER = Path(__file__).resolve().parents[3] / "salient"
MISSING = [
    name
    for name in ("torch", "transformers", "accelerate", "h5py", "pandas")
    if importlib.util.find_spec(name) is None
]
NO_NOTEBOOK = [
    name
    for name in ("matplotlib", "nbclient", "nbformat", "ipykernel")
    if importlib.util.find_spec(name) is None
]
NOTEBOOK = LAUNCHER.parent / "docs/figures.ipynb"
NOUNS = ["cat", "dog", "house", "tree", "river", "book"]
VERBS = ["sees", "likes", "finds", "paints"]
SECONDS = 600


def sentences(count):
    """Words with their part of speech, three to five to a sentence."""
    draws = random.Random(1)
    for _ in range(count):
        words = [("the", "DET"), (draws.choice(NOUNS), "NOUN"), (draws.choice(VERBS), "VERB")]
        if draws.random() < 0.7:
            words += [("the", "DET"), (draws.choice(NOUNS), "NOUN")]
        yield words


def write_corpus(path, all_sentences):
    with path.open("w", encoding="utf-8") as file:
        for words in all_sentences:
            for i, (word, pos) in enumerate(words, 1):
                file.write(f"{i}\t{word}\t{word}\t{pos}\t_\t_\t0\troot\t_\t_\n")
            file.write("\n")


def tiny_tokenizer(folder):
    """One that knows the words of the sentences."""
    from transformers import BertTokenizerFast

    vocabulary = folder / "vocab.txt"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", *NOUNS, *VERBS]
    vocabulary.write_text("\n".join(words) + "\n", encoding="utf-8")
    return BertTokenizerFast(str(vocabulary))


def tiny_model(tokenizer):
    """A BERT of two layers, always the same."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(1)
    return BertForSequenceClassification(
        BertConfig(
            vocab_size=len(tokenizer),
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=32,
        )
    )


def train(run, callbacks, all_sentences, tokenizer=None, model=None):
    """Ten steps of a tiny model, saved after five and ten; its weights."""
    from transformers import Trainer, TrainingArguments

    tokenizer = tokenizer or tiny_tokenizer(run.parent)
    examples = [
        {
            **tokenizer(" ".join(w for w, _ in sentence), padding="max_length", max_length=10),
            "labels": len(sentence) % 2,
        }
        for sentence in all_sentences
    ]
    trainer = Trainer(
        model=model or tiny_model(tokenizer),
        args=TrainingArguments(
            output_dir=str(run),
            max_steps=10,
            save_steps=5,
            report_to=[],
            use_cpu=True,
            disable_tqdm=True,
        ),
        train_dataset=examples,
        processing_class=tokenizer,
        callbacks=callbacks,
    )
    trainer.train()
    return {name: weight.clone() for name, weight in trainer.model.state_dict().items()}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@unittest.skipIf(MISSING, f"SKIPPED: {', '.join(MISSING)} not installed")
@unittest.skipUnless(LAUNCHER.exists(), f"SKIPPED: there is no {LAUNCHER}")
class TrainingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.run_folder = Path(folder.name) / "watched"
        cls.run_folder.mkdir()
        cls.sentences = list(sentences(300))
        cls.corpus = Path(folder.name) / "corpus.conllu"
        write_corpus(cls.corpus, cls.sentences)
        cls.address = f"http://127.0.0.1:{free_port()}"
        cls.log = Path(folder.name) / "watch.log"
        with cls.log.open("w") as log:
            watch = subprocess.Popen(
                [
                    str(LAUNCHER),
                    "watch",
                    str(cls.run_folder),
                    "--corpus",
                    str(cls.corpus),
                    "--concepts",
                    "upos",
                    "--port",
                    cls.address.rsplit(":", 1)[1],
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        cls.addClassCleanup(cls.end, watch)
        cls.watch = watch
        cls.weights = train(cls.run_folder, cls.callbacks(), cls.sentences)

    @classmethod
    def callbacks(cls):
        """Both; the run has a name that only the announcements give, not the watched folder's."""
        from salient import SalientActivations

        return [
            SalientActivations(cls.corpus),
            SalientCallback(cls.address, run="announced", baseline_step=5),
        ]

    @staticmethod
    def end(watch):
        os.killpg(watch.pid, signal.SIGTERM)
        watch.wait()

    def read(self, run):
        """The frames, or none while the server or the run is not there yet."""
        from salient import results

        try:
            return results(self.address, run=run, top=5)
        except SalientError:
            return None

    def until(self, what, done):
        """Asks once a second, until the server has ended or time is up."""
        end = time.monotonic() + SECONDS
        while not done() and time.monotonic() < end:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.watch.wait(timeout=1)
                break
        self.assertTrue(done(), f"{what}: {self.log.read_text()[-3000:]}")

    def origins(self, run):
        """What the rankings of both steps were computed from."""
        from salient.rest import RestApi

        api = RestApi(self.address)
        return {api.step(run, "upos", step, 1)["provenance"]["modelType"] for step in (5, 10)}

    def until_ranked(self, run):
        def ranked():
            frames = self.read(run)
            return frames is not None and set(frames.accuracy.get("step", [])) == {5, 10}

        self.until(f"both steps of {run} ranked", ranked)

    def until_evaluated(self, run):
        def evaluated():
            frames = self.read(run)
            return frames is not None and set(frames.ablation["step"]) == {5, 10}

        self.until(f"both steps of {run} evaluated", evaluated)

    def test_should_rank_what_a_trainer_announces(self):
        self.until_ranked("announced")
        self.assert_results(self.read("announced"))

    def test_should_rank_by_the_activations_of_the_live_model(self):
        for run in ("announced", self.run_folder.name):
            self.until_ranked(run)
            self.assertEqual({"neurox"}, self.origins(run))

    @unittest.skipUnless(importlib.util.find_spec("pyarrow"), "SKIPPED: pyarrow not installed")
    def test_should_read_tables_as_parquet(self):
        import io
        import urllib.request

        import pandas as pd

        self.until_evaluated("announced")  # nothing changes any more

        def read(path):
            with urllib.request.urlopen(
                f"{self.address}/api/runs/announced/concepts/upos{path}"
            ) as got:
                return io.BytesIO(got.read())

        def known(frame):
            """Both have their own ways to say that a cell is empty."""
            return frame.astype(object).where(frame.notna(), None)

        for path in ("/tables/steps?", "/tables/labels?", "/steps/10?top=9&", "/steps/10/ranks?"):
            with self.subTest(path):
                parquet = known(pd.read_parquet(read(path + "format=parquet")))
                self.assertGreater(len(parquet), 0)
                csv = known(pd.read_csv(read(path + "format=csv")))
                pd.testing.assert_frame_equal(csv, parquet, rtol=1e-6)
        steps = pd.read_parquet(read("/tables/steps?format=parquet"))
        self.assertEqual("int64", str(steps["step"].dtype))
        self.assertEqual("float64", str(steps["accuracy"].dtype))
        self.assertEqual("float32", str(steps["coverage"].dtype))
        self.assertEqual("bool", str(steps["final"].dtype))

    def test_should_leave_the_training_as_it_would_have_been(self):
        alone = train(self.run_folder.parent / "alone", [], self.sentences)
        self.assertEqual(alone.keys(), self.weights.keys())
        for name, weight in alone.items():
            self.assertTrue(weight.equal(self.weights[name]), name)

    @unittest.skipIf(NO_NOTEBOOK, f"SKIPPED: {', '.join(NO_NOTEBOOK)} not installed")
    def test_should_draw_the_figures_of_the_notebook(self):
        import nbformat
        from nbclient import NotebookClient

        self.until_evaluated("announced")
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        chosen = {"SALIENT_ADDRESS": self.address, "SALIENT_RUN": "announced"}
        with patch.dict(os.environ, chosen):
            NotebookClient(notebook, timeout=SECONDS).execute()

        outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        figures = [each for each in outputs if "image/png" in each.get("data", {})]
        self.assertEqual(5, len(figures))
        self.assertIn("announced: steps [5, 10], baseline 5, concepts ['upos']", outputs[0]["text"])

    def assert_results(self, frames):
        self.assertEqual({5}, set(frames.runs[frames.runs["baseline"]]["step"]))
        self.assertTrue(frames.accuracy["accuracy"].between(0, 1).all())
        self.assertLessEqual(len(frames.rankings), 2 * 5)
        self.assertEqual({"announced"}, set(frames.rankings["run"]))
        self.assertTrue(frames.rankings["layer"].between(0, 2).all())
        self.assertTrue(frames.rankings["unit"].between(0, 15).all())
        self.assertEqual({"DET", "NOUN", "VERB"}, set(frames.labels["label"]))
        self.assertIn(10, set(frames.drift["step"]))
        self.assertEqual({"run", "concept", "step", "layer", "neurons"}, set(frames.layers.columns))

    def test_should_say_what_to_change_where_nothing_answers(self):
        from salient import results

        with self.assertRaisesRegex(SalientError, "start ./salient watch"):
            results(f"http://127.0.0.1:{free_port()}")


if __name__ == "__main__":
    unittest.main()
