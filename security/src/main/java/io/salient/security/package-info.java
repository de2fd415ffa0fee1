/**
 * What stands between a service and those who reach its port. {@code access} knows who may do what,
 * {@code http} sends the headers that keep a browser from harm.
 */
package io.salient.security;
