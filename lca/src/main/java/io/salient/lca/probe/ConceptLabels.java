package io.salient.lca.probe;

import java.util.List;

/**
 * The label of every word for one concept.
 *
 * @param concept its name
 * @param labels its labels, sorted by name
 * @param codes by corpus word index: an index into labels, or -1 for no label
 */
public record ConceptLabels(String concept, List<String> labels, int[] codes) {}
