/**
 * Figures of runs for where people look already: TensorBoard, MLflow. Never in the way of results.
 */
package io.salient.ranking.export;
