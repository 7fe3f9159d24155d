package io.github.comfyeks.upload.internal;

import io.github.comfyeks.upload.UploadOptions;
import io.github.comfyeks.upload.UploadedFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one client has uploaded, by content; the least used is forgotten first. Thread-safe. */
final class SentFiles {
    private static final int MOST = 2_000;

    /**
     * @param name only where it matters: with overwrite
     */
    record Key(String sha256, String type, String subfolder, String name) {
        static Key of(Content content, String name, UploadOptions options) {
            return new Key(content.sha256(), options.type(), options.subfolder(), options.overwrite() ? name : "");
        }
    }

    /**
     * @param etag of the file after it was sent: another one later means another content
     */
    record Sent(UploadedFile file, String etag) {}

    private final Map<Key, Sent> byContent = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Sent> eldest) {
            return size() > MOST;
        }
    });

    @Nullable
    Sent get(Key key) {
        return byContent.get(key);
    }

    void put(Key key, Sent sent) {
        byContent.put(key, sent);
    }

    void forget(Key key) {
        byContent.remove(key);
    }
}
