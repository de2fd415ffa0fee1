package io.salient.extractor.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The fields of a checkpoint's {@code config.json}; each is named when it is not what it must be.
 */
public final class ModelConfig {
  private final Path file;
  private final JsonNode fields;

  private ModelConfig(Path file, JsonNode fields) {
    this.file = file;
    this.fields = fields;
  }

  /**
   * Reads it.
   *
   * @throws CheckpointException when it is missing, unreadable, or asks for code of its own
   */
  static ModelConfig read(Path folder) {
    Path file = folder.resolve("config.json");
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CheckpointException(
          "config.missing",
          file + " is missing: announce the folder that the Trainer saved the checkpoint to");
    }
    ModelConfig config;
    try {
      config = new ModelConfig(file, CheckpointJson.read(file));
    } catch (IOException e) {
      throw new CheckpointException("config.unreadable", file + " " + e.getMessage(), e);
    }
    if (config.has("auto_map")) {
      throw config.refused("auto_map", "asks for remote code, which is never run");
    }
    return config;
  }

  /** True when the field is there and not null. */
  public boolean has(String field) {
    return fields.hasNonNull(field);
  }

  /** Which family the model is of, such as bert. */
  public String modelType() {
    return text("model_type", null);
  }

  /**
   * A text field.
   *
   * @param otherwise what stands for a missing field; null when it must be there
   */
  public String text(String field, String otherwise) {
    JsonNode value = fields.get(field);
    if (value == null || value.isNull()) {
      if (otherwise == null) {
        throw refused(field, "is missing");
      }
      return otherwise;
    }
    if (!value.isTextual()) {
      throw refused(field, "is not a text");
    }
    return value.textValue();
  }

  /** A whole number from 1 to {@code most} that must be there. */
  public int size(String field, int most) {
    JsonNode value = fields.get(field);
    if (value == null || value.isNull()) {
      throw refused(field, "is missing");
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw refused(field, "is not a whole number");
    }
    int size = value.intValue();
    if (size < 1 || size > most) {
      throw refused(field, "is " + size + ", not between 1 and " + most);
    }
    return size;
  }

  /** A number between the bounds; {@code otherwise} where the field is missing. */
  public double number(String field, double otherwise, double least, double most) {
    JsonNode value = fields.get(field);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw refused(field, "is not a number between " + least + " and " + most);
    }
    return value.doubleValue();
  }

  /** True when the field is there and true. */
  public boolean isTrue(String field) {
    return fields.path(field).asBoolean(false);
  }

  /** What to throw because of a field. */
  public CheckpointException refused(String field, String why) {
    return new CheckpointException(
        "config." + field.toLowerCase(Locale.ROOT).replace('_', '-'),
        file + ": " + field + " " + why);
  }
}
