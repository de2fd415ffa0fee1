package io.salient.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class SerialFilterTest {
  @Test // S6
  void shouldRefuseEveryObjectOnceAServiceHasStarted() throws IOException {
    // given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
      objects.writeObject(new java.util.ArrayList<>());
    }

    // when
    new SerialFilter().onStart(null);

    // then
    assertThatThrownBy(
            () -> new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
        .isInstanceOf(InvalidClassException.class)
        .hasMessageContaining("REJECTED");
  }
}
