import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites a jar's classes in a newer class-file version, with the stack maps that it asks for. The
 * JVM's AOT cache takes no classes older than Java 6, and picocli is compiled for Java 5: without
 * this, it costs more of the tool's start than all else. See docs/decisions/start-up.md.
 *
 * <p>Usage: {@code java ModernizeClasses.java JAR}; the jar is replaced.
 */
record ModernizeClasses(JarFile jar) {
  private static final int JAVA_8 = 52;

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Path made = file.resolveSibling(file.getFileName() + ".new");
    try (JarFile in = new JarFile(file.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(made))) {
      for (JarEntry entry : in.stream().toList()) {
        new ModernizeClasses(in).copy(entry, out);
      }
    }
    Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void copy(JarEntry entry, JarOutputStream out) throws IOException {
    JarEntry copy = new JarEntry(entry.getName());
    copy.setTime(entry.getTime());
    out.putNextEntry(copy);
    byte[] bytes = content(entry).readAllBytes();
    out.write(entry.getName().endsWith(".class") ? modernized(bytes) : bytes);
    out.closeEntry();
  }

  private byte[] modernized(byte[] bytes) {
    // A pool of its own makes every method be written anew, which is what makes the stack maps.
    ClassFile classFile =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ConstantPoolSharingOption.NEW_POOL,
            ClassHierarchyResolverOption.of(hierarchy()));
    ClassModel model = classFile.parse(bytes);
    if (model.majorVersion() >= JAVA_8) {
      return bytes;
    }
    ClassTransform newVersion =
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion _ -> builder.withVersion(JAVA_8, 0);
            default -> builder.with(element);
          }
        };
    return classFile.transformClass(
        model, newVersion.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
  }

  /** The jar's own classes, then the JDK's. */
  private ClassHierarchyResolver hierarchy() {
    return ClassHierarchyResolver.ofResourceParsing(this::find)
        .orElse(ClassHierarchyResolver.defaultResolver());
  }

  private InputStream find(ClassDesc type) {
    String descriptor = type.descriptorString();
    JarEntry entry = jar.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    return entry == null ? null : content(entry);
  }

  private InputStream content(JarEntry entry) {
    try {
      return jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
