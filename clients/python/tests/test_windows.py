"""Sentences that do not fit into a model, by the rule of docs/words.md. Standard library only."""

import random
import unittest

from salient.windows import Subwords, batches, windows

CLS, SEP = 1000, 1001


def subwords(*lengths):
    """Words of so many subwords, ids counted from 0, between two special ones."""
    first, last, at = [], [], 0
    for length in lengths:
        first.append(at if length else -1)
        last.append(at + length - 1 if length else -1)
        at += length
    return Subwords([CLS], list(range(at)), [SEP], [2, *[0] * at, 1], first, last)


class WindowsTest(unittest.TestCase):
    def test_should_leave_a_sentence_whole_that_fits(self):
        (window,) = windows(7, subwords(1, 0, 3), 6)

        self.assertEqual(7, window.sentence)
        self.assertEqual([CLS, 0, 1, 2, 3, SEP], window.ids)
        self.assertEqual([2, 0, 0, 0, 0, 1], window.types)
        self.assertEqual([0, 2], window.words)
        self.assertEqual([1, 2], window.first)
        self.assertEqual([1, 4], window.last)

    def test_should_overlap_and_take_the_window_with_more_context(self):
        # C = 4: windows of words 0-3, 2-5, 4-7
        found = windows(0, subwords(*[1] * 8), 6)

        self.assertEqual([[0, 1, 2, 3], [2, 3, 4, 5], [4, 5, 6, 7]], [w.ids[1:-1] for w in found])
        self.assertEqual([[0, 1, 2], [3, 4], [5, 6, 7]], [w.words for w in found])
        self.assertEqual([2, 3], found[1].first)

    def test_should_reach_back_with_the_last_window(self):
        found = windows(0, subwords(*[1] * 7), 6)

        self.assertEqual([3, 4, 5, 6], found[-1].ids[1:-1])

    def test_should_part_a_sentence_at_a_word_that_fits_nowhere(self):
        found = windows(0, subwords(1, 5, 1), 6)

        self.assertEqual([[0], [2]], [w.words for w in found])
        self.assertEqual([[0], [6]], [w.ids[1:-1] for w in found])

    def test_should_have_no_window_without_a_subword(self):
        self.assertEqual([], windows(0, subwords(0, 0), 6))

    def test_should_give_each_word_that_fits_one_vector(self):
        draws = random.Random(1)
        for _ in range(300):
            lengths = [draws.choice((0, 1, 1, 2, 3, 9)) for _ in range(draws.randint(1, 30))]
            sentence = subwords(*lengths)
            found = windows(0, sentence, 9)

            words = sorted(word for window in found for word in window.words)
            self.assertEqual([w for w, n in enumerate(lengths) if 0 < n <= 7], words, lengths)
            for window in found:
                self.assertLessEqual(len(window.ids), 9)
                for word, first, last in zip(window.words, window.first, window.last, strict=True):
                    own = range(sentence.first[word], sentence.last[word] + 1)
                    self.assertEqual(list(own), window.ids[first : last + 1])

    def test_should_put_windows_of_like_length_together(self):
        found = windows(0, subwords(*[1] * 8), 6) + windows(1, subwords(1), 6)

        self.assertEqual([2, 2], [len(batch) for batch in batches(found, 14)])
        self.assertEqual([1, 1, 1, 1], [len(batch) for batch in batches(found, 1)])


if __name__ == "__main__":
    unittest.main()
