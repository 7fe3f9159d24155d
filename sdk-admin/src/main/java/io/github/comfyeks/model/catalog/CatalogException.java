package io.github.comfyeks.model.catalog;

import io.github.comfyeks.error.ComfyException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A catalogue is wrong, or asks for what cannot be had. Names all problems at once, each with its line. Nothing was changed. */
public final class CatalogException extends ComfyException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public CatalogException(String catalog, List<String> problems, @Nullable Throwable cause) {
        super(
                problems.size() == 1
                        ? catalog + ": " + problems.get(0)
                        : catalog + ": " + problems.size() + " problems\n  - " + String.join("\n  - ", problems),
                cause);
        this.problems = List.copyOf(problems);
    }

    /** Each problem in words, at least one. */
    public List<String> problems() {
        return problems;
    }
}
