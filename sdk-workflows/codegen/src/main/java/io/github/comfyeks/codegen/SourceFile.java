package io.github.comfyeks.codegen;

/**
 * One generated file.
 *
 * @param path below the source folder, with slashes
 * @param text the Java source, to be written in UTF-8
 */
public record SourceFile(String path, String text) {}
