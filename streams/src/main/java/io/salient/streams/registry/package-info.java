/**
 * The wire format of schema registries, put on records where a client sends them and taken off
 * where it receives them: nothing else of Salient knows of it. Needs Kafka's clients and the JDK's
 * HTTP.
 */
package io.salient.streams.registry;
