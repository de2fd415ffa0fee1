/** What a run's results look like as a page and as tables: nothing is computed anew here. */
package io.salient.standalone.report;
