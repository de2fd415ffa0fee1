package io.salient.standalone.demo;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes float32 tensors as safetensors.
 *
 * <pre>
 * offset 0      8 bytes   length n of the header, little-endian
 * offset 8      n bytes   JSON: name -> {dtype, shape, data_offsets}, padded with blanks to a multiple of 8
 * offset 8 + n  the rest  the tensors, one after another, row-major, little-endian
 * </pre>
 */
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  static void write(Path file, Map<String, NDArray> tensors) throws IOException {
    byte[] header = header(tensors);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
      out.write(header);
      for (NDArray tensor : tensors.values()) {
        byte[] bytes = new byte[Math.toIntExact(4 * tensor.size())];
        TorchEngine.copy(tensor, MemorySegment.ofArray(bytes));
        out.write(bytes); // LibTorch runs on little-endian processors only
      }
    }
  }

  private static byte[] header(Map<String, NDArray> tensors) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode header = json.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey());
      entry.put("dtype", "F32");
      entry.set("shape", json.valueToTree(tensor.getValue().getShape().getShape()));
      long end = offset + 4 * tensor.getValue().size();
      entry.set("data_offsets", json.valueToTree(new long[] {offset, end}));
      offset = end;
    }
    byte[] text = json.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }
}
