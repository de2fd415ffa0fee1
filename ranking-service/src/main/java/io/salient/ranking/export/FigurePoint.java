package io.salient.ranking.export;

/**
 * Where figures belong.
 *
 * @param run training run
 * @param concept the concept
 * @param step training step
 */
record FigurePoint(String run, String concept, long step) {}
