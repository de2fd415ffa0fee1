/**
 * Linguistic Correlation Analysis: which neurons of a language model know a concept. Plain Java and
 * LibTorch; knows no Kafka, no injection and no files. What it needs from outside comes through two
 * ports, {@link io.salient.lca.ActivationMatrix} and {@link io.salient.lca.ScratchSpace}.
 *
 * <p>Source: Durrani, Dalvi, Sajjad, "Discovering Salient Neurons in Deep NLP Models", JMLR 24
 * (2023), arXiv 2206.13288.
 */
package io.salient.lca;
