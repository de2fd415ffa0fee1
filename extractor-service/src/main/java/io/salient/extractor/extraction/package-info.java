/** One checkpoint from announcement to the last acknowledged block. */
package io.salient.extractor.extraction;
