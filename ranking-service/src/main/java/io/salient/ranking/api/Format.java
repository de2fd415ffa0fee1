package io.salient.ranking.api;

import io.salient.ranking.parquet.ParquetFile;
import io.salient.ranking.table.Table;
import io.salient.ranking.table.TableCsv;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** How tables are told. */
enum Format {
  JSON(MediaType.APPLICATION_JSON),
  CSV(Format.CSV_TYPE),
  PARQUET(ParquetFile.MEDIA_TYPE);

  /** Media type of CSV. */
  static final String CSV_TYPE = "text/csv";

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The format of a name in lower case. */
  static Optional<Format> named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  /** That of the first type that is one of them, those with most weight first; JSON for others. */
  static Format accepted(List<MediaType> types) {
    return types.stream().map(Format::of).flatMap(Optional::stream).findFirst().orElse(JSON);
  }

  private static Optional<Format> of(MediaType accepted) {
    return Arrays.stream(values())
        .filter(format -> accepted.isCompatible(MediaType.valueOf(format.mediaType)))
        .findFirst();
  }

  /**
   * An answer.
   *
   * @param view for JSON
   * @param table for the others
   */
  Response answer(Supplier<?> view, Supplier<Table> table) {
    Object body =
        switch (this) {
          case JSON -> view.get();
          case CSV -> TableCsv.of(table.get());
          case PARQUET -> ParquetFile.of(table.get());
        };
    return Response.ok(body, mediaType).build();
  }
}
