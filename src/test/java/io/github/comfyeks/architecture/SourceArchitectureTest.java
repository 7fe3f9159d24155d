package io.github.comfyeks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the sources of all modules look. */
class SourceArchitectureTest {
    private static final int MOST_LINES = 500;
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:final|abstract|sealed|non-sealed|strictfp) )*(?:class|interface|record|enum|@interface) ",
            Pattern.MULTILINE);

    private static final Map<Path, String> SOURCES = read();

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("sdk-core"))) {
            at = at.getParent();
        }
        return java.util.Objects.requireNonNull(at, "run in the source tree");
    }

    private static Map<Path, String> read() {
        Path root = root();
        Map<Path, String> sources = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !(root.relativize(path) + "").contains("target/"))
                    .filter(path -> !root.relativize(path).startsWith("src/consumer")) // other people's projects
                    .sorted()
                    .toList()) {
                sources.put(root.relativize(file), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private static boolean isMain(Path file) {
        return file.toString().contains("src/main/java/");
    }

    private static boolean isLibrary(Path file) {
        return isMain(file) && !file.startsWith("samples") && !file.startsWith("src");
    }

    private static boolean isTest(Path file) {
        return file.startsWith("src/test") || file.toString().contains("/src/test/java/");
    }

    private static List<Path> where(Predicate<Path> which, Predicate<String> wrong) {
        return SOURCES.entrySet().stream()
                .filter(source -> which.test(source.getKey()) && wrong.test(source.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void thereAreSources() {
        assertThat(SOURCES.keySet())
                .filteredOn(SourceArchitectureTest::isLibrary)
                .hasSizeGreaterThan(50);
        assertThat(SOURCES.keySet()).filteredOn(SourceArchitectureTest::isTest).hasSizeGreaterThan(10);
    }

    @Test
    void noFileIsTooLongToRead() {
        assertThat(where(file -> true, text -> text.lines().count() > MOST_LINES))
                .isEmpty();
    }

    @Test
    void everyPublicTypeSaysWhatItPromises() {
        assertThat(where(SourceArchitectureTest::isLibrary, SourceArchitectureTest::hasPublicTypeWithoutJavadoc))
                .isEmpty();
    }

    /** Javadoc, then annotations, then the type. */
    private static boolean hasPublicTypeWithoutJavadoc(String text) {
        Matcher type = PUBLIC_TYPE.matcher(text);
        return type.find()
                && !Pattern.compile("\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*$")
                        .matcher(text.substring(0, type.start()))
                        .find();
    }

    @Test
    void everyPackageSaysWhatLivesInIt() {
        List<Path> silent = SOURCES.keySet().stream()
                .filter(SourceArchitectureTest::isLibrary)
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !folder.endsWith("java"))
                .filter(folder -> !SOURCES.getOrDefault(folder.resolve("package-info.java"), "")
                        .startsWith("/**"))
                .toList();
        assertThat(silent).isEmpty();
    }

    @Test
    void nothingIsLeftToDo() {
        Pattern left = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
        assertThat(where(file -> true, text -> left.matcher(text).find())).isEmpty();
    }

    @Test
    void noBlockIsSynchronized() {
        Pattern block = Pattern.compile("^\\s*synchronized \\(", Pattern.MULTILINE);
        assertThat(where(file -> isLibrary(file) && !file.startsWith("sdk-core/testing"), text -> block.matcher(text)
                        .find()))
                .isEmpty();
    }

    @Test
    void noTestSleeps() {
        assertThat(where(SourceArchitectureTest::isTest, text -> text.contains("Thread" + ".sleep(")))
                .isEmpty();
    }

    @Test
    void noLibraryPrintsItsTroubles() {
        assertThat(where(SourceArchitectureTest::isLibrary, text -> text.contains(".printStackTrace()")))
                .isEmpty();
    }

    @Test
    void noImportHasAStar() {
        Pattern star = Pattern.compile("^import (static )?[\\w.]+\\.\\*;", Pattern.MULTILINE);
        assertThat(where(file -> true, text -> star.matcher(text).find())).isEmpty();
    }
}
