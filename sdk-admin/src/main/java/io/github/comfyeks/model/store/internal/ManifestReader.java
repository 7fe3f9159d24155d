package io.github.comfyeks.model.store.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelManifest;
import io.github.comfyeks.model.store.ModelManifest.Entry;
import io.github.comfyeks.model.store.ModelManifest.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a manifest as it streams in; fields that are not known, and entries without a proper key, are skipped. */
public final class ManifestReader {
    private static final JsonFactory JSON = new JsonFactory();

    private ManifestReader() {}

    /** @throws IOException if it cannot be read or is no manifest */
    public static ModelManifest read(InputStream json, String etag) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            long generation = 0;
            Map<ModelKey, Entry> models = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("generation")) {
                    generation = parser.getValueAsLong();
                } else if (field.equals("models") && parser.currentToken() == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        model(parser, models);
                    }
                } else {
                    parser.skipChildren();
                }
            }
            return new ModelManifest(generation, models, etag);
        }
    }

    private static void model(JsonParser parser, Map<ModelKey, Entry> into) throws IOException {
        String key = "";
        long size = 0;
        String etag = "";
        @Nullable String sha256 = null;
        Tier tier = Tier.DEMAND;
        boolean pin = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "key" -> key = parser.getValueAsString("");
                case "size" -> size = parser.getValueAsLong();
                case "etag" -> etag = Buckets.unquoted(parser.getValueAsString());
                case "sha256" -> sha256 = parser.getValueAsString();
                case "tier" -> tier = "start".equals(parser.getValueAsString()) ? Tier.START : Tier.DEMAND;
                case "pin" -> pin = parser.getValueAsBoolean();
                default -> parser.skipChildren();
            }
        }
        if (ModelKey.problem(key).isEmpty()) {
            into.put(new ModelKey(key), new Entry(size, etag, sha256, tier, pin));
        }
    }
}
