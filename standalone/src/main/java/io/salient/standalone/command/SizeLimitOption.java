package io.salient.standalone.command;

import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much a checkpoint may come to; what is larger is refused before it starts. */
final class SizeLimitOption {
  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      converter = Bytes.class,
      description =
          "Bytes of activations that one checkpoint may come to; a larger one is refused before it"
              + " starts. Default: 68719476736.")
  private Long bytes;

  /** A whole number from 1 on. */
  static final class Bytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        long bytes = Long.parseLong(text);
        if (bytes > 0) {
          return bytes;
        }
      } catch (NumberFormatException e) {
        throw notBytes(text);
      }
      throw notBytes(text);
    }

    private static TypeConversionException notBytes(String text) {
      return new TypeConversionException(text + " is not a number of bytes, 1 or more");
    }
  }

  void addTo(Settings settings) {
    if (bytes != null) {
      settings.put(Setting.MAX_BYTES, bytes.toString());
    }
  }
}
