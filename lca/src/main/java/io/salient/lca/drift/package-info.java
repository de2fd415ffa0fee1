/** How far apart two rankings of the same neurons are. */
package io.salient.lca.drift;
