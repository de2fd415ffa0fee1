/** REST interface of the extractor. */
package io.salient.extractor.api;
