package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.probe.PlantedCheckpoint;
import io.salient.streams.state.StateFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F24, F25: state of the version before goes on, that of a newer one is left alone. */
class StateOfOtherVersionsTest {
  private static final PlantedCheckpoint FIRST = new PlantedCheckpoint(0);
  private static final PlantedCheckpoint SECOND = new PlantedCheckpoint(10);

  @TempDir Path folder;
  private ProbeDriver driver;

  @BeforeEach
  void fitTheFirstAndTakeInTheSecond() {
    driver = new ProbeDriver(folder).sendAll(FIRST).settle().sendAll(SECOND);
  }

  @Test
  void shouldGoOnFromTheStateOfTheFirstVersion() {
    // given
    Map<String, String> undisturbed;
    try (ProbeDriver other = new ProbeDriver(folder.resolve("undisturbed"))) {
      undisturbed = other.sendAll(FIRST).sendAll(SECOND).settle().finals(10);
    }
    OlderVersion.of("ExtractionStarted.8b98de461282d768")
        .rewrite(driver.stored(ProbeStores.CHECKPOINTS));
    OlderVersion.of("ClassProbe.c6ca00b5d783f938").rewrite(driver.stored(ProbeStores.PROBES));
    OlderVersion.of("ProbeReport.50707105d784bdd1").rewrite(driver.stored(ProbeStores.REPORTS));
    forget(driver.stored(ProbeStores.FORMATS)); // it kept none

    // when
    driver.crash().settle();

    // then
    assertThat(driver.finals(10)).isEqualTo(undisturbed).hasSize(4);
    assertThat(driver.stored(ProbeStores.FORMATS).approximateNumEntries()).isEqualTo(4);
  }

  @Test
  void shouldRefuseStoresOfANewerVersion() throws IOException {
    driver
        .stored(ProbeStores.FORMATS)
        .put(
            Bytes.wrap("salient-probe-progress/progress.9".getBytes(StandardCharsets.UTF_8)),
            "9.0.0".getBytes(StandardCharsets.UTF_8));
    assertRefuses(
        "state format progress.9 of salient-probe-progress, needs version 9.0.0 or newer");
  }

  @Test
  void shouldRefuseMatricesOfANewerVersion() throws IOException {
    Path matrix = driver.matrices().getFirst();
    byte[] bytes = Files.readAllBytes(matrix);
    System.arraycopy("SALMTX97".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 8);
    byte[] writer = "9.7.0".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(Arrays.copyOf(writer, 32), 0, bytes, 24, 32);
    Files.write(matrix, bytes);
    assertRefuses("state format matrix.97 of " + matrix + ", needs version 9.7.0 or newer");
  }

  private void assertRefuses(String message) throws IOException {
    Map<String, String> before = everything();
    ThrowingCallable restart = driver::crash;
    assertThatThrownBy(restart)
        .rootCause()
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("nothing was changed");
    assertThat(everything()).isEqualTo(before).hasSizeGreaterThan(10);
  }

  private static void forget(KeyValueStore<Bytes, byte[]> store) {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(store::delete);
  }

  /** Entries of all stores and the matrix files. */
  private Map<String, String> everything() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String store : driver.stores()) {
      try (KeyValueIterator<Bytes, byte[]> entries = driver.stored(store).all()) {
        entries.forEachRemaining(
            entry -> all.put(store + " " + entry.key, HexFormat.of().formatHex(entry.value)));
      }
    }
    for (Path matrix : driver.matrices()) {
      all.put(matrix.toString(), HexFormat.of().formatHex(Files.readAllBytes(matrix)));
    }
    return all;
  }
}
