package io.salient.ranking.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import io.salient.ranking.table.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as another reader, Hardwood, finds them; the Python client's tests read them by Arrow. */
class ParquetFileTest {
  private static final String COLUMNS =
      "text,name:name,int:int,long:long,float:float,double:double,boolean:boolean";

  private static Table table() {
    return new Table("given", "a row of every type", COLUMNS);
  }

  /** What the reader finds: its metadata, columns and rows. */
  private record Read(FileMetaData file, List<ColumnSchema> columns, List<List<Object>> rows) {
    static Read of(Table table) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(ParquetFile.of(table));
      try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(bytes))) {
        List<List<Object>> rows = new ArrayList<>();
        try (RowReader row = reader.rowReader()) {
          while (row.hasNext()) {
            row.next();
            List<Object> cells = new ArrayList<>();
            for (int i = 0; i < table.columns().size(); i++) {
              cells.add(row.isNull(i) ? null : row.getValue(i));
            }
            rows.add(cells);
          }
        }
        return new Read(reader.getFileMetaData(), reader.getFileSchema().getColumns(), rows);
      }
    }
  }

  @Test
  void shouldHoldEveryTypeAndWhatIsNotKnown() throws IOException {
    // given
    Table table = table();
    table.row("", "", Integer.MIN_VALUE, Long.MAX_VALUE, -0.5f, Math.PI, true);
    table.row(null, null, null, null, null, null, null);
    table.row("мир 👩\u200d🚀", "a,\"b\"\r\n", 7, 8, Float.MIN_VALUE, Double.MAX_VALUE, false);
    table.row("x", "y", 0, 0, Float.NaN, Double.POSITIVE_INFINITY, true); // no numbers

    // when
    Read read = Read.of(table);

    // then
    assertThat(read.rows())
        .containsExactly(
            List.of("", "", Integer.MIN_VALUE, Long.MAX_VALUE, -0.5f, Math.PI, true),
            Arrays.asList(null, null, null, null, null, null, null),
            List.of(
                "мир 👩\u200d🚀", "a,\"b\"\r\n", 7, 8L, Float.MIN_VALUE, Double.MAX_VALUE, false),
            Arrays.asList("x", "y", 0, 0L, null, null, true));
    assertThat(read.columns())
        .extracting(ColumnSchema::name)
        .containsExactly("text", "name", "int", "long", "float", "double", "boolean");
    assertThat(read.columns())
        .extracting(column -> column.type().name())
        .containsExactly(
            "BYTE_ARRAY", "BYTE_ARRAY", "INT32", "INT64", "FLOAT", "DOUBLE", "BOOLEAN");
    assertThat(read.file().keyValueMetadata())
        .containsEntry("salient.table", "given")
        .containsEntry("salient.about", "a row of every type");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 64, 5_000})
  void shouldHoldAsManyRowsAsThereAre(int rows) throws IOException {
    // given
    Random random = new Random(rows);
    Table table = table();
    for (int i = 0; i < rows; i++) {
      table.row(
          random.nextBoolean() ? null : "word " + i,
          "label",
          random.nextBoolean() ? null : random.nextInt(),
          random.nextLong(),
          random.nextInt(3) == 0 ? null : random.nextFloat(),
          random.nextDouble(),
          random.nextInt(3) == 0 ? null : random.nextBoolean());
    }

    // when
    Read read = Read.of(table);

    // then
    assertThat(read.rows()).isEqualTo(table.rows());
    assertThat(read.file().numRows()).isEqualTo(rows);
    assertThat(read.columns()).hasSize(7);
  }

  @Test
  void shouldRefuseACellOfAnotherType() {
    assertThatThrownBy(() -> table().row("a", "b", 1L, 1L, 1f, 1d, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("given.int is int, not java.lang.Long");
    assertThatThrownBy(() -> table().row("a")).hasMessageContaining("1 cells for 7 columns");
  }
}
