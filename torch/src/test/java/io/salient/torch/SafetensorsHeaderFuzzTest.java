package io.salient.torch;

import static io.salient.torch.SafetensorsWriter.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** I24: whatever becomes of a file, it is read or refused, and nothing else happens. */
class SafetensorsHeaderFuzzTest {
  private static final byte[] GOOD =
      SafetensorsWriter.bytes(
          "{\"__metadata__\":{\"format\":\"pt\"},"
              + tensor("a", "F32", "[2,3]", 0, 24)
              + ","
              + tensor("b", "BF16", "[]", 24, 26)
              + "}  ",
          26);

  @Test
  void shouldSurviveThousandsOfMutations_I24() {
    // given
    Random random = new Random(24);
    int refused = 0;

    // when
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = mutated(GOOD, random);
      try {
        SafetensorsHeader.Layout layout =
            SafetensorsHeader.read(Path.of("model.safetensors"), MemorySegment.ofArray(bad));
        assertInside(layout, bad.length);
      } catch (SafetensorsException e) {
        refused++; // the only exception that may come out
      }
    }

    // then
    assertThat(refused).isBetween(15_000, 20_000);
  }

  /** What is accepted lies inside the file. */
  private static void assertInside(SafetensorsHeader.Layout layout, int size) {
    long bytes = layout.tensors().values().stream().mapToLong(TensorInfo::bytes).sum();
    assertThat(layout.dataStart() + bytes).isEqualTo(size);
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = good.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) "{}[]\",:0123456789-eE \\n".charAt(random.nextInt(22));
        case 3 -> {
          int from = random.nextInt(bytes.length);
          int length = random.nextInt(bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
      }
    }
    return bytes;
  }
}
