/** The elastic-net probe: objective, optimiser, joint fit, certificate, transfer. */
package io.salient.lca.probe;
