package dev.mlops.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Native libraries that are packed inside of jars, as Netty and ONNX Runtime have them for all
 * systems: those of one machine are unpacked, for a container's file system may be read-only.
 */
record NativeCode(Machine machine) {
  private static final Pattern NETTY = Pattern.compile("META-INF/native/[^/]+\\.so");
  private static final Pattern ONNX = Pattern.compile("ai/onnxruntime/native/.+");

  /** Unpacks this machine's libraries of a jar into a folder. */
  void unpack(Path jar, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().filter(NativeCode::isLibrary).toList()) {
        unpack(zip, entry, folder);
      }
    }
  }

  /**
   * Copies a jar, without native libraries where they are most of it (150 of 180 MB of ONNX
   * Runtime's are for other systems).
   */
  static void copySlim(Path jar, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().filter(entry -> !isBallast(entry)).toList();
      if (entries.size() == zip.size()) {
        Files.copy(jar, target);
        return;
      }
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
        for (ZipEntry entry : entries) {
          out.putNextEntry(timeless(entry));
          copy(zip, entry, out);
          out.closeEntry();
        }
      }
    }
  }

  private void unpack(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
    String name = entry.getName();
    Path library = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
    Path unpacked = Files.createTempFile(folder, "unpacked", ".so");
    try (OutputStream out = Files.newOutputStream(unpacked)) {
      copy(zip, entry, out);
    }
    Optional<ElfFile> elf = ElfFile.read(unpacked);
    if (elf.isPresent() && elf.get().machine() == machine.elfMachine()) {
      Files.move(unpacked, library);
    } else {
      Files.delete(unpacked);
    }
  }

  private static void copy(ZipFile zip, ZipEntry entry, OutputStream out) throws IOException {
    try (InputStream content = zip.getInputStream(entry)) {
      content.transferTo(out);
    }
  }

  /** Equal jars make equal ones. */
  private static ZipEntry timeless(ZipEntry entry) {
    ZipEntry same = new ZipEntry(entry.getName());
    same.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    return same;
  }

  private static boolean isLibrary(ZipEntry entry) {
    return NETTY.matcher(entry.getName()).matches()
        || (ONNX.matcher(entry.getName()).matches() && entry.getName().endsWith(".so"));
  }

  private static boolean isBallast(ZipEntry entry) {
    return ONNX.matcher(entry.getName()).matches();
  }
}
