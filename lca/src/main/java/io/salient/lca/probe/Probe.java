package io.salient.lca.probe;

import java.util.List;

/**
 * The classifier of one concept, in standardised space.
 *
 * @param concept its name
 * @param labels C labels, sorted by name
 * @param weights C x D; a null row is a label without train words
 * @param bias C
 */
public record Probe(String concept, List<String> labels, float[][] weights, float[] bias) {}
