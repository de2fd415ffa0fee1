/** Fitting off the stream thread. */
package io.salient.probe.training;
