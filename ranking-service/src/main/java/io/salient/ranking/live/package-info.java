/** The current view of the results topic, and its changes as they come. */
package io.salient.ranking.live;
