package io.github.comfyeks.edit.internal;

import io.github.comfyeks.convert.internal.Marks.Place;
import io.github.comfyeks.schema.InputSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter with what is known of it.
 *
 * @param places the inputs that it sets, at least one
 * @param schema what the first of them takes, narrowed by the mark; guessed from the value where the classes are unknown
 * @param value the first's value
 * @param isFile whether it names a file in the server's folders
 * @param choices what it may be, or of files which there are
 * @param ownChoices whether the mark names them, so that there are no others whatever a server says
 */
public record FoundParameter(
        String name,
        String description,
        List<Place> places,
        InputSchema schema,
        @Nullable Object value,
        boolean isFile,
        List<Object> choices,
        boolean ownChoices) {}
