"""Makes the fixtures of src/test/resources/families: for every model family a tiny random model as
`Trainer.save_model` leaves it, and what the Transformers library says its hidden states are.

    python make_fixtures.py OUTPUT_FOLDER [NAME ...]

Each folder holds the checkpoint (config.json, model.safetensors or shards, tokenizer.json) and

    expected.json          words, subword ids, first and last subword of each word (-1: none), versions
    expected.safetensors   hidden.<sentence>: float32, layers x subwords x hidden size

Every number comes out the same each time. A tokenizer that is already in the folder is kept: their
training breaks ties differently from run to run. Delete tokenizer.json to train it anew.
"""

import json
import sys
import zlib
from pathlib import Path

import small_tokenizers
import torch
import transformers
from safetensors.torch import save_file
from tokenizers import Tokenizer, pre_tokenizers
from transformers import AutoModel, PreTrainedTokenizerFast, T5EncoderModel

# Latin, a compound, right to left, no blanks, combining marks and an emoji of several characters,
# a word that some tokenizers have no subword for (a soft hyphen). Lengths differ, so batches pad.
SENTENCES = [
    ["The", "unbelievable", "neurons", "slept", "."],
    ["Donaudampfschifffahrt", "ist", "gut"],
    ["مرحبا", "بالعالم"],
    ["我们", "喜欢", "学习"],
    ["Cafe\u0301", "naïve", "\U0001f469\u200d\U0001f680", "ok"],
    ["Yes", "\u00ad", "!"],
]
# Variants are about the mathematics of the model, not about its tokenizer.
SHORT = [
    ["Unbelievable", "neurons", "were", "not", "asleep,", "the", "others", "were"],
    ["Der", "unknown", "Dampfer"],
]

# Long enough for the last bucket of MPNet's distances, which begins at 128.
LONG = [(SHORT[0] * 20)[:140], SHORT[1]]
# The padding subword as a word of the text, which RoBERTa's positions do not count.
WITH_PADDING = [["The", "<pad>", "neurons", "were", "<pad>", "<pad>", "not"], SHORT[1]]

BERT_LIKE = dict(
    hidden_size=16,
    num_attention_heads=2,
    num_hidden_layers=2,
    intermediate_size=24,
    max_position_embeddings=64,
)
ROBERTA_LIKE = dict(BERT_LIKE, pad_token_id=1, type_vocab_size=1, max_position_embeddings=66)
MPNET_LIKE = dict(BERT_LIKE, max_position_embeddings=66)
FLAUBERT_LIKE = dict(emb_dim=16, n_layers=2, n_heads=2, max_position_embeddings=64)
GPT2_LIKE = dict(n_embd=16, n_layer=2, n_head=2, n_positions=64)
OPT_LIKE = dict(
    hidden_size=16,
    ffn_dim=24,
    num_hidden_layers=2,
    num_attention_heads=2,
    max_position_embeddings=64,
)
LLAMA_LIKE = dict(
    hidden_size=16,
    num_attention_heads=4,
    num_key_value_heads=2,
    num_hidden_layers=2,
    intermediate_size=24,
    max_position_embeddings=64,
)
T5_LIKE = dict(d_model=16, d_kv=8, d_ff=24, num_heads=2, num_layers=2)
DEBERTA_V3 = dict(
    BERT_LIKE,
    relative_attention=True,
    max_relative_positions=-1,
    position_buckets=4,
    norm_rel_ebd="layer_norm",
    share_att_key=True,
    pos_att_type=["p2c", "c2p"],
    position_biased_input=False,
    type_vocab_size=0,
    layer_norm_eps=1e-7,
)

# name: (class that is saved, its configuration, tokenizer, dtype of the file)
FIXTURES = {
    "bert": ("BertForSequenceClassification", BERT_LIKE, lambda: small_tokenizers.wordpiece(True), "float32"),
    "roberta": (
        "RobertaForTokenClassification",
        ROBERTA_LIKE,
        small_tokenizers.roberta,
        "bfloat16",
    ),
    "roberta-padding": ("RobertaModel", dict(ROBERTA_LIKE, pad_token_id=0), small_tokenizers.few_words, "bfloat16"),
    "xlm-roberta": (
        "XLMRobertaForSequenceClassification",
        ROBERTA_LIKE,
        small_tokenizers.xlm_roberta,
        "float32",
    ),
    "camembert": (
        "CamembertForMaskedLM",
        ROBERTA_LIKE,
        small_tokenizers.xlm_roberta,
        "bfloat16",
    ),
    "mpnet": ("MPNetForTokenClassification", MPNET_LIKE, small_tokenizers.mpnet, "float32"),
    # Its padding is 0 and <s> is 1: the library takes 1 for the padding where it counts positions.
    "mpnet-long": (
        "MPNetModel",
        dict(MPNET_LIKE, max_position_embeddings=160, relative_attention_num_buckets=36),
        small_tokenizers.few_words,
        "bfloat16",
    ),
    "flaubert": (
        "FlaubertForSequenceClassification",
        dict(FLAUBERT_LIKE, pad_index=2),
        small_tokenizers.flaubert,
        "float16",
    ),
    "flaubert-prenorm": (
        "FlaubertModel",
        dict(FLAUBERT_LIKE, pad_index=0, pre_norm=True),
        small_tokenizers.few_words,
        "bfloat16",
    ),
    "distilbert": (
        "DistilBertForSequenceClassification",
        dict(dim=16, n_heads=2, n_layers=2, hidden_dim=24, max_position_embeddings=64),
        lambda: small_tokenizers.wordpiece(False),
        "float32",
    ),
    "electra": (
        "ElectraForTokenClassification",
        dict(BERT_LIKE, embedding_size=8),
        lambda: small_tokenizers.wordpiece(True),
        "float16",
    ),
    "albert": (
        "AlbertForSequenceClassification",
        dict(BERT_LIKE, num_hidden_layers=3, embedding_size=8, num_hidden_groups=1, inner_group_num=1),
        small_tokenizers.albert,
        "float32",
    ),
    "albert-groups": (
        "AlbertModel",
        dict(BERT_LIKE, num_hidden_layers=4, embedding_size=8, num_hidden_groups=2, inner_group_num=2),
        small_tokenizers.few_words,
        "bfloat16",
    ),
    "xlnet": (
        "XLNetForSequenceClassification",
        dict(d_model=16, n_layer=2, n_head=2, d_inner=24, ff_activation="gelu"),
        small_tokenizers.xlnet,
        "float32",
    ),
    "deberta-v2": ("DebertaV2ForSequenceClassification", DEBERTA_V3, small_tokenizers.deberta, "float32"),
    "deberta-v2-conv": (
        "DebertaV2Model",
        dict(
            DEBERTA_V3,
            conv_kernel_size=3,
            conv_act="gelu",
            position_biased_input=True,
            type_vocab_size=2,
            share_att_key=False,
            position_buckets=-1,
            max_relative_positions=6,
            embedding_size=8,
        ),
        small_tokenizers.few_words,
        "bfloat16",
    ),
    "modernbert": (
        "ModernBertForSequenceClassification",
        dict(BERT_LIKE, num_hidden_layers=3, global_attn_every_n_layers=2, local_attention=8),
        small_tokenizers.modernbert,
        "bfloat16",
    ),
    "gpt2": (
        "GPT2LMHeadModel",
        GPT2_LIKE,
        small_tokenizers.gpt2,
        "float32",
    ),
    "gpt2-scaled": (
        "GPT2Model",
        dict(
            GPT2_LIKE,
            n_inner=20,
            scale_attn_by_inverse_layer_idx=True,
            activation_function="relu",
        ),
        small_tokenizers.few_words,
        "bfloat16",
    ),
    "opt": (
        "OPTForCausalLM",
        dict(OPT_LIKE, word_embed_proj_dim=16),
        small_tokenizers.opt,
        "float16",
    ),
    "opt-postnorm": (
        "OPTForCausalLM",
        dict(OPT_LIKE, word_embed_proj_dim=8, do_layer_norm_before=False),
        small_tokenizers.few_words,
        "bfloat16",
    ),
    "gpt_neox": (
        "GPTNeoXForCausalLM",
        dict(BERT_LIKE, rotary_pct=0.5, use_parallel_residual=True),
        small_tokenizers.gpt2,
        "float16",
    ),
    "gpt_neox-sequential": (
        "GPTNeoXForCausalLM",
        dict(
            BERT_LIKE,
            rotary_pct=1.0,
            use_parallel_residual=False,
            attention_bias=False,
            hidden_act="gelu_new",
            tie_word_embeddings=True,
        ),
        small_tokenizers.few_words,
        "bfloat16",
    ),
    "llama": ("LlamaForCausalLM", LLAMA_LIKE, small_tokenizers.llama, "bfloat16"),
    "llama-rope3": (
        "LlamaForCausalLM",
        dict(
            LLAMA_LIKE,
            head_dim=8,
            tie_word_embeddings=True,
            attention_bias=True,
            mlp_bias=True,
            rope_parameters=dict(
                rope_type="llama3",
                rope_theta=500.0,
                factor=4.0,
                low_freq_factor=1.0,
                high_freq_factor=4.0,
                original_max_position_embeddings=16,
            ),
        ),
        small_tokenizers.few_words,
        "bfloat16",
    ),
    "llama-linear": (
        "LlamaForSequenceClassification",
        dict(LLAMA_LIKE, pad_token_id=0, rope_parameters=dict(rope_type="linear", rope_theta=10000.0, factor=4.0)),
        small_tokenizers.few_words,
        "bfloat16",
    ),
    "llama-yarn": (
        "LlamaModel",
        dict(
            LLAMA_LIKE,
            head_dim=8,
            rope_parameters=dict(
                rope_type="yarn", rope_theta=100.0, factor=4.0, original_max_position_embeddings=16
            ),
        ),
        small_tokenizers.few_words,
        "bfloat16",
    ),
    "mistral": (
        "MistralForSequenceClassification",
        dict(LLAMA_LIKE, sliding_window=4, pad_token_id=2),
        small_tokenizers.llama,
        "bfloat16",
    ),
    "qwen2": (
        "Qwen2ForCausalLM",
        dict(
            LLAMA_LIKE,
            num_hidden_layers=3,
            use_sliding_window=True,
            sliding_window=4,
            max_window_layers=1,
            tie_word_embeddings=True,
        ),
        small_tokenizers.qwen,
        "bfloat16",
    ),
    "qwen3": (
        "Qwen3ForTokenClassification",
        dict(LLAMA_LIKE, head_dim=8),
        small_tokenizers.qwen,
        "bfloat16",
    ),
    "gemma": (
        "GemmaForCausalLM",
        dict(LLAMA_LIKE, num_attention_heads=2, num_key_value_heads=1, head_dim=8),
        small_tokenizers.gemma,
        "bfloat16",
    ),
    "t5": (
        "T5ForConditionalGeneration",
        dict(
            T5_LIKE,
            num_decoder_layers=1,
            feed_forward_proj="gated-gelu",
            relative_attention_num_buckets=8,
            relative_attention_max_distance=10,
            tie_word_embeddings=False,
        ),
        small_tokenizers.t5,
        "bfloat16",
    ),
    "t5-relu": (
        "T5EncoderModel",
        dict(T5_LIKE, feed_forward_proj="relu", relative_attention_num_buckets=32),
        small_tokenizers.few_words,
        "bfloat16",
    ),
}
SENTENCES_OF = {"mpnet-long": LONG, "roberta-padding": WITH_PADDING}
SHARDED = {"llama": "15KB"}


def main(output, names):
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    for name in names or FIXTURES:
        folder = output / name
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.iterdir():
            if file.name != "tokenizer.json":
                file.unlink()
        make(name, folder)
        print(f"{name:24s} {sum(f.stat().st_size for f in folder.iterdir()):8,d} bytes")


def make(name, folder):
    model_class, fields, make_tokenizer, dtype = FIXTURES[name]
    trained, roles = make_tokenizer()
    kept = folder / "tokenizer.json"
    if kept.exists():
        trained = Tokenizer.from_file(str(kept))
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=trained, **roles)
    seed = zlib.crc32(name.encode())
    model = random_model(getattr(transformers, model_class), fields, tokenizer, seed)
    model = model.to(getattr(torch, dtype))
    model.config.dtype = getattr(torch, dtype)
    model.save_pretrained(folder, max_shard_size=SHARDED.get(name, "5GB"))
    tokenizer.save_pretrained(folder)
    strip(folder)
    usual = SHORT if make_tokenizer is small_tokenizers.few_words else SENTENCES
    expect(folder, SENTENCES_OF.get(name, usual), seed)


def random_model(model_class, fields, tokenizer, seed):
    """Weights large enough that attention is far from uniform, norms and biases far from neutral."""
    special = {f"{role}_id": getattr(tokenizer, f"{role}_id") for role in ("bos_token", "eos_token", "pad_token")}
    config = model_class.config_class(vocab_size=len(tokenizer), **{**special, **fields})
    torch.manual_seed(seed)
    model = model_class(config)
    with torch.no_grad():
        for parameter_name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape)
            if parameter.ndim > 1:
                parameter.copy_(noise * 1.2 / parameter.shape[-1] ** 0.5)
            elif parameter_name.endswith("weight") and config.model_type != "gemma":
                parameter.copy_(1 + 0.2 * noise)
            else:
                parameter.copy_(0.2 * noise)
    model.tie_weights()
    return model.eval()


def strip(folder):
    """Files that no checkpoint needs, and blanks that only cost space."""
    for name in ("generation_config.json", "special_tokens_map.json"):
        (folder / name).unlink(missing_ok=True)
    tokenizer = folder / "tokenizer.json"
    content = json.loads(tokenizer.read_text("utf-8"))
    tokenizer.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")


def expect(folder, sentences, seed):
    model = load(folder)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    expected, hidden = [], {}
    for i, words in enumerate(sentences):
        spaced = after_blanks(tokenizer, words)
        encoding = tokenizer(
            spaced, is_split_into_words=True, return_token_type_ids=True, return_tensors="pt"
        )
        hidden[f"hidden.{i}"] = hidden_states(model, arguments(model, encoding))
        first, last = alignment(encoding.word_ids(0), len(words))
        expected.append(
            {"words": words, "ids": encoding["input_ids"][0].tolist(), "first": first, "last": last}
        )
    description = {
        "made_by": "src/test/python/make_fixtures.py",
        "torch": torch.__version__.split("+")[0],
        "transformers": transformers.__version__,
        "seed": seed,
        "class": type(model).__name__,
        "layers": hidden["hidden.0"].shape[0],
        "hidden_size": hidden["hidden.0"].shape[2],
        "sentences": expected,
    }
    text = json.dumps(description, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", "utf-8")
    save_file(hidden, folder / "expected.safetensors")


def load(folder):
    """The model as a user would load it: from the folder, in float32, without its head."""
    config = json.loads((folder / "config.json").read_text())
    loader = T5EncoderModel if config["model_type"] == "t5" else AutoModel
    model = loader.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager"
    )
    return model.eval()


def after_blanks(tokenizer, words):
    """Every word as it stands after a blank. Metaspace sees to that, WordPiece does not care."""
    backend = tokenizer.backend_tokenizer
    if isinstance(backend.pre_tokenizer, pre_tokenizers.ByteLevel):
        backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    elif isinstance(backend.pre_tokenizer, (pre_tokenizers.Sequence, pre_tokenizers.Split)):
        return [" " + word for word in words]
    return words


def hidden_states(model, known):
    """All layers of one sentence, layers x subwords x hidden size."""
    unprojected = []
    for name, module in model.named_modules():
        if name.endswith("project_out") and module is not None:
            # OPT-350m projects the last layer, and only that, to another width: ours is before it.
            hook = module.register_forward_pre_hook(lambda _, inputs: unprojected.append(inputs[0]))
    with torch.no_grad():
        states = list(model(**known, output_hidden_states=True).hidden_states)
    if unprojected:
        hook.remove()
        states[-1] = unprojected[0]
    return torch.stack(states).squeeze(1).float().contiguous()


def arguments(model, encoding):
    """Token types for XLNet only, whose <cls> has one of its own; elsewhere there is but one."""
    names = {"input_ids", "attention_mask"}
    if model.config.model_type == "xlnet":
        names.add("token_type_ids")
    known = {name: value for name, value in encoding.items() if name in names}
    if getattr(model.config, "pre_norm", False):
        known["cache"] = NoCache()
    return known


class NoCache:
    """Transformers 5.24 subscripts FlauBERT's cache when it is pre-norm, which its own cannot."""

    def get_seq_length(self):
        return 0

    def __getitem__(self, layer):
        return None


def alignment(word_ids, words):
    first, last = [-1] * words, [-1] * words
    for position, word in enumerate(word_ids):
        if word is not None:
            first[word] = position if first[word] < 0 else first[word]
            last[word] = position
    return first, last


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
