/** Files of activations as NeuroX writes and reads them: HDF5 and JSON lines. */
package io.salient.extractor.neurox;
