"""A real Trainer beside a real Salient: what it saves is announced, ranked, and read as frames.

Needs Transformers, torch and pandas, and the ``salient`` launcher of this repository with its JDK:
skipped, and said so, where one is missing.
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

from salient import SalientCallback, SalientError

LAUNCHER = Path(__file__).resolve().parents[3] / "salient"
MISSING = [
    name
    for name in ("torch", "transformers", "accelerate", "pandas")
    if importlib.util.find_spec(name) is None
]
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


def train(run, callback, all_sentences):
    """Ten steps of a BERT of two layers, saved after five and ten."""
    import torch
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        BertTokenizerFast,
        Trainer,
        TrainingArguments,
    )

    vocabulary = run.parent / "vocab.txt"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", *NOUNS, *VERBS]
    vocabulary.write_text("\n".join(words) + "\n", encoding="utf-8")
    tokenizer = BertTokenizerFast(str(vocabulary))
    torch.manual_seed(1)
    model = BertForSequenceClassification(
        BertConfig(
            vocab_size=len(words),
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=32,
        )
    )
    examples = [
        {
            **tokenizer(" ".join(w for w, _ in sentence), padding="max_length", max_length=10),
            "labels": len(sentence) % 2,
        }
        for sentence in all_sentences
    ]
    Trainer(
        model=model,
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
        callbacks=[callback],
    ).train()


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
        cls.run_folder = Path(folder.name) / "run"
        cls.run_folder.mkdir()
        cls.sentences = list(sentences(300))
        corpus = Path(folder.name) / "corpus.conllu"
        write_corpus(corpus, cls.sentences)
        cls.address = f"http://127.0.0.1:{free_port()}"
        cls.log = Path(folder.name) / "watch.log"
        with cls.log.open("w") as log:
            watch = subprocess.Popen(
                [
                    str(LAUNCHER),
                    "watch",
                    str(cls.run_folder),
                    "--corpus",
                    str(corpus),
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

    def test_should_rank_what_a_trainer_announces(self):
        # given: a run name that only the announcements give; the watched folder has another
        callback = SalientCallback(self.address, run="announced", baseline_step=5)

        # when
        train(self.run_folder, callback, self.sentences)

        # then
        def ranked():
            frames = self.read("announced")
            return frames is not None and set(frames.accuracy.get("step", [])) == {5, 10}

        self.until("both steps ranked", ranked)
        frames = self.read("announced")
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
