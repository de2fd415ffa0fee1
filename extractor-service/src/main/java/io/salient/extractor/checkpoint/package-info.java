/** Checkpoint folders: which may be read, when one is complete, and what is in it. */
package io.salient.extractor.checkpoint;
