/**
 * Minimises the elastic net of many softmax heads over the same words: the loss with its passes,
 * the block proximal Newton method with its parts, the certificate, and OWL-QN for what that method
 * is not made for. Knows nothing of concepts and labels.
 */
package io.salient.lca.probe.optimiser;
