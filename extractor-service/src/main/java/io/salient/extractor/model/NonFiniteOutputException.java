package io.salient.extractor.model;

/** A model gave a value that is no finite number. */
public final class NonFiniteOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Place place;

  /**
   * Where it arose.
   *
   * @param layer the model's own number of the layer
   * @param unit in it, 0 to H-1
   * @param sentence row of {@link WordBatch#ids}
   * @param position of the subword in that row
   * @param value NaN or an infinite one
   */
  public record Place(int layer, int unit, int sentence, int position, float value) {}

  NonFiniteOutputException(Place place) {
    super("%s in layer %d, unit %d".formatted(place.value(), place.layer(), place.unit()));
    this.place = place;
  }

  /** Where it arose. */
  public Place place() {
    return place;
  }
}
