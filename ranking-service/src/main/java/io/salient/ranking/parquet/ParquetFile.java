package io.salient.ranking.parquet;

import io.salient.ranking.table.Column;
import io.salient.ranking.table.ColumnType;
import io.salient.ranking.table.Table;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A table as an Apache Parquet file: one row group, one page a column, gzip; every column may be
 * null. Why it is written here, and by no library: docs/adr/0015.
 *
 * <pre>
 * PAR1
 * a page per column, one after the other: {@link ColumnPage}
 * FileMetaData, compact protocol: {@link CompactStruct}
 * 4 bytes  length of that, little-endian
 * PAR1
 * </pre>
 *
 * <p>The file's metadata has the table's name ({@code salient.table}) and what a row is ({@code
 * salient.about}).
 */
public final class ParquetFile {
  /** The media type. */
  public static final String MEDIA_TYPE = "application/vnd.apache.parquet";

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int OPTIONAL = 1;
  private static final int UTF8 = 0;
  private static final int GZIP = 2;
  private static final List<Integer> ENCODINGS = List.of(0, 3); // PLAIN, RLE

  private ParquetFile() {}

  /** All of a table. */
  public static byte[] of(Table table) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(MAGIC);
    List<CompactStruct> chunks = new ArrayList<>();
    long plain = 0;
    for (int i = 0; i < table.columns().size() && !table.rows().isEmpty(); i++) {
      Column column = table.columns().get(i);
      ColumnPage page = ColumnPage.of(column.type(), cells(table, i));
      chunks.add(chunk(column, page, table.rows().size(), file.size()));
      plain += page.plainBytes();
      file.writeBytes(page.header());
      file.writeBytes(page.body());
    }
    byte[] footer = footer(table, chunks, plain).toBytes();
    file.writeBytes(footer);
    file.writeBytes(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(footer.length)
            .array());
    file.writeBytes(MAGIC);
    return file.toByteArray();
  }

  private static List<Object> cells(Table table, int column) {
    List<Object> cells = new ArrayList<>(table.rows().size());
    table.rows().forEach(row -> cells.add(row.get(column)));
    return cells;
  }

  /** FileMetaData; a table without rows has no row group. */
  private static CompactStruct footer(Table table, List<CompactStruct> chunks, long plain) {
    long rows = table.rows().size();
    List<CompactStruct> schema = new ArrayList<>();
    schema.add(new CompactStruct().text(4, "table").i32(5, table.columns().size()));
    table.columns().forEach(column -> schema.add(element(column)));
    List<CompactStruct> groups =
        chunks.isEmpty()
            ? List.of()
            : List.of(new CompactStruct().structs(1, chunks).i64(2, plain).i64(3, rows));
    return new CompactStruct()
        .i32(1, 1)
        .structs(2, schema)
        .i64(3, rows)
        .structs(4, groups)
        .structs(
            5, List.of(pair("salient.table", table.name()), pair("salient.about", table.about())))
        .text(6, "salient");
  }

  private static CompactStruct element(Column column) {
    CompactStruct element =
        new CompactStruct().i32(1, physical(column.type())).i32(3, OPTIONAL).text(4, column.name());
    return isText(column.type())
        ? element
            .i32(6, UTF8)
            .struct(10, new CompactStruct().struct(1, new CompactStruct())) // the logical one
        : element;
  }

  private static CompactStruct chunk(Column column, ColumnPage page, long rows, long offset) {
    return new CompactStruct()
        .i64(2, offset)
        .struct(
            3,
            new CompactStruct()
                .i32(1, physical(column.type()))
                .i32s(2, ENCODINGS)
                .texts(3, List.of(column.name()))
                .i32(4, GZIP)
                .i64(5, rows)
                .i64(6, page.plainBytes())
                .i64(7, page.bytes())
                .i64(9, offset));
  }

  private static CompactStruct pair(String key, String value) {
    return new CompactStruct().text(1, key).text(2, value);
  }

  private static boolean isText(ColumnType type) {
    return type == ColumnType.TEXT || type == ColumnType.NAME;
  }

  private static int physical(ColumnType type) {
    return switch (type) {
      case BOOLEAN -> 0;
      case INT -> 1;
      case LONG -> 2;
      case FLOAT -> 4;
      case DOUBLE -> 5;
      case TEXT, NAME -> 6;
    };
  }
}
