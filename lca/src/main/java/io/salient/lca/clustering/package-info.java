/** Which neurons say the same: clusters of correlated neurons. */
package io.salient.lca.clustering;
