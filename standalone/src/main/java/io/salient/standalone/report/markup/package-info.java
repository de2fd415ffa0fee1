/** Elements, escaping, numbers and widths of text: what pages and figures are written with. */
package io.salient.standalone.report.markup;
