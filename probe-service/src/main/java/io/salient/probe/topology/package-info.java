/** The stream: what arrives, what is kept, what is sent on. Nothing slow happens here. */
package io.salient.probe.topology;
