package io.salient.lca.probe;

import java.util.OptionalDouble;

/**
 * How often a label occurs and how well it is predicted on the test words.
 *
 * @param label the label
 * @param trainCount train words with this label
 * @param devCount dev words with this label
 * @param testCount test words with this label
 * @param rare true when trainCount is below the minimum label count
 * @param precision 0 to 1; empty when the label was never predicted
 * @param recall 0 to 1; empty when no test word has the label
 * @param f1 0 to 1; empty when the label was neither predicted nor present
 */
public record LabelScore(
    String label,
    int trainCount,
    int devCount,
    int testCount,
    boolean rare,
    OptionalDouble precision,
    OptionalDouble recall,
    OptionalDouble f1) {}
