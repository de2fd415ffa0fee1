package io.salient.extractor.model.architecture;

import io.salient.torch.TorchProgram;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The program of an {@link Architecture}: the family's text with its weights and numbers filled in,
 * the shared methods, and what runs all layers in one call:
 *
 * <pre>
 * states(ids B x S, mask B x 1 x 1 x S or None, w) -> blocks + 1 times B x S x H
 * pick(... , given, above, keep, wanted, rows W)
 *           -> W x (wanted x H): the vector at flat position b S + s of each word, in the wanted layers,
 *              which ascend; no layer above them is computed. Where the output of layer {@code above}
 *              is given, none up to it is, and the wanted ones lie above it. A second tensor is the
 *              output of layer keep, B x S x H, where that is not -1
 * mean(... , given, above, keep, wanted, rows K, words K, inverse W x 1)
 *           -> the same with the mean over each word's K_w positions
 * finite(x) -> whether all values are
 * </pre>
 */
public final class ModelProgram {
  static final Pattern NAME = Pattern.compile("\\$([a-z][a-z0-9_]*)(\\.weight|\\.bias)?");

  private static final String NO_CONTEXT =
      """
      def context(self, x: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> List[Tensor]:
        return annotate(List[Tensor], [])
      """;
  private static final String NO_LAST =
      """
      def last(self, x: Tensor, w: List[Tensor]) -> Tensor:
        return x
      """;
  private static final String LAYERS =
      """
      def states(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> List[Tensor]:
        x = self.embed(ids, mask, w)
        c = self.context(x, mask, w)
        out = [x]
        for i in range({{blocks}}):
          x = self.layer(i, x, mask, c, w)
          out.append(x)
        out[-1] = self.last(x, w)
        return out
      def at(self, x: Tensor, rows: Tensor) -> Tensor:
        return torch.index_select(torch.reshape(x, [-1, x.size(2)]), 0, rows)
      def start(self, given: Optional[Tensor], embedded: Tensor) -> Tensor:
        if given is None:
          return embedded
        else:
          return given
      def pick(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor], given: Optional[Tensor], above: int, keep: int, wanted: List[int], rows: Tensor) -> List[Tensor]:
        embedded = self.embed(ids, mask, w)
        c = self.context(embedded, mask, w)
        x = self.start(given, embedded)
        h = embedded.size(2)
        out = torch.empty([rows.size(0), len(wanted) * h], dtype=embedded.dtype, device=embedded.device)
        filled = 0
        kept = annotate(List[Tensor], [])
        for i in range(above, wanted[-1] + 1):
          if i > above:
            x = self.layer(i - 1, x, mask, c, w)
          if i == keep:
            kept.append(x)
          if i in wanted:
            part = out[:, filled:filled + h]
            if i == {{blocks}}:
              y = part.copy_(self.last(self.at(x, rows), w))
            else:
              y = torch.index_select(torch.reshape(x, [-1, h]), 0, rows, out=part)
            filled = filled + h
        return [out] + kept
      def mean(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor], given: Optional[Tensor], above: int, keep: int, wanted: List[int], rows: Tensor, words: Tensor, inverse: Tensor) -> List[Tensor]:
        out = self.pick(ids, mask, w, given, above, keep, wanted, rows)
        sums = out[0].new_zeros([inverse.size(0), out[0].size(1)])
        return [torch.index_add(sums, 0, words, out[0]) * inverse] + out[1:]
      def finite(self, x: Tensor) -> bool:
        if bool(torch.isfinite(torch.sum(x))):
          return True
        return bool(torch.all(torch.isfinite(x)))
      """;

  private ModelProgram() {}

  /** Compiles it. */
  public static TorchProgram compile(Architecture architecture) {
    return TorchProgram.compile(architecture.modelType(), text(architecture));
  }

  /** The text that is compiled, besides the methods that every program has. */
  static String text(Architecture architecture) {
    StringBuilder text = new StringBuilder(Methods.TEXT);
    String shared = architecture.text();
    text.append(filled(architecture, shared, name -> null));
    if (!shared.contains("def context(")) {
      text.append(NO_CONTEXT);
    }
    if (!shared.contains("def last(")) {
      text.append(NO_LAST);
    }
    for (Block block : blocks(architecture)) {
      text.append(filled(architecture, block.text(), name -> block.tensors().indices(name)));
    }
    return text.append(dispatch(architecture))
        .append(Template.of(LAYERS).fill("blocks", architecture.layers().size()).filled())
        .toString();
  }

  /** One of each kind. */
  private static List<Block> blocks(Architecture architecture) {
    Map<String, Block> kinds = new LinkedHashMap<>();
    architecture
        .layers()
        .forEach(layer -> kinds.putIfAbsent(layer.block().method(), layer.block()));
    return List.copyOf(kinds.values());
  }

  /** Puts a list's places and numbers where the text says {@code $name}. */
  private static String filled(
      Architecture architecture, String text, Function<String, int[]> ofBlock) {
    return NAME.matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    value(architecture, match.group(1), match.group(2), ofBlock)));
  }

  private static String value(
      Architecture architecture, String name, String part, Function<String, int[]> ofBlock) {
    int[] inBlock = ofBlock.apply(name);
    if (inBlock != null) {
      return arguments(inBlock, part, "o + ");
    }
    int[] fixed = architecture.fixed().indices(name);
    if (fixed != null) {
      return arguments(fixed, part, "");
    }
    String number = architecture.numbers().get(name);
    if (number == null) {
      throw new IllegalStateException(
          architecture.modelType() + ": $" + name + " is neither a weight nor a number");
    }
    return number + (part == null ? "" : part);
  }

  private static String arguments(int[] indices, String part, String offset) {
    int[] chosen =
        part == null ? indices : new int[] {part.equals(".weight") ? indices[0] : indices[1]};
    return Arrays.stream(chosen)
        .mapToObj(at -> at == Tensors.NONE ? "None" : "w[" + offset + at + "]")
        .collect(Collectors.joining(", "));
  }

  /** The method that calls the right kind of block with the place of its weights. */
  private static String dispatch(Architecture architecture) {
    List<Block> blocks = blocks(architecture);
    List<String> methods = blocks.stream().map(Block::method).toList();
    List<Architecture.Layer> layers = architecture.layers();
    StringBuilder text =
        new StringBuilder(
            "def layer(self, i: int, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w:"
                + " List[Tensor]) -> Tensor:\n");
    text.append("  o = ")
        .append(layers.stream().map(architecture::offset).toList())
        .append("[i]\n");
    text.append("  kind = ")
        .append(layers.stream().map(layer -> methods.indexOf(layer.block().method())).toList())
        .append("[i]\n");
    for (int kind = 0; kind < blocks.size() - 1; kind++) {
      text.append("  if kind == %d:\n    return %s\n".formatted(kind, call(blocks.get(kind))));
    }
    return text.append("  return ").append(call(blocks.getLast())).append('\n').toString();
  }

  private static String call(Block block) {
    return "self." + block.method() + "(x, mask, c, w, o)";
  }
}
