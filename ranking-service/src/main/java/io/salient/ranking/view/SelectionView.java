package io.salient.ranking.view;

import io.salient.schemas.avro.NeuronChoice;
import java.util.List;

/**
 * Neurons chosen by a selector.
 *
 * @param selector such as mass:0.5
 * @param size how many there are
 * @param neurons the union over labels
 * @param perLabel by label; empty for selectors that do not go by label
 */
public record SelectionView(
    String selector, int size, List<ClustersView.Place> neurons, List<Label> perLabel) {

  /**
   * Neurons chosen for one label.
   *
   * @param label its name
   * @param size how many there are
   * @param neurons in the order in which they were chosen
   */
  public record Label(String label, int size, List<ClustersView.Place> neurons) {}

  /** Null for null. */
  static SelectionView of(NeuronChoice choice) {
    return choice == null
        ? null
        : new SelectionView(
            choice.getSelector(),
            choice.getSize(),
            choice.getNeurons().stream().map(ClustersView.Place::of).toList(),
            choice.getPerLabel().stream()
                .map(
                    label ->
                        new Label(
                            label.getLabel(),
                            label.getSize(),
                            label.getNeurons().stream().map(ClustersView.Place::of).toList()))
                .toList());
  }
}
