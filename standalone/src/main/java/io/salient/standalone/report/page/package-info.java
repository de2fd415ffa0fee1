/** The page of a report: what is shown, in what order, and said in words. */
package io.salient.standalone.report.page;
