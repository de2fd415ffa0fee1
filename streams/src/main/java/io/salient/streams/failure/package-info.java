/** What people are told when something failed, on one line. */
package io.salient.streams.failure;
