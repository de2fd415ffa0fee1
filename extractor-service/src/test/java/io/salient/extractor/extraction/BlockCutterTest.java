package io.salient.extractor.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.schemas.ActivationCodec;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.Encoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F20: no record over the limit, whatever the width. */
class BlockCutterTest {
  private static final int ROWS = 60;

  private static BlockCutter cutter(int width, Encoding encoding) {
    return new BlockCutter(new SmallCorpus(ROWS), "run", 7, "id", width, encoding);
  }

  @ParameterizedTest
  @CsvSource({"16,FLOAT32", "9984,FLOAT32", "9984,FLOAT16", "131072,BFLOAT16", "131072,FLOAT32"})
  void shouldCutEveryRowIntoBlocksUnderTheLimit(int width, Encoding encoding) {
    try (Arena arena = Arena.ofConfined()) {
      // given
      int[] rows = IntStream.range(0, ROWS).map(i -> ROWS - 1 - i).toArray();
      MemorySegment vectors = arena.allocate(4L * ROWS * width, 64);
      for (int i = 0; i < ROWS; i++) {
        vectors.setAtIndex(ValueLayout.JAVA_FLOAT, (long) i * width, rows[i]);
      }
      // when
      List<ActivationBlock> blocks = new ArrayList<>();
      int count = cutter(width, encoding).cut(rows, vectors, blocks::add);
      // then
      assertThat(blocks).hasSize(count);
      List<Integer> seen = new ArrayList<>();
      for (ActivationBlock block : blocks) {
        assertThat(TopicSerdes.activations().encode(block)).hasSizeLessThan(BlockCutter.LIMIT);
        MemorySegment values = arena.allocate(4L * block.getRows().size() * width, 64);
        ActivationCodec.decode(block.getActivations(), encoding, values);
        for (int i = 0; i < block.getRows().size(); i++) {
          int row = block.getRows().get(i);
          assertThat(values.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i * width)).isEqualTo(row);
          assertThat(block.getWords().get(i)).isEqualTo("w" + row);
          assertThat(block.getSentences().get(i)).isEqualTo(row / 3);
          assertThat(block.getLabels().getFirst().getCodes().get(i)).isEqualTo(row % 3);
          seen.add(row);
        }
      }
      assertThat(seen).containsExactlyElementsOf(IntStream.of(rows).boxed().toList());
    }
  }

  @Test
  void shouldRefuseARowThatNeverFitsAndNameTheSetting() {
    try (Arena arena = Arena.ofConfined()) {
      int width = 300_000;
      MemorySegment vectors = arena.allocate(4L * width, 64);
      assertThatThrownBy(
              () -> cutter(width, Encoding.FLOAT32).cut(new int[] {0}, vectors, block -> {}))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("salient.extractor.encoding");
    }
  }

  @Test
  void shouldRefuseValuesBeyondFloat16() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment vectors = arena.allocate(64, 64);
      vectors.setAtIndex(ValueLayout.JAVA_FLOAT, 3, 70_000f);
      assertThatThrownBy(
              () -> cutter(16, Encoding.FLOAT16).cut(new int[] {0}, vectors, block -> {}))
          .isInstanceOfSatisfying(
              CheckpointException.class,
              e -> assertThat(e.code()).isEqualTo("activations.out-of-range"));
    }
  }
}
