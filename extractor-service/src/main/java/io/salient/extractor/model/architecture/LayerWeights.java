package io.salient.extractor.model.architecture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which of the program's weights decide a layer's output, given the output of the layer below: for
 * the embeddings those that belong to no block, for a block its own, and for the last block those
 * of the final norm as well.
 *
 * @param program all else that decides them: the program's text with its numbers
 * @param ofLayer places in the program's list of weights, by layer
 */
public record LayerWeights(String program, List<List<Integer>> ofLayer) {
  private static final Pattern METHOD = Pattern.compile("(?m)^(?=def )");

  /** Finds them. */
  public static LayerWeights of(Architecture architecture) {
    int fixed = architecture.fixed().entries().size();
    Set<Integer> finalNorm = onlyInLast(architecture);
    List<List<Integer>> ofLayer = new ArrayList<>();
    ofLayer.add(
        IntStream.range(0, fixed).boxed().filter(weight -> !finalNorm.contains(weight)).toList());
    for (Architecture.Layer layer : architecture.layers()) {
      int offset = architecture.offset(layer);
      int count = layer.block().tensors().entries().size();
      ofLayer.add(IntStream.range(offset, offset + count).boxed().toList());
    }
    List<Integer> top = new ArrayList<>(ofLayer.removeLast());
    top.addAll(finalNorm.stream().sorted().toList());
    ofLayer.add(top);
    return new LayerWeights(ModelProgram.text(architecture), ofLayer);
  }

  /** Places of weights that no method but {@code last} takes. */
  private static Set<Integer> onlyInLast(Architecture architecture) {
    StringBuilder last = new StringBuilder();
    StringBuilder others = new StringBuilder();
    for (String method : METHOD.split(architecture.text(), -1)) {
      (method.startsWith("def last(") ? last : others).append(method);
    }
    architecture.layers().forEach(layer -> others.append(layer.block().text()));
    Set<Integer> places = new HashSet<>(named(architecture, last.toString()));
    places.removeAll(named(architecture, others.toString()));
    return places;
  }

  private static Set<Integer> named(Architecture architecture, String text) {
    Set<Integer> places = new HashSet<>();
    ModelProgram.NAME
        .matcher(text)
        .results()
        .forEach(
            match -> {
              int[] at = architecture.fixed().indices(match.group(1));
              if (at != null) {
                IntStream.of(at).filter(place -> place != Tensors.NONE).forEach(places::add);
              }
            });
    return places;
  }
}
