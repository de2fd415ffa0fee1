/**
 * The probe: multinomial logistic regression with elastic net, fitted for all concepts of a
 * checkpoint in joint passes over the activations.
 */
package io.salient.lca.probe;
