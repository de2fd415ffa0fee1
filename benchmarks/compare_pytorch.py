"""Tokens per second of Salient beside PyTorch with the Transformers library, in turns.

For each shape a model with random weights is saved as Transformers saves it. Both read it, both get
the same batch of 32 sentences x 64 subwords, both give one vector per word (the last subword's) and
layer, in float32, on the same threads. A round is one batch of each, and the linear layers alone on
the kernels that Salient uses; the median of the rounds counts.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy
import torch
import transformers as t

SENTENCES, LENGTH = 32, 64
TOKENS = SENTENCES * LENGTH
XLNET_CLASSIFIER = 3

THREE = ["BERT-base", "GPT-2 small", "Llama, 12 x 768"]


def bert_like(hidden=768, intermediate=3072):
    """Linear layers of a block, as outputs x inputs; those of one input lie together."""
    return [(3 * hidden, hidden), (hidden, hidden), (intermediate, hidden), (hidden, intermediate)]


def gated(hidden, intermediate, queries, keys):
    return [
        (queries + 2 * keys, hidden),
        (hidden, queries),
        (intermediate, hidden),
        (intermediate, hidden),
        (hidden, intermediate),
    ]


LLAMA_LIKE = dict(
    hidden_size=768,
    intermediate_size=2048,
    num_hidden_layers=12,
    num_attention_heads=12,
    num_key_value_heads=4,
    vocab_size=32000,
)
QWEN3 = dict(LLAMA_LIKE, hidden_size=1024, intermediate_size=3072, num_attention_heads=16, num_key_value_heads=8)
GEMMA = dict(
    hidden_size=2048,
    intermediate_size=16384,
    num_hidden_layers=2,
    num_attention_heads=8,
    num_key_value_heads=1,
    head_dim=256,
    vocab_size=32000,
)
DEBERTA_V3 = dict(
    vocab_size=32000,
    relative_attention=True,
    position_buckets=256,
    norm_rel_ebd="layer_norm",
    share_att_key=True,
    pos_att_type=["p2c", "c2p"],
    position_biased_input=False,
    type_vocab_size=0,
)

# name: (configuration, linear layers of a block, its products of positions beside those of attention)
SHAPES = {
    "BERT-base": (t.BertConfig(), bert_like()),
    "GPT-2 small": (t.GPT2Config(), bert_like()),
    "Llama, 12 x 768": (t.LlamaConfig(**LLAMA_LIKE), gated(768, 2048, 768, 256)),
    "RoBERTa-base": (t.RobertaConfig(max_position_embeddings=514, type_vocab_size=1), bert_like()),
    "MPNet-base": (t.MPNetConfig(max_position_embeddings=514), bert_like()),
    "DistilBERT": (t.DistilBertConfig(), bert_like()),
    "ELECTRA-base": (
        t.ElectraConfig(embedding_size=768, hidden_size=768, num_attention_heads=12, intermediate_size=3072),
        bert_like(),
    ),
    "ALBERT-base": (
        t.AlbertConfig(hidden_size=768, num_attention_heads=12, intermediate_size=3072, num_hidden_layers=12),
        bert_like(),
    ),
    "FlauBERT-base": (t.FlaubertConfig(emb_dim=768, n_layers=12, n_heads=12), bert_like()),
    "XLNet-base": (t.XLNetConfig(d_model=768, n_layer=12, n_head=12, d_inner=3072), bert_like(), 1),
    "DeBERTa-v3-base": (t.DebertaV2Config(**dict(DEBERTA_V3, hidden_size=768, num_attention_heads=12,
        num_hidden_layers=12, intermediate_size=3072)), bert_like(), 2),
    "ModernBERT-base, 12 blocks": (
        t.ModernBertConfig(num_hidden_layers=12),
        [(2304, 768), (768, 768), (2304, 768), (768, 1152)],
    ),
    "OPT-125m": (t.OPTConfig(), bert_like()),
    "Pythia-160m": (
        t.GPTNeoXConfig(hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12),
        bert_like(),
    ),
    "Mistral, 12 x 768": (t.MistralConfig(**LLAMA_LIKE), gated(768, 2048, 768, 256)),
    "Qwen2, 12 x 768": (t.Qwen2Config(**LLAMA_LIKE), gated(768, 2048, 768, 256)),
    "Qwen3, 12 x 1024": (t.Qwen3Config(**QWEN3), gated(1024, 3072, 2048, 1024)),
    "Gemma 2B, 2 blocks": (t.GemmaConfig(**GEMMA), gated(2048, 16384, 2048, 256)),
    "T5-base": (t.T5Config(d_model=768, d_ff=3072, num_layers=12, num_heads=12), bert_like()),
    "T5-base v1.1": (
        t.T5Config(d_model=768, d_ff=2048, num_layers=12, num_heads=12, feed_forward_proj="gated-gelu"),
        gated(768, 2048, 768, 768),
    ),
}


class Salient:
    """The Java side, which answers one command at a time."""

    def __init__(self, run, folder, threads):
        self.process = subprocess.Popen(
            [run, "FamilyBenchmark", str(folder), str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        ready = self.process.stdout.readline().split()
        if ready[:1] != ["ready"]:
            sys.exit("benchmarks/run FamilyBenchmark did not start")
        self.threads, self.layers = int(ready[1]), int(ready[2])

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def seconds(self, command):
        return float(self.ask(command))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def vectors(model, ids, rows):
    """What the extractor makes of a batch: words x (layers x H)."""
    with torch.inference_mode():
        given = {"input_ids": ids}
        if model.config.model_type == "xlnet":
            given["token_type_ids"] = torch.where(ids == XLNET_CLASSIFIER, 2, 0)  # as its tokenizer has them
        states = model(**given, output_hidden_states=True).hidden_states
        return torch.cat([s.reshape(-1, s.shape[-1])[rows] for s in states], 1)


def compare(name, run, threads, rounds):
    config, linear, *positions = SHAPES[name]
    torch.manual_seed(1)
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp)
        model_class = t.T5EncoderModel if config.model_type == "t5" else t.AutoModel
        model = model_class(config) if config.model_type == "t5" else t.AutoModel.from_config(config)
        model.save_pretrained(folder)
        (folder / "tokenizer.json").write_text("{}")
        model = model_class.from_pretrained(folder, dtype=torch.float32).eval()
        salient = Salient(run, folder, threads)
        try:
            return measure(name, model, salient, folder, linear, sum(positions), rounds)
        finally:
            salient.close()


def measure(name, model, salient, folder, linear, positions, rounds):
    salient.ask(f"write {folder / 'rows'}")
    content = numpy.fromfile(folder / "rows", dtype=numpy.int32)
    ids = torch.from_numpy(content[:TOKENS].astype(numpy.int64)).reshape(SENTENCES, LENGTH)
    rows = torch.arange(1, TOKENS, 2)
    ours = torch.from_numpy(content[TOKENS:].view(numpy.float32)).reshape(len(rows), -1)
    error = (vectors(model, ids, rows) - ours).abs().max().item()
    blocks = salient.layers - 1
    products = "products " + " ".join(f"{out} {in_}" for out, in_ in linear * blocks)
    times = {"salient": [], "pytorch": [], "gemm": [], "load": []}
    for round_ in range(-2, rounds):
        taken = {
            "salient": salient.seconds("batch"),
            "pytorch": seconds(lambda: vectors(model, ids, rows)),
            "gemm": salient.seconds(products),
            "load": salient.seconds("load"),
        }
        for what, value in taken.items():
            if round_ >= 0:
                times[what].append(value)
    median = {what: statistics.median(values) for what, values in times.items()}
    flop = 2.0 * TOKENS * blocks * sum(out * in_ for out, in_ in linear)
    # Query by key, weights by value, and each product of positions, of which a subword needs LENGTH rows.
    attention = 2.0 * (2 + positions) * TOKENS * LENGTH * model.config.hidden_size * blocks
    rate = flop / median["gemm"]
    return (
        f"| {name} | {TOKENS / median['salient']:,.0f} | {TOKENS / median['pytorch']:,.0f} "
        f"| {median['pytorch'] / median['salient']:.2f} | {rate / 1e9:.0f} "
        f"| {100 * (flop + attention) / median['salient'] / rate:.0f} % "
        f"| {error:.0e} | {median['load']:.2f} |"
    )


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("run", help="benchmarks/run")
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    arguments.add_argument("--shape", choices=[*SHAPES, "all"], action="append", help="may be repeated")
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    t.logging.set_verbosity_error()
    t.logging.disable_progress_bar()
    names = list(SHAPES) if given.shape == ["all"] else given.shape or THREE
    print(
        f"PyTorch {torch.__version__}, Transformers {t.__version__}, {given.threads} threads, "
        f"batches of {SENTENCES} x {LENGTH} tokens, float32, {torch.backends.cpu.get_cpu_capability()}\n"
    )
    print("| model | Salient tokens/s | PyTorch tokens/s | ratio | GEMM GFLOP/s | of GEMM | largest difference | load s |")
    print("|---|---|---|---|---|---|---|---|")
    for name in names:
        print(compare(name, given.run, given.threads, given.rounds), flush=True)


if __name__ == "__main__":
    main()
