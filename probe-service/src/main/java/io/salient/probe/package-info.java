/** Activation records in, one probe per concept out. */
package io.salient.probe;
