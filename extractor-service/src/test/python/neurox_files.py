"""Writes src/test/resources/neurox with NeuroX's own writer, and reads this project's files with NeuroX's own loader.

    python -m venv env && env/bin/pip install h5py==3.16.0 torch==2.15.0 numpy==2.4.6 && env/bin/pip install --no-deps neurox==1.0.9
    env/bin/python neurox_files.py write ../resources/neurox
    env/bin/python neurox_files.py read FILE.hdf5 FILE.json      both of one extraction: must be equal, bit by bit

NeuroX's own requirements pin versions of 2021, hence --no-deps: writer and loader need h5py, torch and numpy only.
"""

import json
import pathlib
import sys

import h5py
import numpy as np

# Tokens as NeuroX has them: subwords put together, not the words of the corpus. Sentence 2 is sentence 0 again.
SENTENCES = [["the", "dog", "walk##s"], ["[UNK]"], ["the", "dog", "walk##s"], ["a", "", "cat", "sleep##s"]]
LAYERS, UNITS = 3, 4


def vectors(sentence, dtype="float32"):
    """Numbers that every format has exactly; zeros where NeuroX found no subword."""
    words = SENTENCES[sentence]
    values = np.zeros((LAYERS, len(words), UNITS), dtype=dtype)
    for layer in range(LAYERS):
        for word, token in enumerate(words):
            for unit in range(UNITS):
                values[layer, word, unit] = 1 + sentence + layer / 4 + word / 16 - unit / 128 if token else 0
    return values


def write(folder):
    from neurox.data.writer import ActivationsWriter

    folder.mkdir(parents=True, exist_ok=True)
    for name, options in (("all.hdf5", {}), ("all.json", {}), ("chosen.hdf5", {"filter_layers": "2,0"})):
        writer = ActivationsWriter.get_writer(str(folder / name), **options)
        for sentence, words in enumerate(SENTENCES):
            writer.write_activations(sentence, words, vectors(sentence))
        writer.close()
    # What the writer of NeuroX's repository makes with dtype='float16'; the release 1.0.9 has no such option.
    with h5py.File(folder / "half.hdf5", "w") as file:
        for sentence in range(len(SENTENCES)):
            file.create_dataset(str(sentence), vectors(sentence).shape, dtype="float16", data=vectors(sentence))
        texts = file.create_dataset("sentence_to_index", (1,), dtype=h5py.special_dtype(vlen=str))
        texts[0] = json.dumps({"the dog walk##s": "2", "[UNK]": "1", "a  cat sleep##s": "3"})
    # The newer layout of the HDF5 library: other groups, other object headers.
    with h5py.File(folder / "latest.hdf5", "w", libver="latest") as file:
        for sentence in range(len(SENTENCES)):
            file.create_dataset(str(sentence), data=vectors(sentence))
        file.create_dataset("sentence_to_index", (1,), dtype=h5py.special_dtype(vlen=str))[0] = "{}"
    # Hostile ones.
    with h5py.File(folder / "external.hdf5", "w") as file:
        for sentence in range(len(SENTENCES) - 1):
            file.create_dataset(str(sentence), data=vectors(sentence))
        file["3"] = h5py.ExternalLink("all.hdf5", "/3")
        file.create_dataset("sentence_to_index", (1,), dtype=h5py.special_dtype(vlen=str))[0] = "{}"
    with h5py.File(folder / "huge.hdf5", "w") as file:
        for sentence in range(len(SENTENCES)):
            words = len(SENTENCES[sentence])
            file.create_dataset(str(sentence), (3, words, 2**31 if sentence == 0 else 4), dtype="float32")
        file.create_dataset("sentence_to_index", (1,), dtype=h5py.special_dtype(vlen=str))[0] = "{}"


def read(hdf5, lines):
    from neurox.data import loader

    first, layers = loader.load_activations(hdf5)
    second, _ = loader.load_activations(lines)
    equal = len(first) == len(second) and all(
        np.array_equal(a, b.astype("float32")) for a, b in zip(first, second)
    )
    print(len(first), "sentences,", layers, "layers,", sum(map(len, first)), "words,", "equal" if equal else "DIFFERENT")
    return equal


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(pathlib.Path(sys.argv[2]))
    elif not read(*sys.argv[2:]):
        sys.exit(1)
