/** The numbers behind the figures, as tables of comma-separated values (RFC 4180). */
package io.salient.standalone.report.csv;
