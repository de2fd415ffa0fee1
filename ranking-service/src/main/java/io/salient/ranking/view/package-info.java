/**
 * Results as people and programs see them, made of records here and nowhere else: REST, the stream,
 * the command line, the report and CSV show these shapes.
 */
package io.salient.ranking.view;
