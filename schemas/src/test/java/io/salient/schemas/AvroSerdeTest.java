package io.salient.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.RunStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.Utf8;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I16, I17: bytes that are no record of ours give one exception and cost little memory. */
class AvroSerdeTest {
  private final AvroSerde<SpecificRecord> serde = TopicSerdes.activations();
  private final byte[] block = serde.encode(Specimens.of(ActivationBlock.class));

  private void assertUndecodable(byte[] bytes, DeadLetterReason reason, String message) {
    assertThatThrownBy(() -> serde.decode(bytes))
        .asInstanceOf(InstanceOfAssertFactories.type(UndecodableRecordException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e.getMessage()).contains(message));
  }

  private void assertUndecodable(byte[] bytes, String message) {
    assertUndecodable(bytes, DeadLetterReason.UNDECODABLE, message);
  }

  @Test
  void shouldReadBackWhatItWrote() {
    for (AvroSerde<SpecificRecord> topic :
        List.of(TopicSerdes.activations(), TopicSerdes.probes(), TopicSerdes.results())) {
      for (Class<? extends SpecificRecord> type : Specimens.TYPES) {
        SpecificRecord record = Specimens.of(type);
        if (holds(topic, record)) {
          assertThat(topic.decode(topic.encode(record))).isEqualTo(record);
          byte[] bytes = topic.serializer().serialize("any", record);
          assertThat(topic.deserializer().deserialize("any", bytes)).isEqualTo(record);
        }
      }
    }
  }

  private static boolean holds(AvroSerde<SpecificRecord> serde, SpecificRecord record) {
    try {
      serde.encode(record);
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage())
          .contains("this serde holds ", "not " + record.getSchema().getName());
      return false;
    }
  }

  @Test
  void shouldKeepNullAsNull_I18() {
    assertThat(serde.serializer().serialize("any", null)).isNull();
    assertThat(serde.deserializer().deserialize("any", null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 9})
  void shouldRefuseLessThanAHeader_I16(int length) {
    assertUndecodable(Arrays.copyOf(block, length), "too short: " + length + " bytes");
  }

  @Test
  void shouldRefuseAnotherMagic_I16() {
    for (int at = 0; at < 2; at++) {
      byte[] bytes = block.clone();
      bytes[at] ^= 1;
      assertUndecodable(bytes, "does not start with C3 01");
    }
    assertUndecodable(new byte[100], "does not start with C3 01");
    byte[] confluent = block.clone();
    confluent[0] = 0; // the Confluent wire format
    assertUndecodable(confluent, "does not start with C3 01");
  }

  @Test
  void shouldRefuseAnUnknownFingerprint_I16() {
    byte[] bytes = block.clone();
    bytes[5] ^= 1;
    assertUndecodable(
        bytes,
        DeadLetterReason.UNEXPECTED_TYPE,
        "is of no version of ActivationBlock, ExtractionFailed, ExtractionStarted that this Salient"
            + " knows: the record was written by a newer version");
  }

  @Test
  void shouldRefuseARecordOfAnotherTopic_I16() {
    byte[] bytes = TopicSerdes.checkpoints().encode(Specimens.of(CheckpointSaved.class));
    assertUndecodable(
        bytes,
        DeadLetterReason.UNEXPECTED_TYPE,
        "a CheckpointSaved is none of ActivationBlock, ExtractionFailed, ExtractionStarted");
  }

  @Test
  void shouldRefuseEveryTruncation_I16() {
    for (int length = 10; length < block.length; length++) {
      assertUndecodable(
          Arrays.copyOf(block, length), "not a whole ActivationBlock (" + length + " bytes)");
    }
  }

  @Test
  void shouldRefuseTrailingBytes_I16() {
    assertUndecodable(
        Arrays.copyOf(block, block.length + 1), "bytes left over after ActivationBlock");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1L << 31,
        (1L << 31) - 1,
        (1L << 31) - 9,
        1L << 30,
        1L << 26,
        1L << 62,
        -1,
        Long.MIN_VALUE
      })
  void shouldNotAllocateByALengthPrefix_I17(long length) {
    // a string and, behind valid fields, an array and a byte string of that length
    byte[] string = hostile(ActivationBlock.class, out -> writeLong(out, length));
    byte[] array =
        hostile(
            ActivationBlock.class,
            out -> {
              checkpoint(out);
              writeLong(out, length);
            });
    byte[] bytes =
        hostile(
            ActivationBlock.class,
            out -> {
              checkpoint(out);
              for (int emptyArrays = 0; emptyArrays < 4; emptyArrays++) {
                writeLong(out, 0);
              }
              writeLong(out, 0); // encoding
              writeLong(out, length);
            });
    for (byte[] record : List.of(string, array, bytes)) {
      long allocated = allocatedBy(() -> assertUndecodable(record, "ActivationBlock"));
      assertThat(allocated).isLessThan(36L << 20);
    }
  }

  @Test
  void shouldNotAllocateByNestedArrayCounts_I17() {
    // labels: an array of records that each hold an array
    byte[] record =
        hostile(
            ActivationBlock.class,
            out -> {
              checkpoint(out);
              for (int emptyArrays = 0; emptyArrays < 3; emptyArrays++) {
                writeLong(out, 0);
              }
              for (int depth = 0; depth < 2; depth++) {
                writeLong(out, 2_000_000);
              }
            });
    long allocated = allocatedBy(() -> assertUndecodable(record, "not a whole ActivationBlock"));
    assertThat(allocated).isLessThan(36L << 20);
  }

  /** run, step, checkpointId. */
  private static void checkpoint(BinaryEncoder out) {
    try {
      out.writeString(new Utf8("run"));
      out.writeLong(1);
      out.writeString(new Utf8("id"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeLong(BinaryEncoder out, long value) {
    try {
      out.writeLong(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A right header, then what is written. */
  private static <T extends SpecificRecord> byte[] hostile(
      Class<T> type, Consumer<BinaryEncoder> body) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(GoldenFiles.encode(type), 0, 10);
      BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
      body.accept(out);
      out.flush();
      bytes.write(new byte[64]);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long allocatedBy(Runnable action) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    action.run(); // classes are loaded
    long before = threads.getCurrentThreadAllocatedBytes();
    action.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @ParameterizedTest
  @ValueSource(
      classes = {ActivationBlock.class, ExtractionStarted.class, ClassProbe.class, RunStatus.class})
  <T extends SpecificRecord> void shouldThrowNothingElseForMutatedRecords_I24(Class<T> type) {
    // given
    AvroSerde<T> own = AvroSerde.of(type);
    byte[] good = own.encode(Specimens.of(type));
    Random random = new Random(16);
    int refused = 0;

    // when
    for (int i = 0; i < 5_000; i++) {
      try {
        assertThat(own.decode(mutated(good, random))).isNotNull();
      } catch (UndecodableRecordException e) {
        refused++; // the only exception that may come out
      }
    }

    // then
    assertThat(refused).isBetween(500, 5_000);
  }

  @Test
  void shouldRefuseRandomBytes_I16() {
    Random random = new Random(17);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      if (i % 2 == 0 && bytes.length > 10) {
        System.arraycopy(block, 0, bytes, 0, 10);
      }
      assertThatThrownBy(() -> serde.decode(bytes)).isInstanceOf(UndecodableRecordException.class);
    }
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = 10 + random.nextInt(bytes.length - 10);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 9), (byte) 0xFF);
        default -> bytes = Arrays.copyOf(bytes, Math.max(11, at));
      }
    }
    return bytes;
  }
}
