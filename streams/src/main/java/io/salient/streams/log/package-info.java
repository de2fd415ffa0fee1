/** What a service logs of checkpoints: run and step are fields of each line. */
package io.salient.streams.log;
