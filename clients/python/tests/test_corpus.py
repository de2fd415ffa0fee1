"""Words of a corpus, in every format that the extractor reads. Standard library only."""

import tempfile
import unittest
from pathlib import Path

from salient.corpus import CorpusError, read_words

CATS = [["The", "cat"], ["sleeps", "."]]


class CorpusTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def read(self, content, name="corpus.txt"):
        file = self.folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_words(file)

    def conllu(self, *rows):
        return "".join("\t".join([*row, *["_"] * (10 - len(row))]) + "\n" for row in rows)

    def test_should_read_every_format(self):
        first = self.conllu(("1-2", "Thecat"), ("1", "The"), ("1.1", "big"), ("2", "cat"))
        second = self.conllu(("1", "sleeps"), ("2", "."))
        formats = {
            "CoNLL-U": f"# newdoc\n# text = The cat\n{first}\n\n{second}",
            "CoNLL-U with CRLF and marks": f"\ufeff{first}\n\ufeff{second}".replace("\n", "\r\n"),
            "CoNLL-U Plus": "# global.columns = UPOS form\nD\tThe\nN\tcat\n\nV\tsleeps\nP\t .\n",
            "columns": "The\tDET\ncat\tNOUN\n\nsleeps\tVERB\n# a comment\n.\tPUNCT\n",
            "named columns": "#columns: word pos\nThe\tDET\ncat\tNOUN\n\nsleeps\tVERB\n.\tPUNCT",
            "CoNLL-2003": "-DOCSTART- O\n\nThe O\ncat B-A\n\n-DOCSTART- O\nsleeps O\n. O\n",
            "columns of spans": "The x O\ncat y B-A\n\nsleeps x O\n. y O\n",
            "text": "The cat\n \nsleeps \t.\n",
        }
        for name, content in formats.items():
            with self.subTest(name):
                self.assertEqual(CATS, self.read(content))

    def test_should_part_words_where_java_does(self):
        # NBSP, NEL and a mark alone are words, other white space at the ends of a line is not
        self.assertEqual([["a\u00a0b", "\u0085"]], self.read("\u2003a\u00a0b \u0085\u3000\n"))
        self.assertEqual([["\u00a0"], ["\ufeff"]], self.read("\u00a0\tX\n\n\ufeff\tX\n"))

    def test_should_take_the_format_by_name(self):
        self.assertEqual([["cat"]], self.read(self.conllu(("1", "cat")), "a.CONLLU"))
        with self.assertRaisesRegex(CorpusError, r"a\.conllup:1: 1 columns, 10 are due"):
            self.read("The cat\n", "a.conllup")

    def test_should_say_what_is_wrong(self):
        with self.assertRaisesRegex(CorpusError, "cannot be read"):
            read_words(self.folder / "none.txt")
        with self.assertRaisesRegex(CorpusError, r"corpus\.txt:2: not UTF-8"):
            self.read(b"a\n\xff\n")
        with self.assertRaisesRegex(CorpusError, "holds no words"):
            self.read("\n \n")
        with self.assertRaisesRegex(CorpusError, "no column FORM"):
            self.read("# global.columns = ID UPOS\n1\tX\n")


if __name__ == "__main__":
    unittest.main()
