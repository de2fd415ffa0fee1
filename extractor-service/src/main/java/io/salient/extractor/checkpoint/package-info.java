/** One checkpoint folder, opened: whether it may be read, its configuration, weights and files. */
package io.salient.extractor.checkpoint;
