/** What families of models are built from: named weights, TorchScript methods, one program. */
package io.salient.extractor.model.architecture;
