/**
 * Which neurons carry a concept: from a probe's weights to an ordering of all neurons (Durrani,
 * Dalvi and Sajjad, JMLR 24, 2023). Neurons are indices g = layer x H + unit.
 */
package io.salient.lca.ranking;
