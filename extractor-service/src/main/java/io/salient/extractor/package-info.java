/** Checkpoint folder in, activation records out: settings, start and stop, health. */
package io.salient.extractor;
