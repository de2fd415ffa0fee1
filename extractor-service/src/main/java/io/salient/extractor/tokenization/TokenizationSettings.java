package io.salient.extractor.tokenization;

/**
 * How a corpus becomes batches.
 *
 * @param batchTokens most subwords of a batch, padding included
 * @param seed of the order of batches
 * @param longSentences what becomes of sentences beyond the model's positions
 * @param keepSpecialTokens whether the special subwords get rows too
 */
public record TokenizationSettings(
    int batchTokens, long seed, LongSentences longSentences, boolean keepSpecialTokens) {}
