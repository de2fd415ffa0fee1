/**
 * How a service runs on Kafka Streams: start, end and health, its name in the group, bounded
 * RocksDB, dead letters, raw records. The packages below need no Kafka Streams.
 */
package io.salient.streams;
