package io.salient.streams.registry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Two headers of one body, Avro's binary encoding of a record: what stands before it is changed,
 * the record itself is neither read nor written.
 *
 * <pre>
 * single object    C3 01, CRC-64-AVRO fingerprint (8 bytes, little-endian), body
 * registry         00, id (4 bytes, big-endian), body
 * </pre>
 *
 * <p>Thread-safe.
 */
final class WireFormat {
  private static final byte[] SINGLE_OBJECT = {(byte) 0xC3, 0x01};
  private static final int SINGLE_OBJECT_HEADER = 10;
  private static final byte REGISTRY = 0x00;
  private static final int REGISTRY_HEADER = 5;

  private final RegisteredSchemas schemas;

  WireFormat(RegisteredSchemas schemas) {
    this.schemas = schemas;
  }

  /** For readers that ask the registry; anything but a single object of ours stays as it is. */
  byte[] toRegistry(String topic, byte[] value) {
    if (value == null
        || value.length < SINGLE_OBJECT_HEADER
        || value[0] != SINGLE_OBJECT[0]
        || value[1] != SINGLE_OBJECT[1]) {
      return value;
    }
    OptionalInt id = schemas.id(topic, singleObject(value).getLong(SINGLE_OBJECT.length));
    if (id.isEmpty()) {
      return value;
    }
    int body = value.length - SINGLE_OBJECT_HEADER;
    return ByteBuffer.allocate(REGISTRY_HEADER + body)
        .put(REGISTRY)
        .putInt(id.getAsInt())
        .put(value, SINGLE_OBJECT_HEADER, body)
        .array();
  }

  /** For our own readers; anything but a record with a known id stays as it is. */
  byte[] toSingleObject(byte[] value) {
    if (value == null || value.length < REGISTRY_HEADER || value[0] != REGISTRY) {
      return value;
    }
    OptionalLong fingerprint = schemas.fingerprint(ByteBuffer.wrap(value).getInt(1));
    if (fingerprint.isEmpty()) {
      return value;
    }
    int body = value.length - REGISTRY_HEADER;
    byte[] object = new byte[SINGLE_OBJECT_HEADER + body];
    singleObject(object)
        .put(SINGLE_OBJECT)
        .putLong(fingerprint.getAsLong())
        .put(value, REGISTRY_HEADER, body);
    return object;
  }

  private static ByteBuffer singleObject(byte[] value) {
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
  }
}
