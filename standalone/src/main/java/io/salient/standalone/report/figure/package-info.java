/**
 * Figures as SVG: lines, bars and shaded words. They tell series apart by dash, marker, hatching
 * and a label at the line itself, so that they can be read in black and white.
 */
package io.salient.standalone.report.figure;
