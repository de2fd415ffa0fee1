"""Activations of a live model beside those of ``./salient extract`` of the same checkpoint.

Needs torch, Transformers and h5py; what compares needs the ``salient`` launcher with its JDK, too.
``SALIENT_MODEL`` is the folder of a real model; ``../shared`` beside the project has another.
"""

import copy
import importlib.util
import json
import os
import subprocess
import tempfile
import types
import unittest
from pathlib import Path

MISSING = [
    name
    for name in ("torch", "transformers", "accelerate", "h5py")
    if importlib.util.find_spec(name) is None
]
PROJECT = Path(__file__).resolve().parents[3]
LAUNCHER = PROJECT / "salient"
FAMILIES = PROJECT / "extractor-service/src/test/resources/families"
SHARED = PROJECT.parent / "shared"
TREEBANK = SHARED / "data/ud-english-ewt/en_ewt-ud-dev.conllu"
LARGEST_ERROR = 1e-4
REFUSED = {
    "flaubert-prenorm",  # by Transformers 5.24 itself, which subscripts its own cache
    "opt-postnorm",  # has a last layer of another width, which the extractor leaves unprojected
}

# A word without a subword in most vocabularies, a sentence twice, one beyond 64 positions, one that
# parts at a word which fits nowhere.
TEXT = f"""The unbelievable neurons slept .
Donaudampfschifffahrt ist gut
مرحبا بالعالم
我们 喜欢 学习
Café naïve 👩\u200d🚀 ok
Yes \u00ad !
Yes \u00ad !
{"The neurons slept , unbelievable . " * 12}
ok {"Donaudampfschifffahrt" * 12} The neurons {"slept " * 70}
"""


def load(folder):
    """A checkpoint with its head, and its tokenizer."""
    import transformers

    config = transformers.AutoConfig.from_pretrained(folder)
    model = getattr(transformers, config.architectures[0]).from_pretrained(folder)
    return model.float(), transformers.AutoTokenizer.from_pretrained(folder)


def content(file):
    """Layers, texts and values of a file of activations."""
    import h5py

    with h5py.File(file) as stored:
        values = {name: data[()] for name, data in stored.items()}
        texts = json.loads(values.pop("sentence_to_index")[0])
        return stored.attrs.get("salient_layers"), list(texts.items()), values


def extract(folder, corpus, output, *options):
    """Let ``./salient extract`` do it."""
    command = [LAUNCHER, "extract", folder, "--corpus", corpus, "--output", output, *options]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(done.stdout + done.stderr)
    return content(output)


class Folder(unittest.TestCase):
    def setUp(self):
        from salient import SalientActivations

        self.made = SalientActivations
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.corpus = self.folder / "corpus.txt"
        self.corpus.write_text(TEXT, encoding="utf-8")
        self.output = self.folder / "activations.hdf5"

    def written(self, model, tokenizer, **options):
        self.made(self.corpus, tokenizer=tokenizer, **options)(model, self.output)
        return content(self.output)


@unittest.skipIf(MISSING, f"SKIPPED: {', '.join(MISSING)} not installed")
@unittest.skipUnless(LAUNCHER.exists(), f"SKIPPED: there is no {LAUNCHER}")
class AgreementTest(Folder):
    def assert_agree(self, folder, *options, **named):
        import numpy as np

        layers, texts, theirs = extract(folder, self.corpus, self.folder / "their.hdf5", *options)
        own_layers, own_texts, own = self.written(*load(folder), **named)
        self.assertEqual(texts, own_texts)
        np.testing.assert_array_equal(layers, own_layers)
        self.assertEqual(theirs.keys(), own.keys())
        for name, values in theirs.items():
            np.testing.assert_array_equal(
                values.any(axis=(0, 2)), own[name].any(axis=(0, 2)), f"words of sentence {name}"
            )
            np.testing.assert_allclose(
                own[name], values, rtol=0, atol=LARGEST_ERROR, err_msg=f"sentence {name}"
            )

    def test_should_write_what_the_extractor_writes_of_every_family(self):
        for folder in sorted(FAMILIES.iterdir()):
            if folder.name not in REFUSED:
                with self.subTest(folder.name):
                    self.assert_agree(folder)

    def test_should_aggregate_as_the_extractor_does(self):
        for aggregation in ("first", "average"):
            with self.subTest(aggregation):
                option = ("--aggregation", aggregation)
                self.assert_agree(FAMILIES / "bert", *option, aggregation=aggregation)

    def test_should_write_chosen_layers(self):
        self.assert_agree(FAMILIES / "gpt2", "--layers", "0,-1", layers=[-1, 0])

    def test_should_write_the_layers_of_one_width(self):
        with self.assertRaisesRegex(ValueError, "layer 2 has 8 units, .* layers="):
            self.written(*load(FAMILIES / "opt-postnorm"))
        self.assert_agree(FAMILIES / "opt-postnorm", "--layers", "0,1", layers=[0, 1])

    @unittest.skipUnless(TREEBANK.exists(), f"SKIPPED: there is no {TREEBANK}")
    def test_should_agree_on_a_fine_tuned_model_over_a_treebank(self):
        self.corpus = TREEBANK
        self.assert_agree(SHARED / "runs/bert-genre/checkpoint-500")

    @unittest.skipUnless(TREEBANK.exists(), f"SKIPPED: there is no {TREEBANK}")
    @unittest.skipUnless(
        "SALIENT_MODEL" in os.environ, "SKIPPED: SALIENT_MODEL names no real model's folder"
    )
    def test_should_agree_on_a_real_model(self):
        lines = TREEBANK.read_text(encoding="utf-8").split("\n\n")[:300]
        self.corpus = self.folder / "slice.conllu"
        self.corpus.write_text("\n\n".join(lines) + "\n\n", encoding="utf-8")
        self.assert_agree(Path(os.environ["SALIENT_MODEL"]))


@unittest.skipIf(MISSING, f"SKIPPED: {', '.join(MISSING)} not installed")
class LiveModelTest(Folder):
    def setUp(self):
        super().setUp()
        self.model, self.tokenizer = load(FAMILIES / "bert")

    def saved(self, zero=True, **named):
        state = types.SimpleNamespace(global_step=5, is_world_process_zero=zero)
        checkpoint = self.folder / "checkpoint-5"
        checkpoint.mkdir(exist_ok=True)
        args = types.SimpleNamespace(output_dir=str(self.folder))
        named = {"model": self.model, "processing_class": self.tokenizer, **named}
        self.made(self.corpus).on_save(args, state, None, **named)
        return sorted(file.name for file in checkpoint.iterdir())

    def test_should_write_into_the_checkpoint_and_leave_nothing_else(self):
        self.assertEqual(["activations.hdf5"], self.saved())
        self.assertEqual(["activations.hdf5"], self.saved(), "again")

    def test_should_write_by_rank_zero_alone(self):
        self.assertEqual([], self.saved(zero=False))

    def test_should_leave_the_model_as_it_was(self):
        import torch

        # given: one part is frozen in evaluation, and gradients are there
        self.model.train()
        self.model.bert.encoder.layer[0].eval()
        ids = torch.tensor([[1, 2, 3]])
        self.model(ids).logits.sum().backward()
        modes = [module.training for module in self.model.modules()]
        before = [p.grad.clone() for p in self.model.parameters() if p.grad is not None]
        random = torch.get_rng_state()
        # when
        self.written(self.model, self.tokenizer)
        # then
        self.assertEqual(modes, [module.training for module in self.model.modules()])
        after = [p.grad for p in self.model.parameters() if p.grad is not None]
        self.assertTrue(all(map(torch.equal, before, after)))
        self.assertTrue(torch.equal(random, torch.get_rng_state()))
        self.assertTrue(torch.is_grad_enabled())

    def test_should_have_no_dropout_while_the_model_trains(self):
        *_, first = self.written(self.model.eval(), self.tokenizer)
        *_, second = self.written(self.model.train(), self.tokenizer)
        for name in first:
            self.assertTrue((first[name] == second[name]).all(), name)

    def test_should_not_depend_on_batches(self):
        import numpy as np

        *_, together = self.written(self.model, self.tokenizer)
        *_, alone = self.written(self.model, self.tokenizer, batch_tokens=1)
        for name, values in together.items():
            np.testing.assert_allclose(values, alone[name], rtol=0, atol=1e-5)

    def test_should_take_a_model_in_its_dtype(self):
        *_, whole = self.written(self.model, self.tokenizer)
        *_, found = self.written(self.model.bfloat16(), self.tokenizer)
        for name, values in found.items():
            self.assertEqual("float32", values.dtype)
            self.assertLess(abs(values - whole[name]).max(), 0.1)
        self.assertTrue(any((found[name] != whole[name]).any() for name in whole))

    def test_should_take_a_model_in_its_wrappers_and_offloaded(self):
        import accelerate
        import torch

        *_, plain = self.written(self.model, self.tokenizer)
        offloaded = accelerate.cpu_offload(copy.deepcopy(self.model), torch.device("cpu"))
        self.assertEqual("meta", next(offloaded.parameters()).device.type)
        wrapped = torch.nn.DataParallel(torch.compile(self.model))
        for model in (offloaded, wrapped):
            *_, found = self.written(model, self.tokenizer)
            for name, values in found.items():
                self.assertTrue((values == plain[name]).all(), name)

    def test_should_fit_sentences_into_the_positions_it_is_told(self):
        found = []
        for positions in (16, 64):
            *_, values = self.written(self.model, self.tokenizer, max_positions=positions)
            found.append(values["7"])
        self.assertFalse((found[0] == found[1]).all())
        self.assertTrue(found[0].any(axis=(0, 2)).all())

    def test_should_name_the_word_where_a_training_diverged(self):
        import torch

        with torch.no_grad():
            self.model.bert.encoder.layer[1].output.dense.bias[3] = float("nan")
        with self.assertRaisesRegex(ValueError, "sentence .*, word .*no finite number"):
            self.written(self.model, self.tokenizer)
        self.assertEqual([self.corpus], list(self.folder.iterdir()))

    def test_should_never_fail_a_training(self):
        self.model.resize_token_embeddings(20)
        with self.assertLogs("salient", "WARNING") as logs:
            self.assertEqual([], self.saved())
        self.assertIn("step 5 were not written, the training goes on", logs.output[0])
        self.assertIn("resize_token_embeddings", logs.output[0])

    def test_should_say_what_to_give(self):
        from transformers import CanineTokenizer

        with self.assertRaisesRegex(ValueError, "no tokenizer: give"):
            self.written(self.model, None)
        with self.assertRaisesRegex(ValueError, "no fast tokenizer"):
            self.written(self.model, CanineTokenizer())
        with self.assertRaisesRegex(ValueError, "layers 0 to 2"):
            self.written(self.model, self.tokenizer, layers=[3])
        with self.assertRaisesRegex(ValueError, "none of the .* words gets a vector"):
            self.written(self.model, self.tokenizer, max_positions=2)
        with self.assertRaisesRegex(ValueError, "last, first, average"):
            self.made(self.corpus, aggregation="mean")
        with self.assertRaisesRegex(ValueError, "no corpus"):
            self.made()

    def test_should_read_a_corpus_in_three_files(self):
        dev = self.folder / "dev.txt"
        dev.write_text("ok\n", encoding="utf-8")
        self.made(self.corpus, dev, dev, tokenizer=self.tokenizer)(self.model, self.output)
        _, texts, values = content(self.output)
        self.assertEqual(len(TEXT.splitlines()) + 2, len(values))
        self.assertEqual([("ok", "9"), ("ok (Occurrence 2)", "10")], texts[-2:])


if __name__ == "__main__":
    unittest.main()
