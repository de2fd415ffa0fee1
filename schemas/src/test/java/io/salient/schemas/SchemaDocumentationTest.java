package io.salient.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Whoever reads a topic with the schema alone knows what every field means. */
class SchemaDocumentationTest {
  private final Set<String> undocumented = new TreeSet<>();
  private final Set<Schema> seen = new HashSet<>();

  @Test
  void shouldDocumentEveryRecordEnumAndField() {
    Specimens.TYPES.forEach(type -> walk(Specimens.schema(type)));
    assertThat(undocumented).isEmpty();
    assertThat(seen).hasSizeGreaterThan(Specimens.TYPES.size());
  }

  private void walk(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> record(schema);
      case ENUM -> require(schema.getDoc(), schema.getFullName());
      case ARRAY -> walk(schema.getElementType());
      case MAP -> walk(schema.getValueType());
      case UNION -> schema.getTypes().forEach(this::walk);
      default -> {
        // a primitive is documented by its field
      }
    }
  }

  private void record(Schema schema) {
    if (!seen.add(schema)) {
      return;
    }
    require(schema.getDoc(), schema.getFullName());
    for (Schema.Field field : schema.getFields()) {
      require(field.doc(), schema.getFullName() + "." + field.name());
      walk(field.schema());
    }
  }

  private void require(String doc, String name) {
    if (doc == null || doc.isBlank()) {
      undocumented.add(name);
    }
  }
}
