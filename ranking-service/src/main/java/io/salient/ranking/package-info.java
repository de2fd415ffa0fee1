/** Probes in; rankings, drift, REST, server-sent events and the live page out. */
package io.salient.ranking;
