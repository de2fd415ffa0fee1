/** The service's settings, and what is made of them: corpus, roots, extraction. */
package io.salient.extractor.settings;
