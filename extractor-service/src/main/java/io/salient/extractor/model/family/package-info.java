/** One class per family of models: its configuration, its weights and its mathematics. */
package io.salient.extractor.model.family;
