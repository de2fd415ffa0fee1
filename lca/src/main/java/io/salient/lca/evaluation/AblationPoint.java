package io.salient.lca.evaluation;

/**
 * Accuracy on some words when only some neurons are kept. Accuracies are from 0 to 1.
 *
 * @param kept share of the neurons, 0 to 1
 * @param neurons how many these are
 * @param top accuracy with the first of the ranking
 * @param random mean accuracy over random sets
 * @param bottom accuracy with the last of the ranking
 */
public record AblationPoint(double kept, int neurons, double top, double random, double bottom) {}
