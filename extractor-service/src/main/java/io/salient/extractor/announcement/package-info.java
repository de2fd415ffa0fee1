/** Which checkpoints are there, which of them are complete, and their announcement on Kafka. */
package io.salient.extractor.announcement;
