package io.salient.torch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which files of a checkpoint folder hold the weights.
 *
 * @param files by name, sorted; each a regular file of the folder itself, or in a {@link HubCache}
 *     the blob that it stands for
 * @param index shard of each tensor; empty when there is one file without an index
 */
record WeightFiles(SequencedMap<String, Path> files, SequencedMap<String, String> index) {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final int MAX_SHARDS = 10_000;
  private static final Pattern SHARD =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,250}\\.safetensors");

  /**
   * Finds them.
   *
   * @throws SafetensorsException when there are none, or the index cannot be trusted
   */
  static WeightFiles find(Path folder) {
    if (exists(folder.resolve(SINGLE))) {
      return new WeightFiles(
          new TreeMap<>(Map.of(SINGLE, inside(folder, SINGLE))), new LinkedHashMap<>());
    }
    if (exists(folder.resolve(INDEX))) {
      SequencedMap<String, String> index = readIndex(inside(folder, INDEX));
      TreeMap<String, Path> files = new TreeMap<>();
      for (String shard : index.values()) {
        files.computeIfAbsent(shard, name -> shard(folder, name));
      }
      return new WeightFiles(files, index);
    }
    throw MissingWeights.of(folder, SINGLE, "neither " + SINGLE + " nor " + INDEX);
  }

  /**
   * A single file by its name.
   *
   * @throws SafetensorsException when it is not there
   */
  static WeightFiles single(Path folder, String name) {
    if (!exists(folder.resolve(name))) {
      throw MissingWeights.of(folder, name, "no " + name);
    }
    return new WeightFiles(
        new TreeMap<>(Map.of(name, inside(folder, name))), new LinkedHashMap<>());
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static Path shard(Path folder, String name) {
    if (!SHARD.matcher(name).matches()) {
      throw new SafetensorsException(
          SafetensorsException.SHARD_OUTSIDE,
          folder.resolve(INDEX),
          "shard "
              + SafetensorsHeader.quoted(name)
              + " is not the plain name of a .safetensors file in this folder");
    }
    if (!exists(folder.resolve(name))) {
      throw new SafetensorsException(
          SafetensorsException.SHARD_MISSING,
          folder.resolve(INDEX),
          "names the shard "
              + SafetensorsHeader.quoted(name)
              + ", which is not there: copy it beside the index, or wait until it is written");
    }
    return inside(folder, name);
  }

  private static Path inside(Path folder, String name) {
    Path file = HubCache.file(folder.resolve(name));
    if (Files.isSymbolicLink(file)) {
      throw new SafetensorsException(
          SafetensorsException.SHARD_OUTSIDE,
          file,
          "is a symbolic link, which is not followed: put the file itself into the folder");
    }
    return file;
  }

  private static SequencedMap<String, String> readIndex(Path file) {
    SequencedMap<String, String> shardOf = new LinkedHashMap<>();
    try (InputStream bytes = open(file);
        JsonParser json = StrictJson.parser(bytes)) {
      StrictJson.expect(JsonToken.START_OBJECT, json.nextToken(), "the index");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean map = json.currentName().equals("weight_map");
        json.nextToken();
        if (map) {
          readWeightMap(json, shardOf);
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new SafetensorsException(
          SafetensorsException.INDEX,
          file,
          ForeignContent.in(file).orElse("bad index: " + e.getMessage()),
          e);
    }
    if (shardOf.isEmpty()) {
      throw new SafetensorsException(
          SafetensorsException.INDEX, file, "bad index: no weight_map, or an empty one");
    }
    return shardOf;
  }

  private static InputStream open(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new StrictJson.UnexpectedJsonException("not a regular file");
    }
    return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  private static void readWeightMap(JsonParser json, Map<String, String> shardOf)
      throws IOException {
    Map<String, String> shards = new TreeMap<>(); // one string for each shard, not for each tensor
    StrictJson.expect(JsonToken.START_OBJECT, json.currentToken(), "weight_map");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String tensor = json.currentName();
      StrictJson.expect(
          JsonToken.VALUE_STRING, json.nextToken(), "shard of " + SafetensorsHeader.quoted(tensor));
      shardOf.put(tensor, shards.computeIfAbsent(json.getText(), name -> name));
      if (shardOf.size() > SafetensorsHeader.MAX_TENSORS || shards.size() > MAX_SHARDS) {
        throw new StrictJson.UnexpectedJsonException(
            "more than " + SafetensorsHeader.MAX_TENSORS + " tensors or " + MAX_SHARDS + " shards");
      }
    }
  }
}
