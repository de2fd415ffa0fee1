package io.salient.lca;

/**
 * A neuron as people name it.
 *
 * @param layer 0 is the output of the embeddings
 * @param unit unit in the layer
 */
public record NeuronId(int layer, int unit) {}
