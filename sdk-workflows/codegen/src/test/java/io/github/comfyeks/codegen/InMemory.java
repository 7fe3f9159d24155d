package io.github.comfyeks.codegen;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.graph.TypedNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/** Compiles sources without a disk. */
final class InMemory {
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    /** What the compiler objects to: its code and what it says, without the place. */
    private final List<String> objections = new ArrayList<>();

    private InMemory() {}

    /** With all warnings on, and each of them an objection. */
    static InMemory compile(List<SourceFile> sources) {
        return compile(sources, "-Xlint:all,-processing,-classfile");
    }

    static InMemory compile(List<SourceFile> sources, String lint, Path... classes) {
        InMemory result = new InMemory();
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<Source> files = sources.stream().map(Source::new).toList();
        String classpath = Stream.concat(
                        Stream.of(TypedNode.class, NullMarked.class, ComfyClient.class)
                                .map(InMemory::place),
                        Stream.of(classes).map(Path::toString))
                .collect(Collectors.joining(java.io.File.pathSeparator));
        compiler.getTask(
                        null,
                        result.manager(compiler.getStandardFileManager(found, Locale.ROOT, null)),
                        found,
                        List.of("--release", "17", "-proc:none", "-implicit:none", lint, "-classpath", classpath),
                        null,
                        files)
                .call();
        for (Diagnostic<? extends JavaFileObject> each : found.getDiagnostics()) {
            if (each.getKind() == Diagnostic.Kind.NOTE) {
                continue;
            }
            result.objections.add(each.getCode() + " at "
                    + (each.getSource() == null ? "?" : each.getSource().getName()) + ":" + each.getLineNumber() + ": "
                    + each.getMessage(Locale.ROOT)
                            .replaceAll("\\s+", " ")
                            .replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", ""));
        }
        return result;
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> objections() {
        return objections;
    }

    /** Puts the classes where another compilation finds them. */
    void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, ByteArrayOutputStream> each : classes.entrySet()) {
            Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue().toByteArray());
        }
    }

    /** A class that was compiled, to be run. */
    Class<?> load(String name) throws ClassNotFoundException {
        return new ClassLoader(InMemory.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                ByteArrayOutputStream bytes = classes.get(wanted);
                if (bytes == null) {
                    throw new ClassNotFoundException(wanted);
                }
                return defineClass(wanted, bytes.toByteArray(), 0, bytes.size());
            }
        }.loadClass(name);
    }

    Set<String> classNames() {
        return classes.keySet();
    }

    private JavaFileManager manager(JavaFileManager standard) {
        return new ForwardingJavaFileManager<>(standard) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("memory:///" + name.hashCode()), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return classes.computeIfAbsent(name, k -> new ByteArrayOutputStream());
                    }
                };
            }
        };
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(SourceFile file) {
            super(URI.create("memory:///" + file.path()), Kind.SOURCE);
            this.text = file.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
            return text;
        }
    }
}
