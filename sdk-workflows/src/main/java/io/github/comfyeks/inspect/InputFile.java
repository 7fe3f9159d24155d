package io.github.comfyeks.inspect;

/**
 * A file that a workflow reads from the server's input folder: upload it first. Immutable.
 *
 * @param kind {@code image}, {@code video}, {@code audio} or {@code file}
 * @param name as the workflow writes it
 * @param place the input that names it
 */
public record InputFile(String kind, String name, Place place) {}
