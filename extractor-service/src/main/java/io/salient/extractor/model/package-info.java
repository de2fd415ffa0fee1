/** The models: one class per family, run by LibTorch, giving one vector per word and layer. */
package io.salient.extractor.model;
