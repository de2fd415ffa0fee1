/** The activations of a checkpoint as a file: a materialised view of the log. */
package io.salient.probe.matrix;
