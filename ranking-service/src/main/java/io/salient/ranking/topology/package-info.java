/** The stream: probes in, rankings and drift out. Knows Kafka Streams, but neither CDI nor HTTP. */
package io.salient.ranking.topology;
