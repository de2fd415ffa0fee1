/** REST resources and the stream of server-sent events. */
package io.salient.ranking.api;
