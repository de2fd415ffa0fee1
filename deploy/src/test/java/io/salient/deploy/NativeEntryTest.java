package io.salient.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real names of entries, by the jar they are in. */
class NativeEntryTest {
  @ParameterizedTest
  @CsvSource({
    "org.rocksdb.rocksdbjni-10.1.3.jar, librocksdbjni-linux64.so, UNPACKED",
    "org.rocksdb.rocksdbjni-10.1.3.jar, librocksdbjni-linux64-musl.so, LEFT_OUT",
    "org.rocksdb.rocksdbjni-10.1.3.jar, librocksdbjni-osx-arm64.jnilib, LEFT_OUT",
    "org.rocksdb.rocksdbjni-10.1.3.jar, org/rocksdb/RocksDB.class, STAYS",
    "at.yawk.lz4.lz4-java-1.10.1.jar, net/jpountz/util/linux/amd64/liblz4-java.so, UNPACKED",
    "at.yawk.lz4.lz4-java-1.10.1.jar, net/jpountz/util/win32/amd64/liblz4-java.so, LEFT_OUT",
    "net.java.dev.jna.jna-5.8.0.jar, com/sun/jna/linux-x86-64/libjnidispatch.so, UNPACKED",
    "net.java.dev.jna.jna-5.8.0.jar, com/sun/jna/sunos-x86-64/libjnidispatch.so, LEFT_OUT",
    "com.github.luben.zstd-jni-1.5.6-10.jar, linux/amd64/libzstd-jni-1.5.6-10.so, STAYS",
    "com.github.luben.zstd-jni-1.5.6-10.jar, linux/aarch64/libzstd-jni-1.5.6-10.so, LEFT_OUT",
    "org.xerial.snappy.jar, org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so, STAYS",
    "org.xerial.snappy.jar, org/xerial/snappy/native/Linux/x86_64-musl/libsnappyjava.so, LEFT_OUT",
    "ai.djl.pytorch.pytorch-native.jar, pytorch/cpu/linux-x86_64/libgomp-98b21ff3.so.1, LEFT_OUT",
    "ai.djl.pytorch.pytorch-native.jar, native/lib/pytorch.properties, STAYS",
  })
  void shouldKeepWhatIsLoadedOnThisPlatformAlone(String jar, String entry, NativeEntry expected) {
    assertThat(NativeEntry.of(jar, entry)).isEqualTo(expected);
  }
}
