/** Results as tables of typed columns, for CSV, Parquet and programs that want rows. */
package io.salient.ranking.table;
