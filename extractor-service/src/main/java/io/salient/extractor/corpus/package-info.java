/**
 * Annotated words from files: CoNLL-U, tab-separated columns, NeuroX's parallel text and label
 * files.
 */
package io.salient.extractor.corpus;
