/**
 * The three services and an embedded broker in one process, and the command line in front of them.
 */
package io.salient.standalone;
