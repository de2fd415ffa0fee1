package io.salient.extractor.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The fields of a checkpoint's {@code config.json}; each is named when it is not what it must be.
 */
public final class ModelConfig {
  private final Path file;
  private final JsonNode fields;
  private final String path;

  private ModelConfig(Path file, JsonNode fields) {
    this(file, fields, "");
  }

  private ModelConfig(Path file, JsonNode fields, String path) {
    this.file = file;
    this.fields = fields;
    this.path = path;
  }

  /**
   * Reads it.
   *
   * @throws CheckpointException when it is missing, unreadable, or asks for code of its own
   */
  static ModelConfig read(Path folder) {
    Path file = folder.resolve("config.json");
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw MissingConfig.of(folder);
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

  /** The same with another whole number in a field. */
  ModelConfig with(String field, int value) {
    ObjectNode changed = fields.deepCopy();
    return new ModelConfig(file, changed.put(field, value), path);
  }

  /** True when the field is there and not null. */
  public boolean has(String field) {
    return fields.hasNonNull(field);
  }

  /** True when the field is not there at all; a null may mean something else than its default. */
  public boolean isMissing(String field) {
    return !fields.has(field);
  }

  /** True when there is nothing: the field is missing, null or an empty object. */
  public boolean isEmpty(String field) {
    return !has(field) || (fields.get(field).isObject() && fields.get(field).isEmpty());
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

  /** A whole number between the bounds; {@code otherwise} where the field is missing. */
  public int whole(String field, int otherwise, int least, int most) {
    if (!has(field)) {
      return otherwise;
    }
    JsonNode value = fields.get(field);
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw refused(field, "is not a whole number between " + least + " and " + most);
    }
    return value.intValue();
  }

  /** True or false; {@code otherwise} where the field is missing. */
  public boolean flag(String field, boolean otherwise) {
    if (!has(field)) {
      return otherwise;
    }
    if (!fields.get(field).isBoolean()) {
      throw refused(field, "is neither true nor false");
    }
    return fields.get(field).booleanValue();
  }

  /** The fields of an object inside; none where the field is missing. */
  public ModelConfig nested(String field) {
    if (has(field) && !fields.get(field).isObject()) {
      throw refused(field, "is not an object");
    }
    JsonNode inside = has(field) ? fields.get(field) : JsonNodeFactory.instance.objectNode();
    return new ModelConfig(file, inside, path + field + ".");
  }

  /** The texts of an array, or of one text cut at bars; none where the field is missing. */
  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    if (has(field) && fields.get(field).isTextual()) {
      for (String part : text(field, null).split("\\|", -1)) {
        texts.add(part.strip());
      }
    } else if (has(field)) {
      for (JsonNode value : fields.get(field)) {
        if (!value.isTextual()) {
          throw refused(field, "is not a list of texts");
        }
        texts.add(value.textValue());
      }
    }
    return texts;
  }

  /** Refuses a text other than the only one whose meaning is known here, unless it is missing. */
  public void requireText(String field, String only) {
    String text = text(field, only);
    if (!text.equals(only)) {
      throw refused(field, "is " + text + "; only " + only + " is supported");
    }
  }

  /** Refuses a flag other than the only one whose meaning is known here, unless it is missing. */
  public void requireFlag(String field, boolean only) {
    if (flag(field, only) != only) {
      throw refused(field, "is " + !only + "; only " + only + " is supported");
    }
  }

  /** Refuses a decoder made of an encoder's blocks. */
  public void requireEncoder() {
    if (flag("is_decoder", false) || flag("add_cross_attention", false)) {
      throw refused("is_decoder", "is true; only encoders are supported");
    }
  }

  /** SHA-256 of all fields, however the file is laid out. */
  String id() {
    return Sha256.of(fields.toString());
  }

  /** What to throw because of a field. */
  public CheckpointException refused(String field, String why) {
    return new CheckpointException(
        "config." + field.toLowerCase(Locale.ROOT).replace('_', '-'),
        file + ": " + path + field + " " + why);
  }
}
