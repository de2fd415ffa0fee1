package io.salient.extractor.tokenization;

/**
 * What goes through a model as one sentence: a sentence or a part of it.
 *
 * @param ids subword ids, special ones included
 * @param words index within the sentence of each word whose vector is taken from here, ascending
 * @param first position in {@code ids} of the first subword of each of them
 * @param last position of the last subword of each of them
 */
public record Window(long[] ids, int[] words, int[] first, int[] last) {}
