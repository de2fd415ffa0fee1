"""A tokenizer of each kind that the model families use, trained on a few sentences.

Each function returns a `tokenizers.Tokenizer` with its special tokens and its template, and the
names of the special tokens by their role (unk_token, pad_token, ...).
"""

import json

from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)

TEXT = [
    "The neurons of the network sleep and the network learns.",
    "Unbelievable neurons were asleep, the others were not.",
    "Der Dampfer auf der Donau und die Schifffahrt: gut und gern.",
    "Le naïf café est là, et la crème brûlée aussi.",
    "مرحبا بالعالم في العالم",
    "我们喜欢学习 我们学习",
    "Yes! Yes, it is good; is it? 12 34",
]

# BERT's special tokens, in the order of its vocabulary.
IN_BRACKETS = {
    "pad_token": "[PAD]",
    "unk_token": "[UNK]",
    "cls_token": "[CLS]",
    "sep_token": "[SEP]",
    "mask_token": "[MASK]",
}


def wordpiece(lowercase):
    """BERT, DistilBERT, ELECTRA: WordPiece, `##` inside words, each Chinese character apart."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = list(IN_BRACKETS.values())
    trainer = trainers.WordPieceTrainer(
        vocab_size=150, special_tokens=special, show_progress=False, continuing_subword_prefix="##"
    )
    tokenizer.train_from_iterator(TEXT, trainer)
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    around(tokenizer, "[CLS]", "[SEP]")
    return tokenizer, IN_BRACKETS


def mpnet():
    """MPNet: BERT's WordPiece among RoBERTa's special tokens, which share the vocabulary with BERT's
    unknown one; `<mask>` is the last."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=150,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", "[UNK]"],
        show_progress=False,
        continuing_subword_prefix="##",
    )
    tokenizer.train_from_iterator(TEXT, trainer)
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, special=True)])
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False
    )
    return tokenizer, dict(around_roles("<s>", "</s>"), unk_token="[UNK]", mask_token="<mask>")


def byte_level(special, roles, prefix_space=False, pattern=None, normalizer=None):
    """GPT-2, RoBERTa, OPT, GPT-NeoX, ModernBERT, Qwen: byte-level BPE."""
    tokenizer = Tokenizer(models.BPE())
    if normalizer:
        tokenizer.normalizer = normalizer
    if pattern:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(pattern), behavior="isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=prefix_space, use_regex=False),
            ]
        )
    else:
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix_space)
    trainer = trainers.BpeTrainer(
        vocab_size=256 + len(special) + 40,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([" " + line for line in TEXT], trainer)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer, roles


def roberta():
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer, roles = byte_level(special, around_roles("<s>", "</s>"), prefix_space=True)
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=True
    )
    return tokenizer, roles


def modernbert():
    special = list(IN_BRACKETS.values())
    tokenizer, _ = byte_level(special, {}, prefix_space=False, normalizer=normalizers.NFC())
    around(tokenizer, "[CLS]", "[SEP]")
    return tokenizer, IN_BRACKETS


def gpt2():
    end = "<|endoftext|>"
    return byte_level([end], {"bos_token": end, "eos_token": end, "unk_token": end})


def opt():
    tokenizer, roles = byte_level(
        ["<s>", "<pad>", "</s>", "<unk>"],
        {"bos_token": "</s>", "eos_token": "</s>", "unk_token": "</s>", "pad_token": "<pad>"},
        prefix_space=False,
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="</s> $A", special_tokens=[("</s>", 2)]
    )
    return tokenizer, roles


def qwen():
    pattern = (
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
        r"|\s*[\r\n]+|\s+(?!\S)|\s+"
    )
    end = "<|endoftext|>"
    return byte_level(
        [end, "<|im_start|>", "<|im_end|>"],
        {"eos_token": end, "pad_token": end},
        pattern=pattern,
        normalizer=normalizers.NFC(),
    )


def llama():
    """Llama 2, Mistral: BPE over characters, bytes for those that are not known, `▁` at blanks."""
    normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer = byte_fallback_bpe(normalizer, None, ["<unk>", "<s>", "</s>"])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", 1)]
    )
    return tokenizer, {"unk_token": "<unk>", "bos_token": "<s>", "eos_token": "</s>"}


def gemma():
    """Gemma: the same, but no `▁` before the first word."""
    tokenizer = byte_fallback_bpe(
        normalizers.Replace(" ", "▁"),
        pre_tokenizers.Split(" ", "merged_with_previous"),
        ["<pad>", "<eos>", "<bos>", "<unk>"],
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<bos> $A", special_tokens=[("<bos>", 2)]
    )
    return tokenizer, {
        "pad_token": "<pad>",
        "eos_token": "<eos>",
        "bos_token": "<bos>",
        "unk_token": "<unk>",
    }


def byte_fallback_bpe(normalizer, pre_tokenizer, special):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizer
    if pre_tokenizer:
        tokenizer.pre_tokenizer = pre_tokenizer
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)]
    trainer = trainers.BpeTrainer(
        vocab_size=len(special) + 256 + 110,
        special_tokens=special + [AddedToken(b, special=False) for b in bytes_],
        max_token_length=12,
        show_progress=False,
    )
    tokenizer.train_from_iterator([word for line in TEXT for word in line.replace(" ", " @").split("@")], trainer)
    content = json.loads(tokenizer.to_str())
    # Bytes are plain subwords, reached by falling back only: the trainer just has no other way in.
    content["added_tokens"] = [t for t in content["added_tokens"] if t["content"] in special]
    tokenizer = Tokenizer.from_str(json.dumps(content))
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    return tokenizer


def unigram(special, unknown, normalizer=None):
    """XLM-RoBERTa, CamemBERT, ALBERT, XLNet, DeBERTa-v3, T5: Unigram with Metaspace."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizer or normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    trainer = trainers.UnigramTrainer(
        vocab_size=150, special_tokens=special, unk_token=unknown, show_progress=False
    )
    tokenizer.train_from_iterator(TEXT, trainer)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer


def xlm_roberta():
    tokenizer = unigram(["<s>", "<pad>", "</s>", "<unk>", "<mask>"], "<unk>")
    around(tokenizer, "<s>", "</s>")
    return tokenizer, around_roles("<s>", "</s>")


def albert():
    lowered = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
    )
    tokenizer = unigram(["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"], "<unk>", lowered)
    around(tokenizer, "[CLS]", "[SEP]")
    return tokenizer, dict(IN_BRACKETS, pad_token="<pad>", unk_token="<unk>")


def deberta():
    tokenizer = unigram(["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"], "[UNK]")
    around(tokenizer, "[CLS]", "[SEP]")
    return tokenizer, IN_BRACKETS


def xlnet():
    """XLNet has its special tokens behind the sentence, and a token type of its own for <cls>."""
    tokenizer = unigram(["<unk>", "<s>", "</s>", "<cls>", "<sep>", "<pad>", "<mask>"], "<unk>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A:0 <sep>:0 <cls>:2", special_tokens=[("<sep>", 4), ("<cls>", 3)]
    )
    return tokenizer, {
        "unk_token": "<unk>",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "cls_token": "<cls>",
        "sep_token": "<sep>",
        "pad_token": "<pad>",
        "mask_token": "<mask>",
    }


def t5():
    tokenizer = unigram(["<pad>", "</s>", "<unk>"], "<unk>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    return tokenizer, {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}


def flaubert():
    """FlauBERT: BPE over characters with `</w>` at the end of words."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.BpeTrainer(
        vocab_size=180,
        special_tokens=["<s>", "</s>", "<pad>", "<unk>", "<special0>", "<special1>"],
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXT, trainer)
    tokenizer.decoder = decoders.BPEDecoder(suffix="</w>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 1)]
    )
    return tokenizer, {
        "bos_token": "<s>",
        "sep_token": "</s>",
        "cls_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<special1>",
    }


def few_words():
    """For variants of a family, whose tokenizer is not the point: a few whole words."""
    words = ["<pad>", "<s>", "</s>", "<unk>"] + sorted({w for line in TEXT for w in line.split()})
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    around(tokenizer, "<s>", "</s>")
    return tokenizer, around_roles("<s>", "</s>")


def around_roles(begin, end):
    return {
        "bos_token": begin,
        "eos_token": end,
        "cls_token": begin,
        "sep_token": end,
        "unk_token": "<unk>",
        "pad_token": "<pad>",
    }


def around(tokenizer, begin, end):
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        special_tokens=[(t, tokenizer.token_to_id(t)) for t in (begin, end)],
    )
