package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.store.ModelKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What lies under a model's name: a plain file, nothing, or an obstacle there or on the way.
 *
 * @param stamp of the plain file; null if there is none
 * @param accessed when it was last read, in milliseconds since 1970, as far as the file system notes that
 * @param obstacle why no model can lie there; null if one can
 * @param isFolder whether the obstacle is a folder under the model's own name
 */
record Found(@Nullable Stamp stamp, long accessed, @Nullable String obstacle, boolean isFolder) {
    static final Found NOTHING = new Found(null, 0, null, false);

    /** Follows no link. */
    static Found at(Path root, ModelKey key) {
        try {
            return look(root, key);
        } catch (InvalidPathException e) {
            return obstacle("this process cannot write such a name; start it with LC_ALL=C.UTF-8");
        }
    }

    private static Found look(Path root, ModelKey key) {
        Path whole = root.resolve(key.value()); // fails if it cannot be written, though no folder on the way is there
        Path at = root;
        int left = whole.getNameCount() - root.getNameCount();
        for (String name : key.parts()) {
            at = at.resolve(name);
            left--;
            BasicFileAttributes attributes = attributes(at);
            if (attributes == null) {
                return NOTHING;
            }
            if (left > 0 && !attributes.isDirectory()) {
                return obstacle(root.relativize(at) + " is " + (attributes.isSymbolicLink() ? "a link" : "no folder"));
            }
            if (left == 0) {
                return last(attributes);
            }
        }
        return NOTHING;
    }

    private static Found last(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return new Found(Stamp.of(attributes), attributes.lastAccessTime().toMillis(), null, false);
        }
        return attributes.isDirectory()
                ? new Found(null, 0, "a folder stands in its place", true)
                : obstacle(attributes.isSymbolicLink() ? "a link stands in its place" : "no plain file stands there");
    }

    private static Found obstacle(String what) {
        return new Found(null, 0, what, false);
    }

    private static @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be looked at", e);
        }
    }
}
