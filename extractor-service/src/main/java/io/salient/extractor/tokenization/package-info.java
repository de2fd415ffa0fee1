/** Words to subwords, and sentences to batches. */
package io.salient.extractor.tokenization;
