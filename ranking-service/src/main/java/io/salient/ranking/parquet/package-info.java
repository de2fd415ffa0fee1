/** Tables as Apache Parquet files. */
package io.salient.ranking.parquet;
