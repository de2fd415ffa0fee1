/**
 * A small fine-tuning in this process, which writes checkpoints as the Hugging Face Trainer does:
 * something to watch.
 */
package io.salient.standalone.demo;
