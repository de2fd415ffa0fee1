/**
 * How a program reaches Kafka: settings, whether a broker is there, the topics. Needs Kafka's
 * clients alone.
 */
package io.salient.streams.client;
