/** What state stores are written in, and by which version of the code (F25). Knows no Kafka. */
package io.salient.streams.state;
