/** Linguistic Correlation Analysis in plain Java: knows no Kafka, no CDI, no files. */
package io.salient.lca;
