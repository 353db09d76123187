package dev.mlops.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Linux program or library asks of the system: the ELF format's dynamic section, 64 bits,
 * little-endian (see elf(5)).
 *
 * @param machine the processor, ELF's `e_machine`
 * @param interpreter the loader that a program names; libraries name none
 * @param name by which a library is needed, if it says so
 * @param needed names of the libraries it is linked to
 * @param symbolVersions such as {@code GLIBC_2.17}: what it wants of those libraries
 */
record ElfFile(
    int machine,
    Optional<String> interpreter,
    Optional<String> name,
    List<String> needed,
    List<String> symbolVersions) {
  private static final int MAGIC = 0x464c457f;
  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int PT_INTERP = 3;
  private static final long DT_NEEDED = 1;
  private static final long DT_STRTAB = 5;
  private static final long DT_SONAME = 14;
  private static final long DT_VERNEED = 0x6ffffffeL;
  private static final long DT_VERNEEDNUM = 0x6fffffffL;

  /** Empty if the file is something else, such as a script or another system's program. */
  static Optional<ElfFile> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() < 64) {
        return Optional.empty();
      }
      ByteBuffer bytes =
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
              .order(ByteOrder.LITTLE_ENDIAN);
      boolean is64LittleEndian = bytes.get(4) == 2 && bytes.get(5) == 1;
      return bytes.getInt(0) == MAGIC && is64LittleEndian
          ? Optional.of(new Reader(bytes).read())
          : Optional.empty();
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new IOException(file + " is a damaged ELF file", e);
    }
  }

  /**
   * @param address where the part lies once loaded
   */
  private record Segment(int type, long offset, long address, long size) {}

  private record Reader(ByteBuffer bytes, List<Segment> segments) {
    Reader(ByteBuffer bytes) {
      this(bytes, segments(bytes));
    }

    private static List<Segment> segments(ByteBuffer bytes) {
      List<Segment> segments = new ArrayList<>();
      long table = bytes.getLong(32);
      int entrySize = Short.toUnsignedInt(bytes.getShort(54));
      int count = Short.toUnsignedInt(bytes.getShort(56));
      for (int i = 0; i < count; i++) {
        int at = Math.toIntExact(table + (long) i * entrySize);
        segments.add(
            new Segment(
                bytes.getInt(at),
                bytes.getLong(at + 8),
                bytes.getLong(at + 16),
                bytes.getLong(at + 32)));
      }
      return segments;
    }

    ElfFile read() {
      Map<Long, Long> last = new HashMap<>();
      List<Long> needed = new ArrayList<>();
      segments.stream()
          .filter(segment -> segment.type() == PT_DYNAMIC)
          .findFirst()
          .ifPresent(segment -> readDynamic(segment, last, needed));
      long strings = last.containsKey(DT_STRTAB) ? offset(last.get(DT_STRTAB)) : 0;
      Optional<String> interpreter =
          segments.stream()
              .filter(segment -> segment.type() == PT_INTERP)
              .findFirst()
              .map(segment -> text(segment.offset()));
      return new ElfFile(
          Short.toUnsignedInt(bytes.getShort(18)),
          interpreter,
          Optional.ofNullable(last.get(DT_SONAME)).map(name -> text(strings + name)),
          needed.stream().map(name -> text(strings + name)).toList(),
          versions(last, strings));
    }

    private void readDynamic(Segment dynamic, Map<Long, Long> last, List<Long> needed) {
      for (long at = dynamic.offset(); at < dynamic.offset() + dynamic.size(); at += 16) {
        long tag = bytes.getLong(Math.toIntExact(at));
        long value = bytes.getLong(Math.toIntExact(at + 8));
        if (tag == DT_NEEDED) {
          needed.add(value);
        }
        last.put(tag, value);
      }
    }

    /** Two nested lists: libraries, and of each the versions of symbols that are wanted. */
    private List<String> versions(Map<Long, Long> dynamic, long strings) {
      List<String> versions = new ArrayList<>();
      if (!dynamic.containsKey(DT_VERNEED)) {
        return versions;
      }
      long library = offset(dynamic.get(DT_VERNEED));
      for (long i = 0; i < dynamic.getOrDefault(DT_VERNEEDNUM, 0L); i++) {
        int at = Math.toIntExact(library);
        int count = Short.toUnsignedInt(bytes.getShort(at + 2));
        int entry = at + bytes.getInt(at + 8);
        for (int j = 0; j < count; j++) {
          versions.add(text(strings + bytes.getInt(entry + 8)));
          entry += bytes.getInt(entry + 12);
        }
        library += bytes.getInt(at + 12);
      }
      return versions;
    }

    private long offset(long address) {
      return segments.stream()
          .filter(segment -> segment.type() == PT_LOAD)
          .filter(s -> s.address() <= address && address < s.address() + s.size())
          .findFirst()
          .map(segment -> address - segment.address() + segment.offset())
          .orElseThrow(() -> new IndexOutOfBoundsException("no segment holds " + address));
    }

    private String text(long offset) {
      int start = Math.toIntExact(offset);
      int end = start;
      while (bytes.get(end) != 0) {
        end++;
      }
      byte[] name = new byte[end - start];
      bytes.get(start, name);
      return new String(name, UTF_8);
    }
  }
}
