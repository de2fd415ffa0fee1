"""Writes the LoRA fixtures of AdapterGoldenTest: tiny random base models, adapters as PEFT saves them, and what PEFT makes of the two.

    python make_adapters.py ../resources/adapters

made with: torch 2.15.0, transformers 5.24.0, peft 0.21.2, safetensors 0.8.0

Each folder holds base/ (as save_pretrained leaves it), adapter/ (as PeftModel.save_pretrained leaves it) and
  expected.json         hidden states of some sentences by the adapted model, not merged: every layer, batch of one
  merged.safetensors    the weights that merge_and_unload() changed, in base's names (gpt2 only, where Conv1D weights are inputs x outputs)
"""

import json
import pathlib
import shutil
import sys

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import BertConfig, BertForTokenClassification, GPT2Config, GPT2LMHeadModel

SENTENCES = [[2, 7, 11, 3], [2, 5, 19, 23, 8, 3], [2, 31, 3]]
BERT = dict(
    hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24, vocab_size=33, max_position_embeddings=12, type_vocab_size=2
)


def randomise(model, words):
    """PEFT starts with B = 0: give every trainable tensor values of its own."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if any(word in name for word in words):
                parameter.normal_(0, 0.3)


def save(folder, base, adapted):
    shutil.rmtree(folder, ignore_errors=True)
    base.save_pretrained(folder / "base")
    (folder / "base" / "tokenizer.json").write_text("{}")
    adapted.save_pretrained(folder / "adapter", save_embedding_layers=False)
    (folder / "adapter" / "README.md").unlink()
    config = folder / "adapter" / "adapter_config.json"
    fields = json.loads(config.read_text())
    for unstable in ("target_modules", "modules_to_save"):
        if isinstance(fields.get(unstable), list):
            fields[unstable] = sorted(fields[unstable])
    fields["base_model_name_or_path"] = "someone/tiny-model"
    config.write_text(json.dumps(fields, indent=2) + "\n")


def expect(folder, adapted):
    adapted.eval()
    sentences = []
    with torch.no_grad():
        for ids in SENTENCES:
            states = adapted(input_ids=torch.tensor([ids]), output_hidden_states=True).hidden_states
            sentences.append({"ids": ids, "hidden_states": [[[round(v, 7) for v in row] for row in s[0].tolist()] for s in states]})
    (folder / "expected.json").write_text(json.dumps({"sentences": sentences}) + "\n")


def tiny_bert():
    """The same each time."""
    torch.manual_seed(5)
    model = BertForTokenClassification(BertConfig(**BERT, initializer_range=0.3, num_labels=4))
    randomise(model, ["LayerNorm", "bias"])
    return model


def bert(folder, prefix, **lora):
    adapted = get_peft_model(tiny_bert(), LoraConfig(lora_dropout=0.1, **lora))
    randomise(adapted, ["lora_", "modules_to_save"])
    if lora.get("bias") == "lora_only":
        randomise(adapted, ["query.base_layer.bias", "value.base_layer.bias"])
    # The base must be saved as it was before the adapter was put into it. Without prefix its names
    # start at "encoder", the adapter's at "bert.encoder".
    base = tiny_bert()
    save(folder, base if prefix else base.bert, adapted)
    expect(folder, adapted)


def gpt2(folder):
    config = GPT2Config(n_embd=16, n_layer=2, n_head=2, n_positions=12, vocab_size=33, n_inner=24, initializer_range=0.3)
    torch.manual_seed(6)
    base = GPT2LMHeadModel(config)
    torch.manual_seed(6)
    adapted = get_peft_model(GPT2LMHeadModel(config), LoraConfig(r=4, lora_alpha=6, target_modules=["c_attn", "c_proj", "c_fc"]))
    randomise(adapted, ["lora_"])
    save(folder, base, adapted)
    expect(folder, adapted)
    merged = adapted.merge_and_unload().state_dict()
    before = base.state_dict()
    changed = {k: v.contiguous() for k, v in merged.items() if not torch.equal(v, before[k])}
    save_file(changed, folder / "merged.safetensors")


def main(target):
    bert(
        target / "bert",
        prefix=True,
        r=4,
        lora_alpha=8,
        target_modules=["query", "value", "dense"],
        modules_to_save=["classifier"],
        task_type="TOKEN_CLS",
    )
    bert(
        target / "bert-patterns",
        prefix=False,
        r=2,
        lora_alpha=3,
        use_rslora=True,
        bias="lora_only",
        target_modules=["query", "value", "word_embeddings"],
        rank_pattern={"layer.1.attention.self.query": 5},
        alpha_pattern={"^bert.encoder.layer.0.attention.self.value": 7},
    )
    gpt2(target / "gpt2")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
