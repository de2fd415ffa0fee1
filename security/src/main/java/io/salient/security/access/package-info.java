/** Who may do what: tokens, roles, and the runs that a token may see. */
package io.salient.security.access;
