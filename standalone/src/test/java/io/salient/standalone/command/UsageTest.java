package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.streams.failure.TellingCause;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is refused before any service starts: 2 for wrong usage, 1 for wrong input. */
class UsageTest {
  @TempDir Path folder;

  /** What a command ended with. */
  private record End(int code, String errors) {}

  private static End run(Callable<Integer> command, String... arguments) {
    StringWriter errors = new StringWriter();
    CommandLine line =
        new CommandLine(command)
            .setErr(new PrintWriter(errors, true))
            .setExecutionExceptionHandler(
                (failure, of, parsed) -> {
                  of.getErr().println(TellingCause.of(failure));
                  return 1;
                });
    return new End(line.execute(arguments), errors.toString());
  }

  private Path corpus() throws IOException {
    return Files.writeString(
        folder.resolve("words.conllu"),
        "1\tCats\tcat\tNOUN\t_\t_\t0\troot\t_\t_\n2\tmeow\tmeow\tVERB\t_\t_\t1\tacl\t_\t_\n\n");
  }

  private End watch(String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(
        Files.createDirectories(folder.resolve("run/checkpoint-10")).getParent().toString());
    arguments.addAll(List.of("--corpus", corpus().toString()));
    arguments.addAll(List.of(more));
    return run(new WatchCommand(), arguments.toArray(String[]::new));
  }

  @Test
  void shouldRefuseAnAddressWithoutAPort() throws IOException {
    End end = watch("--bootstrap-servers", "localhost");

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.errors()).contains("--bootstrap-servers", "HOST:PORT");
  }

  @Test
  void shouldSayThatNoBrokerIsThere() throws IOException {
    End end = watch("--port", "0", "--once", "--bootstrap-servers", "no-such-host.invalid:9092");

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.errors()).contains("no-such-host.invalid:9092", "no host of this name");
  }

  @Test
  void shouldTakeDevAndTestTogetherOrNeither() throws IOException {
    End dev = watch("--dev", corpus().toString());
    End test = watch("--test", corpus().toString());
    End same = watch("--dev", corpus().toString(), "--test", corpus().toString(), "--once");

    assertThat(dev.code()).isEqualTo(2);
    assertThat(dev.errors()).contains("--test");
    assertThat(test.code()).isEqualTo(2);
    assertThat(test.errors()).contains("--dev");
    assertThat(same.code()).isEqualTo(1);
    assertThat(same.errors()).contains("words.conllu is named twice");
  }

  @Test
  void shouldRefuseAPortThatThereIsNot() throws IOException {
    assertThat(watch("--port", "70000").code()).isEqualTo(2);
  }

  @Test
  void shouldSayThatThePortIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      End end = watch("--port", port);

      assertThat(end.code()).isEqualTo(1);
      assertThat(end.errors()).contains("port " + port, "--port, or 0");
      assertThat(run(new DemoCommand(), "--port", port)).isEqualTo(end);
    }
  }

  @Test
  void shouldNameTheRunsThatLieDeeper() throws IOException {
    // given
    Files.createDirectories(folder.resolve("search/run-0/checkpoint-10"));
    Files.createDirectories(folder.resolve("search/run-1/checkpoint-20"));

    // when
    End end =
        run(
            new WatchCommand(),
            folder.resolve("search").toString(),
            "--corpus",
            corpus().toString(),
            "--once");

    // then
    assertThat(end.code()).isEqualTo(1);
    assertThat(end.errors()).contains("no checkpoint-<step> folder", "run-0, run-1");
  }

  @Test
  void shouldSayWhyFoldersAreNotTaken() throws IOException {
    // given
    Path run = Files.createDirectories(folder.resolve("run-2/checkpoint_10")).getParent();
    Files.createSymbolicLink(run.resolve("checkpoint-20"), folder);

    // when
    End end = run(new WatchCommand(), run.toString(), "--corpus", corpus().toString(), "--once");

    // then
    assertThat(end.code()).isEqualTo(1);
    assertThat(end.errors())
        .contains("checkpoint-20 is a symbolic link", "checkpoint_10 is not called checkpoint-");
  }

  @Test
  void shouldLookAtNamesAndShapesBeforeAnythingStarts() throws IOException {
    // given: weights that are none of the model's
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.writeString(model.resolve("tokenizer.json"), "{}");
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}";
    ByteBuffer weights = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    weights.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    Files.write(model.resolve("model.safetensors"), weights.array());

    // when
    Files.writeString(model.resolve("config.json"), "{\"model_type\": \"other\"}");
    End unknown = run(new RankCommand(), model.toString(), "--corpus", corpus().toString());
    Files.writeString(
        model.resolve("config.json"),
        "{\"model_type\": \"bert\", \"hidden_size\": 8, \"num_attention_heads\": 2,"
            + " \"num_hidden_layers\": 1, \"intermediate_size\": 8, \"vocab_size\": 9,"
            + " \"max_position_embeddings\": 9, \"type_vocab_size\": 1}");
    End missing = run(new RankCommand(), model.toString(), "--corpus", corpus().toString());

    // then
    assertThat(List.of(unknown.code(), missing.code())).containsOnly(1);
    assertThat(unknown.errors()).contains("model_type is other; supported are");
    assertThat(missing.errors()).contains("no tensor is called embeddings.word_embeddings.weight");
  }

  @Test
  void shouldReadCorpusAndCheckpointBeforeAnythingStarts() throws IOException {
    // given
    String checkpoint = Files.createDirectories(folder.resolve("empty")).toString();

    // when
    End noCorpus = run(new RankCommand(), checkpoint, "--corpus", folder.resolve("no").toString());
    End noConcept =
        run(new RankCommand(), checkpoint, "--corpus", corpus().toString(), "--concepts", "colour");
    End noModel = run(new RankCommand(), checkpoint, "--corpus", corpus().toString());

    // then
    assertThat(List.of(noCorpus.code(), noConcept.code(), noModel.code())).containsOnly(1);
    assertThat(noCorpus.errors()).contains(folder.resolve("no").toString());
    assertThat(noConcept.errors()).contains("colour");
    assertThat(noModel.errors()).contains("config.json");
  }
}
