/** How well a probe does on words it has not seen. */
package io.salient.lca.evaluation;
