/** How well a probe does on words that it has not seen. */
package io.salient.lca.evaluation;
