package io.salient.extractor.extraction;

/**
 * What has to be known of activations that come from files.
 *
 * @param layers the layers that the stored ones are; empty for what the file says, or all from 0 on
 * @param allowCut whether sentences may have fewer vectors than words, as where NeuroX cut them
 */
public record StoredSettings(int[] layers, boolean allowCut) {
  /** All layers, no sentence cut. */
  public static final StoredSettings NONE = new StoredSettings(new int[0], false);
}
