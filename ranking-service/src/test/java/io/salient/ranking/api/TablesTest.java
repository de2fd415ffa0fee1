package io.salient.ranking.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import io.quarkus.test.junit.QuarkusTest;
import io.salient.ranking.Probes;
import io.salient.ranking.live.ResultFeed;
import io.salient.ranking.live.ResultStream;
import io.salient.ranking.table.ResultTables;
import io.salient.ranking.view.Csv;
import io.salient.schemas.ResultKey;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables over HTTP: the same columns and cells as CSV, Parquet and JSON. */
@QuarkusTest
class TablesTest {
  private static final String CONCEPT = "/api/runs/run/concepts/upos";
  private static final String PARQUET = "application/vnd.apache.parquet";

  @Inject ResultStream results;

  @BeforeEach
  void feed() {
    ResultFeed.feed(results, Probes.atStep(0).asBaseline(), Probes.atStep(20));
  }

  @AfterEach
  void leaveNothing() {
    results.keys().stream()
        .map(ResultKey::text)
        .forEach(key -> ResultFeed.feed(results, key, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/steps/20?top=2",
        "/steps/20/neurons",
        "/steps/20/neurons?label=B&limit=3",
        "/steps/20/ranks?top=4",
        "/tables/steps",
        "/tables/labels",
        "/tables/drift",
        "/tables/sentences"
      })
  void shouldGiveTheSameCellsAsCsvAndParquet(String path) throws IOException {
    String csv = given().accept("text/csv").get(CONCEPT + path).asString();
    byte[] parquet = given().accept(PARQUET).get(CONCEPT + path).asByteArray();

    assertThat(header(parquet)).isEqualTo(csv.lines().findFirst().orElseThrow());
    assertThat(lines(parquet)).isEqualTo(csv.lines().skip(1).map(TablesTest::unquoted).toList());
  }

  private static String header(byte[] file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(file)))) {
      return String.join(
          ",", reader.getFileSchema().getColumns().stream().map(ColumnSchema::name).toList());
    }
  }

  private static List<String> lines(byte[] file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(file)));
        RowReader row = reader.rowReader()) {
      int columns = reader.getFileSchema().getColumnCount();
      while (row.hasNext()) {
        row.next();
        Object[] cells = new Object[columns];
        for (int i = 0; i < columns; i++) {
          cells[i] = row.isNull(i) ? null : row.getValue(i);
        }
        lines.add(unquoted(Csv.line(cells)));
      }
    }
    return lines;
  }

  /** Names are quoted in CSV, whatever they hold. */
  private static String unquoted(String line) {
    return line.replace("\"", "");
  }

  @Test
  void shouldChooseTheFormatByParameterThenByHeader() {
    given().get(CONCEPT + "/tables/steps").then().contentType("application/json");
    given().accept("*/*").get(CONCEPT + "/tables/steps").then().contentType("application/json");
    given()
        .accept("text/html, application/xhtml+xml, */*;q=0.8")
        .get(CONCEPT + "/tables/steps?format=parquet")
        .then()
        .contentType(PARQUET)
        .header("Vary", containsString("Accept"));
    given()
        .accept("text/csv;q=0.5, " + PARQUET)
        .get(CONCEPT + "/steps/20")
        .then()
        .contentType(PARQUET);
    given().get(CONCEPT + "/steps/20/ranks?format=csv").then().contentType("text/csv");
    given()
        .get(CONCEPT + "/steps/20?format=xml")
        .then()
        .statusCode(400)
        .body("detail", containsString("json, csv or parquet"));
  }

  @Test
  void shouldTellColumnsOnceAsJson() {
    given()
        .get(CONCEPT + "/tables/labels")
        .then()
        .body("name", equalTo("labels"))
        .body("about", equalTo("a label at a checkpoint"))
        .body("columns.name", hasItems("concept", "step", "f1"))
        .body("columns[1].type", equalTo("long"))
        .body("rows", hasSize(6))
        .body("rows.collect { it.size() }", everyItem(equalTo(11)));
  }

  @Test
  void shouldNameTheTablesWhereThereIsNoSuch() {
    given()
        .get(CONCEPT + "/tables/nothing")
        .then()
        .statusCode(404)
        .body("code", equalTo("no-such-table"))
        .body("detail", containsString("label_drift"));
    assertThat(ResultTables.names()).hasSize(13).doesNotHaveDuplicates();
    for (String name : ResultTables.names()) {
      given().get(CONCEPT + "/tables/" + name).then().statusCode(200).body("name", equalTo(name));
    }
  }
}
