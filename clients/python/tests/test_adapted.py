"""Models that are no plain weights: LoRA adapters and quantised ones, in a real Trainer, their
activations read by the real extractor.

Needs torch, Transformers, h5py, peft and torchao, and the ``salient`` launcher of this repository
with its JDK: skipped, and said so, where one is missing.
"""

import importlib.util
import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from test_activations import LAUNCHER, content, extract
from test_training import MISSING, sentences, tiny_model, tiny_tokenizer, train, write_corpus

NO_LORA = MISSING + [name for name in ("peft",) if importlib.util.find_spec(name) is None]
NO_INT8 = NO_LORA + [name for name in ("torchao",) if importlib.util.find_spec(name) is None]
LARGEST_ERROR = 1e-4
LARGEST_ROUNDING = 0.1  # of int8, where values are around 1


@unittest.skipIf(NO_LORA, f"SKIPPED: {', '.join(NO_LORA)} not installed")
@unittest.skipUnless(LAUNCHER.exists(), f"SKIPPED: there is no {LAUNCHER}")
class AdaptedTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.sentences = list(sentences(120))
        self.corpus = self.folder / "corpus.conllu"
        write_corpus(self.corpus, self.sentences)
        self.base = self.folder / "base"
        self.run_folder = self.folder / "run"
        self.tokenizer = tiny_tokenizer(self.folder)
        self.model = tiny_model(self.tokenizer)
        self.model.save_pretrained(self.base)
        self.tokenizer.save_pretrained(self.base)

    def train(self, model):
        """Train by LoRA; what was written at the last step, and its checkpoint."""
        import peft

        from salient import SalientActivations

        adapted = peft.get_peft_model(
            model,
            peft.LoraConfig(
                task_type="SEQ_CLS",
                r=4,
                target_modules=["query", "value"],
                init_lora_weights=False,  # so that the adapter changes something from the start
            ),
        )
        callbacks = [SalientActivations(self.corpus)]
        train(self.run_folder, callbacks, self.sentences, self.tokenizer, adapted)
        checkpoint = self.run_folder / "checkpoint-10"
        self.assertTrue((checkpoint / "adapter_model.safetensors").exists())
        return content(checkpoint / "activations.hdf5"), checkpoint

    def by_extractor(self, checkpoint, *options):
        """What the extractor computes of it, without the file that was written."""
        written = checkpoint / "activations.hdf5"
        if written.exists():
            written.rename(self.folder / "written.hdf5")
        return extract(checkpoint, self.corpus, self.folder / "their.hdf5", *options)

    def assert_agree(self, own, theirs, largest):
        import numpy as np

        np.testing.assert_array_equal(own[0], theirs[0])
        self.assertEqual(own[1], theirs[1])
        self.assertEqual(own[2].keys(), theirs[2].keys())
        for name, values in theirs[2].items():
            np.testing.assert_array_equal(values.any(axis=(0, 2)), own[2][name].any(axis=(0, 2)))
            np.testing.assert_allclose(own[2][name], values, rtol=0, atol=largest, err_msg=name)

    def difference(self, own, theirs):
        return max(float(abs(own[2][name] - values).max()) for name, values in theirs[2].items())

    def assert_ranked_by_them(self, checkpoint):
        """The extractor takes the file, and does not read the model."""
        command = [LAUNCHER, "rank", checkpoint, "--corpus", self.corpus, "--concepts", "upos"]
        done = subprocess.run(
            [*map(str, command), "--format", "json"], capture_output=True, text=True
        )
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        view = json.loads(done.stdout)
        self.assertEqual("neurox", view["provenance"]["modelType"])
        self.assertEqual([0, 1, 2], view["layerNumbers"])

    def test_should_write_what_the_extractor_makes_of_base_and_adapter(self):
        # when
        own, checkpoint = self.train(self.model)
        self.assert_ranked_by_them(checkpoint)
        # then
        theirs = self.by_extractor(checkpoint, "--base-model", self.base)
        self.assert_agree(own, theirs, LARGEST_ERROR)
        plain = self.by_extractor(self.base)
        self.assertGreater(self.difference(own, plain), 0.01, "the adapter has no part in it")

    @unittest.skipIf(NO_INT8, f"SKIPPED: {', '.join(NO_INT8)} not installed")
    def test_should_write_those_of_a_model_that_trains_on_int8_weights(self):
        import torch
        from torchao.quantization import Int8WeightOnlyConfig
        from transformers import AutoModelForSequenceClassification, TorchAoConfig

        # given
        int8 = TorchAoConfig(Int8WeightOnlyConfig(), modules_to_not_convert=["classifier"])
        model = AutoModelForSequenceClassification.from_pretrained(
            self.base, quantization_config=int8
        )
        weight = model.bert.encoder.layer[0].attention.self.query.weight
        self.assertIsNot(torch.Tensor, type(weight.data), "not quantised")
        # when
        own, checkpoint = self.train(model)
        self.assert_ranked_by_them(checkpoint)
        # then: the extractor has the adapter over the weights as they were before
        theirs = self.by_extractor(checkpoint, "--base-model", self.base)
        self.assert_agree(own, theirs, LARGEST_ROUNDING)
        self.assertGreater(self.difference(own, theirs), 1e-4, "not computed by int8 weights")

    def test_should_write_those_of_a_model_quantised_afterwards(self):
        import torch

        from salient import SalientActivations

        quantised = torch.ao.quantization.quantize_dynamic(
            self.model.eval(), {torch.nn.Linear}, dtype=torch.qint8
        )
        output = self.folder / "own.hdf5"
        SalientActivations(self.corpus, tokenizer=self.tokenizer)(quantised, output)

        own, theirs = content(output), self.by_extractor(self.base)
        self.assert_agree(own, theirs, LARGEST_ROUNDING)
        self.assertGreater(self.difference(own, theirs), 1e-4, "not quantised")


if __name__ == "__main__":
    unittest.main()
