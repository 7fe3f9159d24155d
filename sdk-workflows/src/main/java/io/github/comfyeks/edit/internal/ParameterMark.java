package io.github.comfyeks.edit.internal;

import io.github.comfyeks.convert.internal.Marks.Place;
import java.util.List;
import java.util.Map;

/**
 * Something that an artist marked as a parameter.
 *
 * @param places the inputs that it sets; those that are gone from the workflow do not count
 * @param narrowed {@code min}, {@code max}, {@code step} and {@code choices}, in place of what the server says
 */
public record ParameterMark(String name, String description, List<Place> places, Map<String, Object> narrowed) {}
